"""Checks and fee of the research letter, first version; kept as long as a case uses it."""

from collections.abc import Iterator, Mapping
from datetime import date

from city.cases.declare import Fault, as_day
from city.permits.rules.term import in_years


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    """What this kind finds wrong on `day`, beyond what every answer must be."""
    return list(_period(as_day(answers.get("starts_on", "")), as_day(answers.get("ends_on", "")), day))


def _period(starts: date | None, ends: date | None, day: date) -> Iterator[Fault]:
    if starts is None or ends is None:
        return
    if ends < starts:
        yield Fault("ends_on", "ends_first")
    elif ends < day:
        yield Fault("ends_on", "past")
    elif ends >= in_years(max(starts, day), 1):
        yield Fault("ends_on", "too_long")


def fee_for(answers: Mapping[str, str]) -> int:
    """Rupiah. The letter is free."""
    return 0


def term_for(answers: Mapping[str, str], day: date) -> date:
    """The last day of the research; never before the letter's own first day."""
    ends = as_day(answers.get("ends_on", ""))
    return max(ends, day) if ends else in_years(day, 1)
