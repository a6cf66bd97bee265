"""kill -9 at any step of an application's life: the person sends again what was not answered, and each thing is once.

Every press of the applicant and of six officers is struck at a random moment; afterwards the database is asked, past
the city, what really happened, and what she was told is compared with it.
"""

import os
import random
from collections import Counter

import pytest

from city.documents.tests import make

from .errand import Errand, Office, digest
from .fate import Fate
from .person import Person
from .town import Town

pytestmark = pytest.mark.slow

ONCE = {
    "CaseOpened": 1,
    "CaseSubmitted": 1,
    "CaseReturned": 1,
    "CorrectionAnswered": 1,
    "CaseRegistered": 1,
    "CaseExamined": 1,
    "ReviewGiven": 1,
    "DecisionDrafted": 1,
    "DecisionInitialled": 2,
    "DecisionSigned": 1,
    "CaseIssued": 1,
}
TOLD_APPLICANT = ("case.submitted", "case.returned", "case.registered", "permit.issued")
TOLD_DESK = ("desk.answered", "desk.review", "desk.sign")


def seed_of(number: int) -> int:
    """New dice at every run; CITY_SEED throws those of an earlier one again."""
    return int(os.environ.get("CITY_SEED", random.randrange(10**6))) + number


@pytest.mark.parametrize(
    ("number", "victims"),
    [
        (1, ("web",)),
        (2, ("postgres",)),
        (3, ("uploads", "worker")),
        (4, ("web", "postgres", "uploads", "worker")),
    ],
)
def test_a_whole_life_under_kill_9(town: Town, number: int, victims: tuple[str, ...]) -> None:
    fate = Fate(town, victims, seed_of(number))
    office = Office(town, fate)
    errand = Errand(town, Person(town.url, f"dokter{number}@warga.example", fate), office)
    for _step in errand.steps():
        town.whole()
    assert len(fate.strikes) >= len(fate.known) >= 18, "too few strikes to mean anything"
    each_thing_happened_once(errand)
    nothing_acknowledged_is_lost(errand)
    everything_is_numbered(town)
    town.quiet()
    town.verify()


def test_a_large_file_under_kill_9(town: Town) -> None:
    """Fifty pieces, and again and again the program that takes them is killed, or the database that knows of them: what
    was acknowledged is there, and the file arrives byte for byte, once."""
    fate = Fate(town, ("uploads", "uploads", "postgres"), seed_of(5))
    doctor = Person(town.url, "dokter5@warga.example")
    errand = Errand(town, doctor, Office(town)).until("fill")
    content = make.a_pdf(2) + b"\n% " + random.Random(5).randbytes(3_200_000).hex().encode()[:3_200_000]
    upload = errand.upload("str", "str.pdf", content)
    doctor.danger = fate
    file_id = upload.send()
    doctor.danger = None
    assert len(fate.strikes) >= 4
    form = doctor.get(f"{errand.own}/form/documents").forms[0]
    told = {"csrfmiddlewaretoken": form.values["csrfmiddlewaretoken"], "file": file_id}
    errand.agreed(doctor.send(f"{errand.own}/documents/str/attachment", told), "#d-str")
    town.quiet()
    assert doctor.bytes_of(f"{errand.own}/documents/str") == content
    ready = "SELECT count(*) FROM kernel_eventrecord WHERE name = 'FileReady' AND subject_id = %s"
    assert town.count(ready, file_id) == 1
    town.verify()


def each_thing_happened_once(errand: Errand) -> None:
    town, case = errand.town, errand.case_id
    named = town.rows("SELECT name FROM kernel_eventrecord WHERE subject_kind = 'case' AND subject_id = %s", case)
    assert {name: count for name, count in Counter(str(name) for (name,) in named).items() if name in ONCE} == ONCE
    one_each(errand, "SELECT count(*) FROM permits_permit WHERE case_id = %s")
    one_each(errand, "SELECT count(*) FROM cases_decision WHERE case_id = %s AND state = 'signed'")
    one_each(errand, "SELECT count(*) FROM documents_paper WHERE purpose = 'case:' || %s")
    one_each(errand, "SELECT count(*) FROM cases_correction WHERE case_id = %s")
    one_each(
        errand,
        "SELECT count(*) FROM cases_correctionitem i JOIN cases_correction c ON c.id = i.correction_id"
        " WHERE c.case_id = %s",
    )
    for purpose in ("paper:prepared", "paper:signed", "paper:issued"):
        one_each(
            errand,
            f"SELECT count(*) FROM documents_storedfile f JOIN documents_paper p ON p.id = f.subject_id"  # noqa: S608
            f" WHERE f.purpose = '{purpose}' AND p.purpose = 'case:' || %s",
        )
    for purpose in ("receipt", "decision"):
        one_each(
            errand,
            f"SELECT count(*) FROM cases_number n JOIN cases_series s ON s.id = n.series_id"  # noqa: S608
            f" WHERE s.purpose = '{purpose}' AND n.state = 'used' AND n.case_id = %s",
        )
    everybody_was_told_once(errand)


def one_each(errand: Errand, question: str) -> None:
    assert errand.town.count(question, errand.case_id) == 1, question


def everybody_was_told_once(errand: Errand) -> None:
    """One notice a person and event, one dispatch a notice, one message a dispatch."""
    town = errand.town
    permit = str(town.rows("SELECT id FROM permits_permit WHERE case_id = %s", errand.case_id)[0][0])
    told = town.rows(
        "SELECT n.code, n.person_id, count(*), count(d.id), count(m.id) FROM notices_notice n"
        " LEFT JOIN notices_dispatch d ON d.notice_id = n.id AND d.state = 'sent'"
        " LEFT JOIN gateway_simulatedmessage m ON m.reference = d.id::text"
        " WHERE n.link LIKE '%%' || %s || '%%' OR n.link LIKE '%%' || %s || '%%' GROUP BY 1, 2",
        errand.case_id,
        permit,
    )
    assert {str(code) for code, *_ in told} == {*TOLD_APPLICANT, *TOLD_DESK}
    assert {row[2:] for row in told} == {(1, 1, 1)}, told


def nothing_acknowledged_is_lost(errand: Errand) -> None:
    """What she typed and sent is there as she sent it; every answer she was given led to the right page."""
    town, doctor = errand.town, errand.doctor
    assert {one.status for one in errand.log} <= {302, 303}
    for document, content in errand.sent.items():
        if document != "photo":  # a picture is drawn anew
            assert digest(doctor.bytes_of(f"{errand.own}/documents/{document}")) == digest(content), document
    handed_in = town.count(
        "SELECT count(*) FROM cases_requireddocument WHERE case_id = %s AND file_id IS NOT NULL", errand.case_id
    )
    assert handed_in == len(errand.sent)
    asked = errand.desk("head", "answers").words
    assert all(said in asked for said in ("SKP-RAHASIA-77123", "Klinik D'Contoh Ombak", "Jalan Contoh Gurita 99"))
    assert doctor.bytes_of(f"{errand.own}/letter").startswith(b"%PDF-")


def everything_is_numbered(town: Town) -> None:
    """No hole and no double in any series."""
    holes = town.rows(
        "SELECT s.kind, s.purpose, s.last, count(n.id), max(n.ordinal), count(DISTINCT n.ordinal) FROM cases_series s"
        " LEFT JOIN cases_number n ON n.series_id = s.id GROUP BY s.id"
        " HAVING NOT (s.last = count(n.id) AND s.last = max(n.ordinal) AND s.last = count(DISTINCT n.ordinal))"
    )
    assert holes == []
