"""What a case owes, and whether it was paid. The bill is billing's; only a settled one counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from city.billing.models import Bill
from city.billing.queries import bill_of, worked_out
from city.cases.declare import FeePlan, KindSpec
from city.cases.models import Case
from city.cases.queries.filled import answers_in
from city.cases.queries.inspections import measured_in
from city.cases.queries.kinds import rules_of, spec_of
from city.cases.rules.clock import day_of
from city.kernel.queries import history_of

SUBJECT = "cases.case"


def case_bill(case_id: UUID) -> Bill | None:
    """The bill of a case: the one that counts, else the last that was cancelled."""
    return bill_of(SUBJECT, case_id)


def is_fee_settled(case_id: UUID) -> bool:
    """True once its bill is settled, or when nothing was owed."""
    bill = case_bill(case_id)
    if bill is not None:
        return bill.state == Bill.State.SETTLED or is_waived(bill)
    return any(one.data["amount"] == 0 for one in history_of("case", case_id).filter(name="CaseAssessed"))


def is_waived(bill: Bill) -> bool:
    """Cancelled because an objection was granted whole: nothing is owed. Any other cancelled bill wants a new one."""
    return (
        bill.state == Bill.State.CANCELLED and bill.objections.filter(new_amount=0, decided_at__isnull=False).exists()
    )


def factors_of(case: Case, spec: KindSpec, day: date) -> dict[str, str]:
    """What the kind's formula is told: the answers, and in their place what was measured at the place."""
    answers = {**answers_in(case), **measured_in(case.pk)}
    return {name: str(value) for name, value in rules_of(spec).factors_in(answers, day).items()}


@dataclass(frozen=True)
class Owed:
    """A fee worked out: `amount` in whole rupiah, each factor with its article, the sum as a schoolbook writes it."""

    formula: str
    amount: int
    lines: tuple[Any, ...]
    sum: str
    decreed: bool


def fee_of(case: Case, at: datetime) -> Owed | None:
    """The fee as it would be assessed now; None for a kind without one. Raises BadFactors, NoRate."""
    spec = spec_of(case.kind_version_id)
    return _owed(spec.fee.formula, factors_of(case, spec, day_of(at)), day_of(at)) if spec.fee else None


def estimate(spec: KindSpec, plan: FeePlan, answers: Mapping[str, str], day: date) -> Owed:
    """The fee of these answers, before anything is measured. Raises BadFactors, NoRate."""
    factors = {name: str(value) for name, value in rules_of(spec).factors_in(answers, day).items()}
    return _owed(plan.formula, factors, day)


def _owed(formula: str, factors: Mapping[str, str], day: date) -> Owed:
    fee = worked_out(formula, factors, day)
    return Owed(formula, fee.amount, tuple(fee.lines), fee.sum, fee.decreed)
