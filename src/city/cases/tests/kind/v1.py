"""Checks and fee of the test kind."""

from collections.abc import Mapping
from datetime import date

from city.cases.rules.answers import Fault, as_day


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    until = as_day(answers.get("valid_until", ""))
    return [Fault("valid_until", "expired", {"day": until})] if until is not None and until <= day else []


def fee_for(answers: Mapping[str, str]) -> int:
    return 0
