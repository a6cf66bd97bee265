"""When what is due on a bill, and the interest that its unpaid months have earned."""

from dataclasses import dataclass
from datetime import date

from city.billing.models import Applied, Bill, Instalment, InstalmentPlan
from city.billing.queries.rates import interest_terms
from city.billing.rules.interest import Paid, Part, interest_due


def parts_of(row: Bill, principal: int | None = None) -> list[Part]:
    """The principal in its parts. A correction takes from the last parts first."""
    principal = row.principal if principal is None else principal
    plan = InstalmentPlan.objects.filter(bill_id=row.pk, state=InstalmentPlan.State.AGREED).first()
    if plan is None:
        return [Part(row.due_on, principal)]
    rows = list(Instalment.objects.filter(plan=plan).order_by("position"))
    parts = [Part(rows[0].due_on, plan.already), *(Part(one.due_on, one.amount) for one in rows)]
    cut, left = [], principal
    for part in parts:
        amount = min(part.amount, left)
        left -= amount
        if amount:
            cut.append(Part(part.due_on, amount))
    return cut


def paid_of(row: Bill) -> list[Paid]:
    """What went on the bill, by the day from which it counts."""
    return [Paid(day, amount) for day, amount in Applied.objects.filter(bill=row).values_list("value_on", "amount")]


def interest_on(row: Bill, until: date, *, more: tuple[Paid, ...] = (), principal: int | None = None) -> int:
    """The interest a bill has earned by a day, with payments that are only now told (`more`)."""
    return interest_due(parts_of(row, principal), [*paid_of(row), *more], interest_terms(row.issued_on), until)


@dataclass(frozen=True)
class Due:
    """What is due next: rupiah with the interest so far, by a day; `place` counts its part from 1, 0 is the whole."""

    amount: int
    day: date
    place: int = 0


def next_due(row: Bill) -> Due:
    """The first part that is not covered yet. Without agreed parts, or on the last of them: all that is open."""
    parts, left = parts_of(row), row.paid
    had_paid = len(parts) > 1 and parts[0].due_on == parts[1].due_on  # before the plan: it is no part of it
    for place, part in enumerate(parts, 0 if had_paid else 1):
        if left < part.amount:
            amount = min(row.outstanding, part.amount - left + row.interest)
            return Due(amount, part.due_on, place if amount < row.outstanding else 0)
        left -= part.amount
    return Due(row.outstanding, parts[-1].due_on if parts else row.due_on)
