"""Two pages of one form open at once: what was kept last is never taken back by the older page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import answers_of
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db


def _form(case: Case, step: str = "place") -> str:
    return reverse("permits-form", args=[case.pk, step])


def _carried(page: str) -> dict[str, list[str]]:
    """What a page says of the answers it was drawn over."""
    found: dict[str, list[str]] = {}
    for name, digest in re.findall(r'name="(drawn-\w+)" value="(\w+)"', page):
        found.setdefault(name, []).append(digest)
    return found


def test_an_older_empty_page_deletes_nothing(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    phone = _carried(hers.get(_form(case)).content.decode())
    computer = hers.post(_form(case), {**make.answers(), **phone})
    assert computer.status_code == 303
    kept = answers_of(case.pk)
    emptied = dict.fromkeys((name.removeprefix("drawn-") for name in phone), "")
    pressed = hers.post(_form(case), {**emptied, **phone})
    assert pressed.status_code == 303
    assert answers_of(case.pk) == kept
    assert kept["facility_name"]


def test_an_older_page_with_something_else_typed_is_asked_and_nothing_is_lost(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    phone = _carried(hers.get(_form(case)).content.decode())
    hers.post(_form(case), {**make.answers(facility_name="Klinik Komputer"), **phone})
    pressed = hers.post(_form(case), {**make.answers(facility_name="Klinik Ponsel"), **phone})
    page = pressed.content.decode()
    assert pressed.status_code == 409
    assert answers_of(case.pk)["facility_name"] == "Klinik Komputer"
    assert 'value="Klinik Ponsel"' in page
    assert "yang tersimpan: “Klinik Komputer”" in page
    again = hers.post(_form(case), {**make.answers(facility_name="Klinik Ponsel"), **_carried(page)})
    assert again.status_code == 303
    assert answers_of(case.pk)["facility_name"] == "Klinik Ponsel"


def test_a_fresh_page_may_empty_a_field(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    make.fill(case)
    drawn = _carried(hers.get(_form(case)).content.decode())
    hers.post(_form(case), {"facility_name": "", **drawn})
    assert "facility_name" not in answers_of(case.pk)


def test_what_the_account_offers_is_kept_but_over_no_newer_answer(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    drawn = _carried(hers.get(_form(case, "applicant")).content.decode())
    offered = {"home_address": "Jalan Panjang 3, Jombang Wetan"}
    hers.post(_form(case, "applicant"), {**offered, **drawn})
    assert answers_of(case.pk) == offered
    cases.save_answers(case_id=case.pk, answers={"home_address": "Jalan Baru 1"}, by=make.herself(doctor), at=make.AT)
    hers.post(_form(case, "applicant"), {**offered, **drawn})
    assert answers_of(case.pk) == {"home_address": "Jalan Baru 1"}


def test_field_by_field_a_page_knows_what_it_sent_itself(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    address = reverse("permits-answers", args=[case.pk])
    first = _carried(hers.get(_form(case)).content.decode())["drawn-facility_name"]
    said = hers.post(address, {"facility_name": "Klinik A", "drawn-facility_name": first}).json()
    drawn = said["drawn"]["facility_name"]
    again = hers.post(address, {"facility_name": "Klinik AB", "drawn-facility_name": drawn}).json()
    assert (again["errors"], again["unkept"]) == ({}, [])
    # The answer to "Klinik ABC" was lost on the line; the page names what it had sent.
    hers.post(address, {"facility_name": "Klinik ABC", "drawn-facility_name": again["drawn"]["facility_name"]})
    late = {"drawn-facility_name": again["drawn"]["facility_name"], "sent-facility_name": "Klinik ABC"}
    assert hers.post(address, {"facility_name": "Klinik ABCD", **late}).json()["unkept"] == []
    assert answers_of(case.pk)["facility_name"] == "Klinik ABCD"
    older = hers.post(address, {"facility_name": "Klinik Z", "drawn-facility_name": first}).json()
    assert older["unkept"] == ["facility_name"]
    assert "Klinik ABCD" in older["errors"]["facility_name"]
    assert answers_of(case.pk)["facility_name"] == "Klinik ABCD"


def test_a_nik_leaves_no_digest_on_a_page(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    assert "drawn-nik" not in hers.get(_form(case, "applicant")).content.decode()


def test_an_older_answer_to_a_return_is_asked_and_not_sent(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    said = "Nama klinik kurang lengkap."
    cases.mark_defect(case_id=case.pk, target="facility_name", code="other", message=said, by=desk.front, at=make.AT)
    cases.send_back(case_id=case.pk, by=desk.front, at=make.AT)
    case.refresh_from_db()
    address = reverse("permits-answer", args=[case.pk])
    drawn = {**_carried(hers.get(address).content.decode()), "seen": str(case.version)}
    me = make.herself(doctor)
    cases.save_answers(case_id=case.pk, answers={"facility_name": "Klinik Komputer"}, by=me, at=make.AT)
    pressed = hers.post(address, {"facility_name": "Klinik Ponsel", **drawn})
    page = pressed.content.decode()
    assert pressed.status_code == 409
    assert 'value="Klinik Ponsel"' in page
    assert "Klinik Komputer" in page
    assert answers_of(case.pk)["facility_name"] == "Klinik Komputer"
    case.refresh_from_db()
    assert case.state == "returned"
    again = hers.post(address, {"facility_name": "Klinik Ponsel", "seen": str(case.version), **_carried(page)})
    assert again.status_code == 303
    assert answers_of(case.pk)["facility_name"] == "Klinik Ponsel"
