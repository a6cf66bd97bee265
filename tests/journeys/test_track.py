"""Anybody follows a file by its receipt number, without an account, and learns nothing of the person."""

import re

import pytest

from city.operate.demo.cast import id_of

from .conftest import Opener
from .days import a_case
from .live import LiveCity
from .people import EVERYBODY
from .window import DESKTOP, PHONE, Window

WHEREABOUTS = {
    "raka-citangkil": "Menunggu perbaikan dari pemohon",
    "ayu-ciwandan": "Kajian teknis",
    "siti-survey": "Menunggu tanda tangan",
    "siti-refused": "Ditolak",
    "raka-jombang": "Terbit",
}


def _receipt(city: LiveCity, story: str) -> str:
    return str(city.one("SELECT receipt FROM cases_case WHERE id = %s", [id_of(f"case:{story}")]))


def _names_nobody(window: Window) -> None:
    """Nothing of an applicant: neither name nor NIK nor address, not even in what is not shown."""
    source = window.page.content()
    for one in EVERYBODY.values():
        assert one.name not in source, one.name
        assert one.nik not in source
        assert one.post or one.address not in source
    assert not re.search(r"\b3672\d{4}", source)


@pytest.mark.parametrize("story", sorted(WHEREABOUTS))
def test_a_receipt_number_says_where_the_file_is(city: LiveCity, phone: Window, story: str) -> None:
    receipt = _receipt(city, story)
    phone.go("/sipeci/").follow("Lacak permohonan").headed("Lacak permohonan")
    phone.fill(nomor=receipt.lower()).press("Lacak")
    phone.says(receipt, WHEREABOUTS[story], "Siapa memegang berkas, berapa lama").look(f"lacak {story}")
    _names_nobody(phone)
    assert city.rows("SELECT id FROM kernel_eventrecord WHERE name = 'PersonDataSeen' AND actor = ''") == []


def test_days_left_are_told_and_the_way_in_keeps_the_file_private(city: LiveCity, device: Opener) -> None:
    case_id = a_case(city, "journey-track", "ayu", "review", began=1)
    receipt = city.one("SELECT receipt FROM cases_case WHERE id = %s", [case_id])
    for size, language, words in ((PHONE, "id", "4 dari 5 hari kerja"), (DESKTOP, "en", "4 of 5 working days")):
        window = device(size, language=language)
        window.go(f"/sipeci/track?nomor={receipt}").says(words).look(f"lacak {language}")
        _names_nobody(window)
        window.page.goto(f"/sipeci/applications/{case_id}")
        assert window.path.startswith("/masuk")


WRONG = {
    "unused": "SPC-SIPD-2026-999999",
    "long": "9" * 300,
}
NO_NUMBER = {
    "words": "halo",
    "half": "SPC SIPD",
    "sql": "' OR 1=1 --",
    "html": "<script>alert(1)</script>",
}


@pytest.mark.parametrize("typed", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_number_says_what_to_compare(phone: Window, typed: str) -> None:
    phone.go("/sipeci/track").fill(nomor=typed).press("Lacak")
    phone.says("Tidak ada permohonan dengan nomor itu", "Cocokkan lagi dengan resi Anda")
    assert phone.page.locator("[name=nomor]").input_value() == typed[:60]
    phone.look("nomor salah")


@pytest.mark.parametrize("typed", NO_NUMBER.values(), ids=NO_NUMBER.keys())
def test_what_is_no_number_says_how_one_looks(phone: Window, typed: str) -> None:
    phone.go("/sipeci/track").fill(nomor=typed).press("Lacak")
    phone.says("Ini bukan nomor resi.", "misalnya SPC-SIPD-2026-000123")
    assert phone.page.locator("[name=nomor]").input_value() == typed
    phone.look("bukan nomor")


def test_an_empty_number_asks_again(phone: Window) -> None:
    phone.go("/sipeci/track").press("Lacak")
    phone.headed("Lacak permohonan").says("Isi nomor resi dulu.").look("kosong")
