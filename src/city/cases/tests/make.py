"""A desk with its people, and cases brought to any state by the real verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from city.cases import actions
from city.cases.declare import KINDS, PaperOrder, PaperRequest, kind_in
from city.cases.declare.powers import Power
from city.cases.models import Case, Decision, RequiredDocument, State
from city.documents import actions as documents
from city.documents.models import StoredFile
from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.tests import listening
from city.people import actions as people
from city.people.models import Appointment, Person

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, 10.00 WIB
KIND = "izin_contoh"
CITY = system("tests")
ANSWERS = {"holder": "Ni Luh Ayu D'Souza", "kind": "long"}
_next = iter(range(1, 100_000))


def days_after(days: int, hour: int = 3) -> datetime:
    """A time so many calendar days after AT; hour in UTC."""
    return (AT + timedelta(days=days)).replace(hour=hour)


LETTER = """#import "/paper.typ": *
#show: paper.with(title: "Keputusan contoh")
= KEPUTUSAN CONTOH
#number-line
#data.outcome
"""


def _paper(request: PaperRequest) -> PaperOrder:
    data = {"outcome": request.outcome}
    return PaperOrder("contoh", data, f"http://contoh/periksa/{request.code}", source=LETTER)


def the_kind(paper: Callable[[PaperRequest], PaperOrder] = _paper) -> str:
    """The small kind of these tests, on the shelf."""
    if KIND not in KINDS:
        folder = Path(__file__).parent / "kind"
        KINDS.add(KIND, kind_in(folder, rules="city.cases.tests.kind.v1", paper=paper))
    return KIND


def refused(code: str, status: int) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status))


def a_person(name: str = "dr. Raka Pratama", *, nik: bool = True) -> Person:
    if nik:
        return people.register_person(name=name, nik=f"367299010190{next(_next):04d}", by=CITY, at=AT)
    return Person.objects.create(name=name, created_by="tests", created_at=AT)


def herself(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def in_office(appointment: Appointment) -> Actor:
    office = appointment.office
    return Actor(
        ref=f"person:{appointment.person_id}",
        person_id=appointment.person_id,
        appointment_id=appointment.pk,
        agency=office.agency_id,
        permissions=frozenset(office.permissions),
    )


OFFICES = {
    "front": ("dpmptsp.front", "DPMPTSP", (Power.VERIFY, Power.COUNTER)),
    "back": ("dpmptsp.back", "DPMPTSP", (Power.EXAMINE, Power.DRAFT)),
    "officer": ("dpmptsp.officer", "DPMPTSP", (Power.DRAFT, Power.INITIAL)),
    "division": ("dpmptsp.division", "DPMPTSP", (Power.INITIAL, Power.OVERRIDE_ROUND)),
    "head": ("dpmptsp.head", "DPMPTSP", (Power.SIGN,)),
    "health": ("dinkes.review", "DINKES", (Power.REVIEW, Power.ASSESS)),
    "works": ("dpupr.review", "DPUPR", (Power.REVIEW, Power.INSPECT)),
}


def appointed(code: str, person: Person, *, kind: str = "definitive", until: date | None = None) -> Actor:
    term = people.Term(from_day=date(2026, 1, 2), until_day=until, kind=kind, decree="SK contoh")
    made = people.appoint(person_id=person.pk, office_code=code, term=term, by=CITY, at=AT)
    return in_office(Appointment.objects.select_related("office").get(pk=made.pk))


@dataclass(frozen=True)
class Desk:
    """Everybody who has a part in a case."""

    front: Actor
    back: Actor
    officer: Actor
    division: Actor
    head: Actor
    health: Actor
    works: Actor


def a_desk() -> Desk:
    for code in ("DPMPTSP", "DINKES", "DPUPR"):
        people.place_agency(code=code, name=f"Dinas {code}", by=CITY)
    actors = {}
    for role, (code, agency, powers) in OFFICES.items():
        people.place_office(code=code, title=code, agency=agency, permissions=powers, by=CITY)
        actors[role] = appointed(code, a_person(f"Pejabat {role}"))
    return Desk(**actors)


def another(desk_actor: Actor, code: str) -> Actor:
    """A colleague in the same office."""
    assert desk_actor.is_official
    return appointed(code, a_person("Rekan"))


def a_file(subject_id: UUID, *, state: str = "ready") -> StoredFile:
    file_id = new_id()
    ready = {"place": file_id.hex, "sha256": file_id.hex, "content_type": "image/jpeg"} if state == "ready" else {}
    return StoredFile.objects.create(
        id=file_id,
        subject_id=subject_id,
        purpose="case",
        name="berkas.jpg",
        size=10,
        state=state,
        reason="file.empty" if state == "refused" else "",
        created_by="tests",
        created_at=AT,
        **ready,
    )


def a_draft(applicant: Person | None = None, *, by: Actor | None = None, at: datetime = AT) -> Case:
    the_kind()
    applicant = applicant or a_person()
    return actions.open_draft(
        case_id=new_id(), kind=KIND, applicant_id=applicant.pk, by=by or herself(applicant), at=at
    )


def fill(case: Case, by: Actor, at: datetime = AT) -> None:
    """Everything the kind needs, right."""
    actions.save_answers(case_id=case.pk, answers=ANSWERS, by=by, at=at)
    for code in ("ktp", "letter"):
        file = a_file(case.applicant_id)
        actions.attach(case_id=case.pk, document=code, file_id=file.pk, by=by, at=at)


def accept_all(case: Case, by: Actor, at: datetime = AT) -> None:
    waiting = RequiredDocument.objects.filter(case=case, file__isnull=False).exclude(state="accepted")
    for code in waiting.values_list("code", flat=True):
        actions.accept_document(case_id=case.pk, document=code, by=by, at=at)


def write_paper(case: Case, at: datetime = AT) -> None:
    """What the job does once the decision is numbered."""
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    actions.prepare_paper(case_id=case.pk, paper_id=decision.paper_id, at=at)


def a_case(desk: Desk, state: str = State.SUBMITTED, *, outcome: str = "grant", at: datetime = AT) -> Case:
    """A case brought to a state, one verb after the other; all at the same moment."""
    case = a_draft(at=at)
    me = Actor(ref=f"person:{case.applicant_id}", person_id=case.applicant_id)
    fill(case, me, at)
    steps: list[tuple[str, Callable[[], object]]] = [
        (State.SUBMITTED, lambda: actions.submit(case_id=case.pk, by=me, at=at)),
        (State.COMPLETENESS, lambda: accept_all(case, desk.front, at)),
        (State.REGISTERED, lambda: actions.register(case_id=case.pk, by=desk.front, at=at)),
        (State.TECHNICAL, lambda: actions.examine(case_id=case.pk, by=desk.back, at=at)),
        (
            State.RECOMMENDED,
            lambda: actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=at),
        ),
        (State.INITIALLING, lambda: drafted(case, desk, outcome, at)),
        (State.SIGNING, lambda: initialled(case, desk, at)),
    ]
    for reached, step in steps:
        step()
        if reached == state:
            break
    return Case.objects.get(pk=case.pk)


def drafted(case: Case, desk: Desk, outcome: str = "grant", at: datetime = AT) -> None:
    grounds = actions.Grounds("A1") if outcome == "refuse" else None
    actions.draft_decision(case_id=case.pk, outcome=outcome, by=desk.back, at=at, refusal=grounds)


def initialled(case: Case, desk: Desk, at: datetime = AT) -> None:
    actions.initial_decision(case_id=case.pk, by=desk.officer, at=at)
    actions.initial_decision(case_id=case.pk, by=desk.division, at=at)


def deliver() -> None:
    """To all but permits, on whose shelf the tests' kind does not stand."""
    listening.deliver(deaf="city.permits")


def issue(case: Case, at: datetime = AT) -> Case:
    """What the job does with a signed paper, and the listeners with its event."""
    decision = Decision.objects.get(case=case)
    assert decision.paper_id is not None
    documents.issue_paper(paper_id=decision.paper_id, at=at)
    deliver()
    case.refresh_from_db()
    return case


def decided(desk: Desk, outcome: str = "grant", at: datetime = AT) -> Case:
    """A case whose paper was signed and stored."""
    case = a_case(desk, State.SIGNING, outcome=outcome, at=at)
    write_paper(case, at)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=at)
    return issue(case, at)


def returned(case: Case, by: Actor, *, target: str = "ktp", at: datetime = AT) -> Case:
    actions.mark_defect(case_id=case.pk, target=target, code="unreadable", message="Foto ulang, buram.", by=by, at=at)
    return actions.send_back(case_id=case.pk, by=by, at=at)


def mended(case: Case, *, target: str = "ktp", at: datetime = AT) -> Case:
    me = Actor(ref=f"person:{case.applicant_id}", person_id=case.applicant_id)
    actions.attach(case_id=case.pk, document=target, file_id=a_file(case.applicant_id).pk, by=me, at=at)
    return actions.answer_correction(case_id=case.pk, by=me, at=at)
