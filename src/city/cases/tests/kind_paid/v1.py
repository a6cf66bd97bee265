"""Checks and factors of the test kind with a fee."""

from collections.abc import Mapping
from datetime import date

from city.cases.rules.answers import Fault


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    return []


def fee_for(answers: Mapping[str, str]) -> int:
    return 0


def factors_in(answers: Mapping[str, str], day: date) -> dict[str, str]:
    return {"area": answers.get("area", ""), "days": answers.get("days", ""), "place": "main_road"}
