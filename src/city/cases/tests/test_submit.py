"""Sending: everything wrong is said at once, a receipt once, a version for life."""

import pytest
from django.utils import translation

from city.cases import actions, queries
from city.cases.declare import KINDS, Kind, Obstacle, spec_from
from city.cases.models import Case, KindVersion, Number, RequiredDocument, State
from city.cases.tests.make import (
    ANSWERS,
    AT,
    KIND,
    a_draft,
    a_file,
    a_person,
    days_after,
    fill,
    herself,
    refused,
    the_kind,
)
from city.kernel.errors import Refusal
from city.kernel.queries import history_of
from city.workflow.queries import open_tasks

pytestmark = pytest.mark.django_db


def errors_of(case: Case) -> dict[str, str]:
    with pytest.raises(Refusal) as caught:
        actions.submit(case_id=case.pk, by=herself(case.applicant), at=AT)
    assert (caught.value.code, caught.value.status) == ("case.incomplete", 422)
    return {error.field: str(error.sentence) for error in caught.value.errors}


def test_everything_wrong_is_said_at_once_and_kept() -> None:
    person = a_person(nik=False)
    case = a_draft(person)
    actions.save_answers(
        case_id=case.pk, answers={"kind": "dated", "valid_until": "2026-11-01"}, by=herself(person), at=AT
    )
    actions.attach(
        case_id=case.pk, document="letter", file_id=a_file(person.pk, state="received").pk, by=herself(person), at=AT
    )
    assert errors_of(case) == {
        "holder": "Isi dulu: Nama.",
        "valid_until": "Habis pada 1 November 2026. Perbarui dulu.",
        "nik": "Isi NIK Anda dulu. NIK ada di KTP, 16 angka.",
        "ktp": "Unggah dulu: KTP.",
        "letter": "Surat sedang kami periksa. Tunggu sebentar, lalu kirim lagi.",
        "proof": "Unggah dulu: Bukti.",
    }
    assert Case.objects.get(pk=case.pk).state == State.DRAFT
    assert queries.answers_of(case.pk)["valid_until"] == "2026-11-01"
    assert not Number.objects.exists()
    with translation.override("en"):
        assert errors_of(case)["valid_until"] == "Ended on 1 November 2026. Renew it first."


def test_what_the_floor_above_knows_is_asked_last() -> None:
    person = a_person()
    case = a_draft(person)
    fill(case, herself(person))
    kind = KINDS[KIND]
    KINDS._things[KIND] = Kind(
        content=kind.content, spec=kind.spec, paper=kind.paper, obstacles=lambda *_: [taken("holder")]
    )
    try:
        assert list(errors_of(case)) == ["holder"]
    finally:
        KINDS._things[KIND] = kind


def taken(field: str) -> Obstacle:
    return Obstacle("places_taken", field, "Tiga tempat praktik sudah terpakai.", "Pemohon sudah punya tiga tempat.")


def test_sent_twice_is_sent_once() -> None:
    person = a_person()
    case = a_draft(person)
    fill(case, herself(person))
    first = actions.submit(case_id=case.pk, by=herself(person), at=AT, seen=1)
    again = actions.submit(case_id=case.pk, by=herself(person), at=AT, seen=1)
    assert first.receipt == again.receipt == "SPC-CTH-2026-000001"
    assert (again.state, again.turn) == (State.SUBMITTED, "verify")
    assert [one.name for one in history_of("case", case.pk)] == ["CaseOpened", "CaseSubmitted"]
    assert Number.objects.count() == 1
    assert [task.name for task in open_tasks([case.pk])] == ["verify"]
    assert RequiredDocument.objects.get(case=case, code="proof").state == "waived"
    assert queries.by_receipt(" spc-cth-2026-000001 ") == again


def test_somebody_else_cannot_send_it() -> None:
    case = a_draft()
    fill(case, herself(case.applicant))
    with refused("case.unknown", 404):
        actions.submit(case_id=case.pk, by=herself(a_person()), at=AT)


def test_receipts_have_no_hole_and_begin_anew_each_year() -> None:
    texts = []
    for days in (0, 0, 60, 60):
        person = a_person()
        case = a_draft(person, at=days_after(days))
        fill(case, herself(person))
        texts.append(actions.submit(case_id=case.pk, by=herself(person), at=days_after(days)).receipt)
    assert texts == [
        "SPC-CTH-2026-000001",
        "SPC-CTH-2026-000002",
        "SPC-CTH-2027-000001",
        "SPC-CTH-2027-000002",
    ]


def test_a_running_case_keeps_the_version_it_began_with() -> None:
    the_kind()
    old = a_draft()
    kind = KINDS[KIND]
    content = {**kind.content, "documents": list(kind.content["documents"])[:1]}
    KINDS._things[KIND] = Kind(content=content, spec=spec_from(content), paper=kind.paper)
    try:
        new = a_draft()
        assert new.kind_version_id != old.kind_version_id
        assert [row.code for row in queries.documents_of(old.pk)] == ["ktp", "letter", "proof"]
        assert [row.code for row in queries.documents_of(new.pk)] == ["ktp"]
        assert list(KindVersion.objects.order_by("number").values_list("number", "state")) == [
            (1, "retired"),
            (2, "published"),
        ]
        actions.save_answers(case_id=new.pk, answers=ANSWERS, by=herself(new.applicant), at=AT)
        actions.attach(
            case_id=new.pk, document="ktp", file_id=a_file(new.applicant_id).pk, by=herself(new.applicant), at=AT
        )
        assert actions.submit(case_id=new.pk, by=herself(new.applicant), at=AT).state == State.SUBMITTED
    finally:
        KINDS._things[KIND] = kind
    assert a_draft().kind_version_id == old.kind_version_id


def test_a_version_is_frozen_with_process_letters_and_choices() -> None:
    the_kind()
    version = actions.publish_kind(code=KIND, at=AT)
    assert version == actions.publish_kind(code=KIND, at=AT)
    assert version.content["process"].startswith("<?xml")
    assert queries.spec_of(version.pk) == KINDS[KIND].spec
    assert KINDS[KIND].spec.parts == {"outcome_name": "Surat contoh"}
