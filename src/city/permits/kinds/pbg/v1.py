"""Checks and factors of the PBG review, first version; kept as long as a case uses it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from city.cases.declare import Fault

MOST_AREA, MOST_FLOORS = 1_000_000, 10
FACTORS = ("area", "floors", "function", "complexity", "permanence", "owner", "work")
_SIMBG = re.compile(r"PBG-\d{6}-\d{8}-\d{2}")


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    """What this kind finds wrong on `day`, beyond what every answer must be."""
    number = answers.get("simbg_number", "")
    faults = [Fault("simbg_number", "simbg_number")] if number and not _SIMBG.fullmatch(number) else []
    return [*faults, *_within("area", answers, MOST_AREA), *_within("floors", answers, MOST_FLOORS)]


def _within(field: str, answers: Mapping[str, str], most: int) -> Iterator[Fault]:
    try:
        value = float(answers.get(field, "").replace(",", "."))
    except ValueError:
        return
    if not 1 <= value <= most or (field == "floors" and value != int(value)):
        yield Fault(field, f"{field}_out", {"most": f"{most:,}".replace(",", ".")})


def fee_for(answers: Mapping[str, str]) -> int:
    """The review is free; the retribution is worked out by its formula from `factors_in`."""
    return 0


def factors_in(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: answers.get(name, "") for name in FACTORS}


def term_for(answers: Mapping[str, str], day: date) -> None:
    """Nothing is issued here, so nothing runs out."""
    return
