"""Pages for everybody: nothing of the person is told, and every permit gets a true answer."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city.cases import actions as cases
from city.documents.queries.files import content
from city.kernel.subjects import erase
from city.people.actions import tally
from city.people.models import Person, Tally
from city.permits import actions
from city.permits.actions import Grounds, look_ups
from city.permits.models import Permit, RefusedLetter
from city.permits.tests import make

pytestmark = pytest.mark.django_db
REASON = Grounds("Praktik tidak sesuai alamat yang diizinkan di kota ini.", "UU 17/2023 Pasal 264")


@pytest.fixture
def permit(doctor: Person, desk: make.Desk) -> Permit:
    return make.a_permit(doctor, desk, at=timezone.now())


def _answer(client: Client, permit: Permit) -> str:
    answer = client.get(reverse("permits-answer-on", args=[permit.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_tracking_tells_no_name(client: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    make.registered(case, desk)
    page = client.get(reverse("permits-track"), {"nomor": f" {str(case.receipt).lower()} "}).content.decode()
    assert "Diterima lengkap" in page
    assert "hari kerja" in page
    for secret in ("D'Souza", "D&#39;Souza", "Klinik Pratama", "3672", "Pejabat"):
        assert secret not in page


def test_an_unknown_number_is_told_kindly(client: Client) -> None:
    answer = client.get(reverse("permits-track"), {"nomor": "SPC-SIPD-2026-999999"})
    assert answer.status_code == 404
    assert "Tidak ada permohonan dengan nomor itu" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Isi nomor resi dulu"),
        ("   ", "Isi nomor resi dulu"),
        ("halo", "Ini bukan nomor resi"),
        ("<b>1</b>", "Ini bukan nomor resi"),
    ],
)
def test_nothing_and_nonsense_get_a_sentence_beside_the_field(client: Client, typed: str, said: str) -> None:
    answer = client.get(reverse("permits-track"), {"nomor": typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'aria-describedby="nomor-error"' in page
    assert "Tidak ada permohonan dengan nomor itu" not in page


def test_a_nul_gets_a_page_in_words(client: Client) -> None:
    answer = client.get(reverse("permits-track"), {"nomor": "SPC-\0SIPD"})
    assert answer.status_code == 400
    assert "Permintaan ini tidak bisa kami baca" in answer.content.decode()


def test_an_ended_file_offers_no_answering(client: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.submitted(doctor)
    asked = {"nomor": str(case.receipt)}
    assert "menjawab" in client.get(reverse("permits-track"), asked).content.decode()
    cases.withdraw(case_id=case.pk, by=make.herself(doctor), at=make.AT)
    page = client.get(reverse("permits-track"), asked).content.decode()
    assert "Ditarik" in page
    assert "menjawab" not in page


def test_whoever_goes_through_all_numbers_is_told_when_to_come_again(
    client: Client, hers: Client, doctor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_ups, "BY_NETWORK", tally.Limit("track-from", 3, timedelta(minutes=10)))
    asked = {"nomor": str(make.submitted(doctor).receipt)}
    for number in ("SPC-SIPD-2026-000001", "SPC-SIPD-2026-000002", asked["nomor"]):
        assert client.get(reverse("permits-track"), {"nomor": number}).status_code in (200, 404)
    refused = client.get(reverse("permits-track"), asked)
    assert refused.status_code == 429
    assert "Coba lagi mulai" in refused.content.decode()
    assert hers.get(reverse("permits-track"), asked).status_code == 200
    assert client.get(reverse("permits-track"), {"nomor": ""}).status_code == 422
    assert not Tally.objects.filter(key__contains="127.0.0.1").exists()


def test_a_draft_cannot_be_tracked(client: Client, doctor: Person) -> None:
    make.a_draft(doctor)
    assert client.get(reverse("permits-track"), {"nomor": "None"}).status_code == 422


def test_a_valid_permit_shows_holder_and_place_but_no_nik(client: Client, permit: Permit) -> None:
    page = _answer(client, permit)
    assert "Berlaku" in page
    assert "D&#39;Souza" in page
    assert "Klinik Pratama Jombang" in page
    assert "Sertifikat simulasi" in page
    for secret in ("3672", "•", "Denpasar", "1985", "Jalan Panjang"):
        assert secret not in page


@pytest.mark.parametrize("typed", ["{code}", "{low}", "{spoken}"])
def test_a_code_is_read_kindly(client: Client, permit: Permit, typed: str) -> None:
    code = permit.code
    text = typed.format(code=code, low=code.lower(), spoken=f"{code[:4]}-{code[4:8]} {code[8:]}")
    answer = client.get(reverse("permits-verify"), {"kode": text}, follow=True)
    assert "Berlaku" in answer.content.decode()


def test_a_number_is_read_too(client: Client, permit: Permit) -> None:
    answer = client.get(reverse("permits-verify"), {"kode": permit.number}, follow=True)
    assert answer.status_code == 200
    assert permit.number in answer.content.decode().replace("<wbr>", "")


def test_an_unknown_code_says_what_to_check(client: Client) -> None:
    answer = client.get(reverse("permits-answer-on", args=["7F3K9QXM2T4A"]))
    assert answer.status_code == 404
    assert "Periksa huruf O dan angka 0" in answer.content.decode()


def test_suspended_and_revoked_say_since_when_and_why(client: Client, permit: Permit, desk: make.Desk) -> None:
    at = timezone.now()
    actions.suspend(permit_id=permit.pk, grounds=REASON, by=desk.head, at=at)
    page = _answer(client, permit)
    assert "Dibekukan" in page
    assert "tidak boleh dipakai selama dibekukan" in page
    actions.revoke(permit_id=permit.pk, grounds=REASON, by=desk.head, at=at)
    page = _answer(client, permit)
    assert "Dicabut" in page
    assert "Praktik tidak sesuai alamat" in page
    assert "tidak boleh dipakai lagi" in page


def test_expired_does_not_wait_for_the_chore(client: Client, permit: Permit) -> None:
    long_ago = timezone.now().date() - timedelta(days=2)
    Permit.objects.filter(pk=permit.pk).update(valid_from=long_ago - timedelta(days=9), valid_until=long_ago)
    assert "Habis masa berlaku" in _answer(client, permit)


def test_a_refusal_is_genuine_and_no_permit(client: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.decided(doctor, desk, outcome="refuse")
    letter = RefusedLetter.objects.get(case=case)
    answer = client.get(reverse("permits-answer-on", args=[letter.code]))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Surat penolakan, bukan izin" in page
    assert "D&#39;Souza" not in page


def _sent(client: Client, pdf: bytes) -> str:
    sent = SimpleUploadedFile("surat.pdf", pdf, content_type="application/pdf")
    return client.post(reverse("permits-verify-file"), {"file": sent}).content.decode()


def test_a_refusals_own_file_is_genuine_too(client: Client, doctor: Person, desk: make.Desk) -> None:
    case = make.decided(doctor, desk, outcome="refuse")
    letter = RefusedLetter.objects.select_related("paper").get(case=case)
    assert letter.paper.file_id is not None
    pdf = content(letter.paper.file_id)
    page = _sent(client, pdf)
    assert "sama persis dengan yang kami terbitkan" in page
    assert "Surat penolakan, bukan izin" in page
    changed = _sent(client, pdf + b"\n")
    assert "isinya sudah berubah" in changed
    assert "Surat penolakan, bukan izin" not in changed.split("isinya sudah berubah")[0]
    told = client.get(reverse("permits-verify"), {"sha256": letter.paper.sha256}).json()
    assert "Surat penolakan, bukan izin" in client.get(told["url"]).content.decode()


def test_an_erased_holder_leaves_the_number_alone(client: Client, permit: Permit) -> None:
    erase(permit.holder_id, at=timezone.now())
    page = _answer(client, permit)
    assert permit.number in page.replace("<wbr>", "")
    assert "D&#39;Souza" not in page


def _bytes(permit: Permit) -> bytes:
    assert permit.paper.file_id is not None
    return content(permit.paper.file_id)


def test_a_hash_from_the_device_finds_the_permit(client: Client, permit: Permit) -> None:
    answer = client.get(reverse("permits-verify"), {"sha256": permit.paper.sha256.upper()})
    assert answer.json()["url"].startswith(reverse("permits-answer-on", args=[permit.code]))
    page = client.get(answer.json()["url"]).content.decode()
    assert "sama persis dengan yang kami terbitkan" in page
    assert client.get(reverse("permits-verify"), {"sha256": "0" * 64}).status_code == 404
    assert client.get(reverse("permits-verify"), {"sha256": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda pdf: pdf, "sama persis dengan yang kami terbitkan"),
        (lambda pdf: pdf + b"\n", "isinya sudah berubah"),
        (lambda pdf: b"%PDF-1.7 nothing of ours", "bukan izin yang kami terbitkan"),
    ],
)
def test_a_pdf_is_looked_at_and_dropped(client: Client, permit: Permit, change: object, words: str) -> None:
    sent = SimpleUploadedFile("izin.pdf", change(_bytes(permit)), content_type="application/pdf")  # type: ignore[operator]
    answer = client.post(reverse("permits-verify-file"), {"file": sent})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert "kami buang" in page


def test_no_file_and_an_empty_one_get_a_sentence(client: Client, db: None) -> None:
    nothing = client.post(reverse("permits-verify-file"))
    assert nothing.status_code == 422
    assert "Pilih berkas PDF dulu" in nothing.content.decode()
    empty = client.post(reverse("permits-verify-file"), {"file": SimpleUploadedFile("a.pdf", b"")})
    assert "kosong" in empty.content.decode()
