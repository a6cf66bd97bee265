"""Drafts: opened once, kept as typed, sealed, the NIK elsewhere."""

import pytest
from django.db import connection

from city.cases import actions, queries
from city.cases.models import Answer, Case, RequiredDocument, State
from city.cases.tests.make import (
    AT,
    KIND,
    Desk,
    a_case,
    a_draft,
    a_file,
    a_person,
    fill,
    herself,
    refused,
    the_kind,
)
from city.documents.models import StoredFile
from city.kernel.actor import NOBODY, Actor
from city.kernel.ids import new_id
from city.kernel.queries import history_of
from city.kernel.subjects import erase
from city.people.models import Person
from city.people.queries import masked_nik, reveal_nik

pytestmark = pytest.mark.django_db


def test_a_draft_opened_twice_is_one() -> None:
    person = a_person()
    case_id = new_id()
    the_kind()
    for _ in range(2):
        actions.open_draft(case_id=case_id, kind=KIND, applicant_id=person.pk, by=herself(person), at=AT)
    case = Case.objects.get(pk=case_id)
    assert (case.state, case.turn, case.agency, case.receipt) == (State.DRAFT, "fill", "DPMPTSP", None)
    assert [one.name for one in history_of("case", case_id)] == ["CaseOpened"]
    assert set(RequiredDocument.objects.filter(case=case).values_list("code", "state")) == {
        ("ktp", "missing"),
        ("letter", "missing"),
        ("proof", "missing"),
    }


def test_nobody_opens_a_draft_for_another() -> None:
    mine, other = a_person(), a_person("Sri Wahyuni")
    the_kind()
    with refused("actor.not_permitted", 403):
        actions.open_draft(case_id=new_id(), kind=KIND, applicant_id=other.pk, by=herself(mine), at=AT)
    with refused("case.unknown", 404):
        actions.open_draft(case_id=a_draft(other).pk, kind=KIND, applicant_id=mine.pk, by=herself(mine), at=AT)
    with refused("kind.unknown", 404):
        actions.open_draft(case_id=new_id(), kind="tidak_ada", applicant_id=mine.pk, by=herself(mine), at=AT)
    with refused("case.no_such_type", 422):
        actions.open_draft(
            case_id=new_id(), kind=KIND, applicant_id=mine.pk, by=herself(mine), at=AT, application_type="closure"
        )


def test_answers_are_kept_as_typed_and_what_is_wrong_is_said() -> None:
    person = a_person()
    case, me = a_draft(person), herself(person)
    errors = actions.save_answers(
        case_id=case.pk,
        answers={"holder": " D'Souza ", "valid_until": "kemarin", "phone": "0812", "nope": "x"},
        by=me,
        at=AT,
    )
    assert [error.field for error in errors] == ["valid_until", "phone"]
    assert actions.save_answers(case_id=case.pk, answers={"phone": "0812-3456-7890"}, by=me, at=AT) == []
    kept = queries.answers_of(case.pk)
    assert (kept["holder"], kept["valid_until"]) == ("D'Souza", "kemarin")
    assert "nope" not in kept
    actions.save_answers(case_id=case.pk, answers={"valid_until": ""}, by=me, at=AT)
    assert "valid_until" not in queries.answers_of(case.pk)


def test_answers_are_sealed_under_the_applicants_key() -> None:
    person = a_person()
    case = a_draft(person)
    actions.save_answers(case_id=case.pk, answers={"holder": "Rahasia Sekali"}, by=herself(person), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sealed, 'escape') FROM cases_answer WHERE case_id = %s", [case.pk])
        assert all(b"Rahasia" not in bytes(row[0], "utf-8") for row in cursor.fetchall())
    erase(person.pk, at=AT)
    assert queries.answers_of(case.pk) == {}


def test_a_nik_is_kept_with_the_person_only() -> None:
    person = a_person(nik=False)
    case, me = a_draft(person), herself(person)
    [error] = actions.save_answers(case_id=case.pk, answers={"nik": "367299010190123", "holder": "Sri"}, by=me, at=AT)
    assert (error.field, str(error.sentence)) == ("nik", "NIK harus 16 angka. Anda mengetik 15.")
    assert queries.answers_of(case.pk)["holder"] == "Sri"
    assert actions.save_answers(case_id=case.pk, answers={"nik": "3672990101909999"}, by=me, at=AT) == []
    assert not Answer.objects.filter(case=case, field="nik").exists()
    assert queries.answers_of(case.pk)["nik"] == masked_nik(person.pk) == "3672••••••••9999"
    assert actions.save_answers(case_id=case.pk, answers={"nik": "3672••••••••9999"}, by=me, at=AT) == []
    assert Person.objects.exclude(nik_index=None).filter(pk=person.pk).exists()


def test_a_nik_of_somebody_else_is_refused_and_the_rest_kept() -> None:
    other, person = a_person(), a_person(nik=False)
    nik = reveal_nik(other.pk, by=herself(other), purpose="tests", at=AT)
    case = a_draft(person)
    errors = actions.save_answers(case_id=case.pk, answers={"nik": nik, "holder": "Sri"}, by=herself(person), at=AT)
    assert [error.field for error in errors] == ["nik"]
    assert queries.answers_of(case.pk)["holder"] == "Sri"


def test_a_document_is_attached_replaced_and_taken_back() -> None:
    person = a_person()
    case, me = a_draft(person), herself(person)
    first, second = a_file(person.pk), a_file(person.pk)
    for file in (first, first, second):
        actions.attach(case_id=case.pk, document="ktp", file_id=file.pk, by=me, at=AT)
    row = RequiredDocument.objects.get(case=case, code="ktp")
    assert (row.state, row.file_id, row.version, row.previous_id) == ("uploaded", second.pk, 2, None)
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    actions.detach(case_id=case.pk, document="ktp", by=me, at=AT)
    assert RequiredDocument.objects.get(case=case, code="ktp").state == "missing"
    assert not StoredFile.objects.filter(pk=second.pk).exists()


def test_what_cannot_be_attached() -> None:
    person, other = a_person(), a_person("Sri Wahyuni")
    case, me = a_draft(person), herself(person)
    with refused("case.no_such_file", 404):
        actions.attach(case_id=case.pk, document="ktp", file_id=a_file(other.pk).pk, by=me, at=AT)
    with refused("file.empty", 422):
        actions.attach(case_id=case.pk, document="ktp", file_id=a_file(person.pk, state="refused").pk, by=me, at=AT)
    with refused("case.no_such_document", 404):
        actions.attach(case_id=case.pk, document="nope", file_id=a_file(person.pk).pk, by=me, at=AT)
    with refused("case.unknown", 404):
        actions.attach(case_id=case.pk, document="ktp", file_id=a_file(person.pk).pk, by=herself(other), at=AT)


def test_a_sent_case_takes_no_more_answers(desk: Desk) -> None:
    case = a_case(desk)
    me = Actor(ref=f"person:{case.applicant_id}", person_id=case.applicant_id)
    with refused("case.not_now", 409):
        actions.save_answers(case_id=case.pk, answers={"holder": "Lain"}, by=me, at=AT)


def test_the_counter_files_for_somebody_without_a_phone(desk: Desk) -> None:
    person = a_person("Sofyan Hadi")
    case = a_draft(person, by=desk.front)
    fill(case, desk.front)
    sent = actions.submit(case_id=case.pk, by=desk.front, at=AT)
    assert (sent.filed_by_id, sent.applicant_id) == (desk.front.person_id, person.pk)
    assert queries.case_for(herself(person), case.pk).receipt == sent.receipt
    assert [row["id"] for row in queries.filed_at_counter("DPMPTSP").rows] == [case.pk]


def test_the_counter_does_not_see_a_citizens_own_draft(desk: Desk) -> None:
    case = a_draft()
    for actor in (desk.front, desk.head, desk.health, NOBODY, herself(a_person())):
        with refused("case.unknown", 404):
            queries.case_for(actor, case.pk)


def test_a_cleared_draft_leaves_nothing() -> None:
    person = a_person()
    case, me = a_draft(person), herself(person)
    fill(case, me)
    actions.withdraw(case_id=case.pk, by=me, at=AT)
    assert Case.objects.get(pk=case.pk).state == State.WITHDRAWN
    assert not Answer.objects.filter(case=case).exists()
    assert not StoredFile.objects.filter(subject_id=person.pk).exists()
    assert queries.cases_of(person.pk).rows == []
