"""What people type, and what the city makes of it."""

from datetime import date

import pytest

from city.people import rules

RIGHT = "3672990101900001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (RIGHT, None),
        ("3672 9901 0190 0001", None),
        ("3672.9901.0190.0001", None),
        ("\uff13\uff16\uff17\uff12990101900001", None),  # a keyboard that writes wide digits
        ("3672994101900001", None),  # a woman born on the 1st
        ("3672992902000001", None),  # 29 February 2000
        ("", "nik.missing"),
        ("367299010190000", "nik.length"),
        ("36729901019000011", "nik.length"),
        ("36729901019O0001", "nik.letters"),
        ("0072990101900001", "nik.shape"),
        ("3672990101900000", "nik.shape"),
        ("3672993201900001", "nik.birth"),
        ("3672990013900001", "nik.birth"),
        ("3672993002000001", "nik.birth"),  # 30 February
        ("3672998001900001", "nik.birth"),  # day 80 - 40 = 40
    ],
)
def test_nik(typed: str, code: str | None) -> None:
    assert [fault.code for fault in rules.errors_in_nik(typed)] == ([code] if code else [])


def test_a_short_nik_is_counted() -> None:
    (fault,) = rules.errors_in_nik("367299010190000")
    assert fault.text % fault.facts == "NIK harus 16 angka. Anda mengetik 15."


def test_the_birth_date_must_be_that_of_the_nik() -> None:
    assert rules.errors_in_nik(RIGHT, born=date(1990, 1, 1)) == []
    assert rules.errors_in_nik("3672994101900001", born=date(1990, 1, 1)) == []
    assert [f.code for f in rules.errors_in_nik(RIGHT, born=date(1990, 1, 2))] == ["nik.other_birth"]


@pytest.mark.parametrize(
    "name", ["dr. Ni Luh Ayu D'Souza", "Sofyan", "Hj. Nurlaela, S.H., M.Si.", "Anne-Marie", "Müller", "I Gusti"]
)
def test_names_are_names(name: str) -> None:
    assert rules.errors_in_name(name) == []
    assert rules.name_of(name) == name


def test_a_name_is_tidied_and_nothing_more() -> None:
    assert rules.name_of("  dr. Ni  Luh Ayu D’Souza ") == "dr. Ni Luh Ayu D'Souza"


@pytest.mark.parametrize("name", ["", " ", "12345", "Sri <b>", "...", "a" * 161])
def test_what_is_no_name(name: str) -> None:
    assert len(rules.errors_in_name(name)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "+62 812 3456 7890",
        "6281234567890",
        "(0812) 3456-7890",
        "81234567890",
        "0062 812 3456 7890",
    ],
)
def test_phones_in_every_spelling(typed: str) -> None:
    assert rules.normal_phone(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "112", "0812", "raka@contoh.id", "telepon", "0812345678901234567"])
def test_what_is_no_phone(typed: str) -> None:
    assert rules.normal_phone(typed) == ""


def test_masks_show_enough_to_recognise_and_no_more() -> None:
    assert rules.masked(RIGHT) == "3672••••••••0001"
    assert rules.masked_contact("raka@contoh.id") == "r•••@contoh.id"
    assert rules.masked_contact("+6281234567890") == "0812-••••7890"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36",
         ("Chrome", "Android")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
         ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0", ("Firefox", "Windows")),
        ("curl/8", ("", "")),
    ],
)  # fmt: skip
def test_devices_by_the_names_people_know(agent: str, device: tuple[str, str]) -> None:
    assert rules.device_of(agent) == device
