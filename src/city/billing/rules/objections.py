"""Until when a bill can be objected to, until when the office must answer, and what its silence means."""

from dataclasses import dataclass
from datetime import date

from city.billing.rules.months import add_months


@dataclass(frozen=True)
class Window:
    """Dated settings, in months."""

    to_file: int
    to_decide: int


def last_day_to_file(issued_on: date, window: Window) -> date:
    return add_months(issued_on, window.to_file)


def last_day_to_decide(filed_on: date, window: Window) -> date:
    """After this day silence grants what was asked."""
    return add_months(filed_on, window.to_decide)
