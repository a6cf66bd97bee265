"""Words that find services, and days off said as one absence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city.portal.rules import asked_for, runs_of, score, terms_of

DOCTOR = ("SIP Dokter Doctor's practice permit", "sip dokter praktik praktek gigi", "Izin bagi dokter dan dokter gigi")


@pytest.mark.parametrize(
    "query",
    ["dokter", "SIP DOKTER", "mau urus sip dokter", "dok", "doktr", "dokterr", "praktek gigi", "DOCTOR", "dotker"],
)
def test_people_find_the_doctors_permit_however_they_ask(query: str) -> None:
    assert score(query, *DOCTOR) > 0


@pytest.mark.parametrize("query", ["bidan", "dokter hewan", "", "  ", "%", "kdotre", "'; drop table"])
def test_what_is_not_it_is_not_found(query: str) -> None:
    assert score(query, *DOCTOR) == 0


def test_a_name_weighs_more_than_a_mention() -> None:
    assert score("dokter", *DOCTOR) > score("dokter", "Izin klinik", "tempat praktik dokter")


def test_empty_words_count_when_there_are_no_others() -> None:
    assert asked_for("mau buat izin") == ["izin"]
    assert asked_for("daftar") == ["daftar"]


@given(st.text(max_size=200))
def test_any_text_can_be_asked(query: str) -> None:
    assert score(query, *DOCTOR) >= 0
    assert all(term.isalnum() for term in terms_of(query))


def test_days_off_with_only_a_weekend_between_are_one_absence() -> None:
    thursday, friday, monday, wednesday = date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28), date(2026, 12, 30)
    assert runs_of([friday, thursday, monday, wednesday]) == [[thursday, friday, monday], [wednesday]]
    assert runs_of([]) == []
