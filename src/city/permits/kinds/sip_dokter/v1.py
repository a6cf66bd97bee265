"""Checks and fee of SIP Dokter, first version; kept as long as a case uses it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from city.cases.declare import Fault, as_day
from city.permits.rules.term import in_years

_SHORTEST_STR = 8
_YEARS = 5
_ADULT = 21  # nobody finishes medical school younger: a birth date later than that is a slip of the finger


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    """What this kind finds wrong on `day`, beyond what every answer must be."""
    return [*_registration(answers, day), *_birth(answers, day)]


def _registration(answers: Mapping[str, str], day: date) -> Iterator[Fault]:
    signs = sum(letter.isalnum() for letter in answers.get("str_number", ""))
    if 0 < signs < _SHORTEST_STR:
        yield Fault("str_number", "str_short", {"typed": signs, "least": _SHORTEST_STR})
    until = as_day(answers.get("str_until", ""))
    if answers.get("str_kind") == "dated" and until is not None and until <= day:
        yield Fault("str_until", "str_expired", {"day": until})


def _birth(answers: Mapping[str, str], day: date) -> Iterator[Fault]:
    born = as_day(answers.get("birth_date", ""))
    if born is not None and (born.year + _ADULT, born.month, born.day) > (day.year, day.month, day.day):
        yield Fault("birth_date", "too_young")


def fee_for(answers: Mapping[str, str]) -> int:
    """Rupiah. Practice permits carry no charge (UU 1/2022)."""
    return 0


def term_for(answers: Mapping[str, str], day: date) -> date:
    """The last day of a permit that starts on `day`: five years (UU 17/2023 art. 264(3)), never past a dated STR."""
    until = in_years(day, _YEARS) - timedelta(days=1)
    registered = as_day(answers.get("str_until", "")) if answers.get("str_kind") == "dated" else None
    return min(until, registered) if registered and registered >= day else until
