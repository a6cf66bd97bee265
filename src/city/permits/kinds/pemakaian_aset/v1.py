"""Checks, factors and term of the use of city land, first version; kept as long as a case uses it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from city.cases.declare import Fault, as_day
from city.permits.rules.term import in_years

EARLIEST = 14  # days between the application and the first day of use: reviews, visit and payment lie in between
LONGEST_YEARS = 1
MOST_AREA = 100_000


def errors_in(answers: Mapping[str, str], day: date) -> list[Fault]:
    """What this kind finds wrong on `day`, beyond what every answer must be."""
    period = _period(as_day(answers.get("starts_on", "")), as_day(answers.get("ends_on", "")), day)
    return [*_area(answers.get("area", "")), *period]


def _area(text: str) -> Iterator[Fault]:
    try:
        area = float(text.replace(",", "."))
    except ValueError:
        return
    if not 0.5 <= area <= MOST_AREA:
        yield Fault("area", "area_out", {"most": f"{MOST_AREA:,}".replace(",", ".")})


def _period(starts: date | None, ends: date | None, day: date) -> Iterator[Fault]:
    if starts is None or ends is None:
        return
    if ends < starts:
        yield Fault("ends_on", "ends_first")
    elif starts < day + timedelta(days=EARLIEST):
        yield Fault("starts_on", "too_soon", {"days": EARLIEST, "earliest": day + timedelta(days=EARLIEST)})
    elif ends >= in_years(starts, LONGEST_YEARS):
        yield Fault("ends_on", "too_long")


def fee_for(answers: Mapping[str, str]) -> int:
    """The permit itself is free; the retribution is worked out by its formula from `factors_in`."""
    return 0


def factors_in(answers: Mapping[str, str], day: date) -> dict[str, str]:
    """Area in m², days from the first to the last, the place that sets the tariff. Days that have passed without a
    permit when the fee is worked out are not counted."""
    starts, ends = as_day(answers.get("starts_on", "")), as_day(answers.get("ends_on", ""))
    asked = starts and ends and starts <= ends
    days = (term_for(answers, day) - first_for(answers, day)).days + 1 if asked else 0
    return {"area": answers.get("area", ""), "days": str(days or ""), "place": answers.get("place", "")}


def first_for(answers: Mapping[str, str], day: date) -> date:
    """The first day of use; a decision that came later starts with its own day."""
    starts = as_day(answers.get("starts_on", ""))
    return max(starts, day) if starts else day


def term_for(answers: Mapping[str, str], day: date) -> date:
    """The last day of use; never before the permit's own first day."""
    ends = as_day(answers.get("ends_on", ""))
    return max(ends, day) if ends else day
