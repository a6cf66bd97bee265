"""What one SMS holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city.notices.rules import ONE_SMS, as_one_sms, fits_one_sms, sms_places


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("Izin terbit", 11), ("€", 2), ("[a]", 5), ("D'Souza", 7), ("“Izin”", None), ("izin – terbit", None)],
)
def test_places_a_text_takes(text: str, places: int | None) -> None:
    assert sms_places(text) == places


def test_exactly_160_fits_and_161_does_not() -> None:
    assert fits_one_sms("a" * ONE_SMS)
    assert not fits_one_sms("a" * (ONE_SMS + 1))


def test_typographic_marks_become_plain() -> None:
    assert as_one_sms("Berkas “KTP” – D’Souza…") == 'Berkas "KTP" - D\'Souza...'


def test_a_long_text_is_cut_where_one_sms_ends() -> None:
    cut = as_one_sms("b" * 400)
    assert len(cut) == ONE_SMS
    assert cut.endswith("...")


@given(st.text(max_size=400))
def test_whatever_comes_leaves_as_one_sms(text: str) -> None:
    assert fits_one_sms(as_one_sms(text))
