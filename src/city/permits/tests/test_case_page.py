"""The applicant's case: whose turn it is, a return answered, a withdrawal, a decision and its letter."""

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import answers_of
from city.kernel.models import EventRecord
from city.people.models import Person
from city.permits.models import Permit
from city.permits.tests import make

pytestmark = pytest.mark.django_db


def _page(client: Client, case: Case) -> str:
    return client.get(reverse("permits-case", args=[case.pk])).content.decode()


def _returned(case: Case, desk: make.Desk) -> Case:
    for target, message in (("ktp", "Foto ulang, buram."), ("facility_name", "Nama klinik kurang lengkap.")):
        cases.mark_defect(case_id=case.pk, target=target, code="unreadable", message=message, by=desk.front, at=make.AT)
    cases.send_back(case_id=case.pk, by=desk.front, at=make.AT)
    return Case.objects.get(pk=case.pk)


def test_it_says_who_holds_the_file(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    assert "memeriksa kelengkapan berkas Anda" in _page(hers, case)
    make.registered(case, desk)
    page = _page(hers, case)
    assert "hari kerja" in page
    assert "Keputusan keluar paling lambat" in page
    assert 'class="horizon"' in page
    assert 'class="flow"' in page


def test_a_return_shows_each_thing_and_only_that(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = _returned(make.submitted(doctor), desk)
    assert "Giliran Anda: perbaiki 2 hal" in _page(hers, case)
    page = hers.get(reverse("permits-answer", args=[case.pk])).content.decode()
    assert "Foto ulang, buram." in page
    assert 'id="f-facility_name"' in page
    assert page.count('name="ticket"') == 1
    assert 'name="str_number"' not in page


def test_a_return_half_answered_says_what_is_left(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = _returned(make.submitted(doctor), desk)
    answer = hers.post(
        reverse("permits-answer", args=[case.pk]), {"facility_name": "Klinik Jombang Baru", "seen": case.version}
    )
    assert answer.status_code == 422
    assert "Ganti berkas ini dulu: KTP." in answer.content.decode()
    assert answers_of(case.pk)["facility_name"] == "Klinik Jombang Baru"


def test_a_return_is_answered_once(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = _returned(make.submitted(doctor), desk)
    file = make.a_file(case, "ktp")
    hers.post(reverse("permits-attachment", args=[case.pk, "ktp"]), {"file": str(file.pk)})
    address, given = reverse("permits-answer", args=[case.pk]), {"facility_name": "Baru", "seen": str(case.version)}
    first = hers.post(address, given)
    assert first.status_code == 303
    case.refresh_from_db()
    assert case.state == "completeness"
    assert hers.post(address, given).status_code == 303
    assert EventRecord.objects.filter(name="CorrectionAnswered").count() == 1


def test_a_stale_tab_is_told(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    seen = case.version
    make.registered(case, desk)
    answer = hers.post(reverse("permits-withdrawal", args=[case.pk]), {"seen": seen})
    assert answer.status_code == 409
    assert "sudah diubah oleh Pejabat front" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == "registered"


def test_withdrawing_says_what_is_lost(hers: Client, doctor: Person) -> None:
    case = make.submitted(doctor)
    address = reverse("permits-withdrawal", args=[case.pk])
    assert "Giliran Anda hilang" in hers.get(address).content.decode()
    for _ in range(2):
        assert hers.post(address, {"seen": case.version}).status_code == 303
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    assert EventRecord.objects.filter(name="CaseWithdrawn").count() == 1


def test_a_draft_is_thrown_away(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    make.fill(case)
    answer = hers.post(reverse("permits-withdrawal", args=[case.pk]))
    assert answer["Location"] == reverse("permits-mine")
    assert answers_of(case.pk) == {}


def test_a_granted_case_hands_out_the_letter(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.decided(doctor, desk)
    page = _page(hers, case)
    assert "Izin Anda terbit" in page
    letter = hers.get(reverse("permits-letter", args=[case.pk]))
    assert letter["Content-Type"] == "application/pdf"
    assert letter["Content-Disposition"].startswith('attachment; filename="503-')
    assert letter["Content-Security-Policy"].startswith("sandbox;")
    assert letter["X-Content-Type-Options"] == "nosniff"
    assert letter.content.startswith(b"%PDF")


def test_there_is_no_letter_before_it_is_stored(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    make.registered(case, desk)
    make.reviewed(case, desk)
    make.to_signature(case, desk)
    assert hers.get(reverse("permits-letter", args=[case.pk])).status_code == 404


def test_a_refusal_is_not_told_before_it_is_signed(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    make.registered(case, desk)
    make.reviewed(case, desk, "not_recommended")
    make.to_signature(case, desk, "refuse")
    page = _page(hers, case)
    assert "Alamat praktik tidak ditemukan" not in page
    assert "tolak" not in page.lower().replace("menolak", "")
    assert hers.get(reverse("permits-decision", args=[case.pk])).status_code == 303


def test_a_refusal_gives_reason_article_and_appeal(hers: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.decided(doctor, desk, outcome="refuse")
    page = hers.get(reverse("permits-decision", args=[case.pk])).content.decode()
    for words in ("Alamat praktik tidak ditemukan", "Pasal contoh", "21 hari kerja", "keberatan"):
        assert words in page
    assert not Permit.objects.exists()


def test_the_receipt_is_for_printing(hers: Client, doctor: Person) -> None:
    case = make.submitted(doctor)
    page = hers.get(reverse("permits-receipt", args=[case.pk])).content.decode()
    assert str(case.receipt) in page
    assert "<svg" in page
    assert "010585" not in page


def test_an_officer_is_led_to_her_desk(desk: make.Desk, doctor: Person) -> None:
    case = make.submitted(doctor)
    answer = make.officer(desk.front).get(reverse("permits-case", args=[case.pk]))
    assert answer["Location"] == reverse("permits-desk-case", args=[case.pk])
