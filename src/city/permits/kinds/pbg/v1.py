"""Checks and factors of the PBG review, first version; kept as long as a case uses it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from city.cases.declare import Fault

MOST_AREA, MOST_FLOORS = 1_000_000, 10
LARGE_AREA, LARGE_FLOORS = 100, 2  # from which a dwelling has the index of a large one (PP 16/2021, appendix)
SMALL, LARGE = "house_small", "house_large"
FACTORS = ("area", "floors", "function", "complexity", "permanence", "owner", "work")
_SIMBG = re.compile(r"PBG-\d{6}-\d{8}-\d{2}")


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    """What this kind finds wrong on `day`, beyond what every answer must be."""
    number = answers.get("simbg_number", "")
    faults = [Fault("simbg_number", "simbg_number")] if number and not _SIMBG.fullmatch(number) else []
    faults += [*_within("area", answers, MOST_AREA), *_within("floors", answers, MOST_FLOORS)]
    return faults or [*_function(answers)]


def _function(answers: Mapping[str, str]) -> Iterator[Fault]:
    chosen, right = answers.get("function", ""), _house(answers)
    if chosen in (SMALL, LARGE) and right and chosen != right:
        yield Fault("function", right)


def _house(answers: Mapping[str, str]) -> str:
    """Which of the two dwellings this is by its measures; empty while they are not numbers."""
    try:
        area, floors = (float(answers.get(name, "").replace(",", ".")) for name in ("area", "floors"))
    except ValueError:
        return ""
    return LARGE if area >= LARGE_AREA or floors >= LARGE_FLOORS else SMALL


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


def factors_in(answers: Mapping[str, str], day: date) -> dict[str, str]:
    """As answered; a dwelling that was measured larger or smaller than answered has the index of its measures."""
    factors = {name: answers.get(name, "") for name in FACTORS}
    if factors["function"] in (SMALL, LARGE):
        factors["function"] = _house(answers) or factors["function"]
    return factors


def term_for(answers: Mapping[str, str], day: date) -> None:
    """Nothing is issued here, so nothing runs out."""
    return
