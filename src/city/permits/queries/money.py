"""What a case owes, as officers and applicant see it: the fee as it would be assessed, its bill, the hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from city.billing.declare import FORMULAS, BadFactors, NoRate
from city.billing.models import Bill
from city.cases.declare import KindSpec
from city.cases.models import Case, Inspection
from city.cases.queries import Owed, case_bill, fee_of, inspections_of
from city.kernel.queries import history_of
from city.ui.environment import language
from city.ui.rules.formats import number


@dataclass(frozen=True)
class Factor:
    """One line of a calculation: what, its value, its article; `undecreed` where no regulation has set it."""

    what: str
    value: str
    article: str
    undecreed: bool


@dataclass(frozen=True)
class FeeShown:
    """The fee as it would be assessed now, or why it cannot be."""

    amount: int
    sum: str
    lines: list[Factor]
    decreed: bool
    fault: str = ""


@dataclass(frozen=True)
class HandedOver:
    """Where the case went: the other system, its receipt, and whether that system was only played."""

    system: str
    receipt: str
    recommended: bool
    simulated: bool
    at: datetime


def fee_shown(case: Case, at: datetime) -> FeeShown | None:
    """For whoever assesses; None for a kind without a fee."""
    try:
        owed = fee_of(case, at)
    except BadFactors:
        return FeeShown(
            0, "", [], True, _("Isian atau hasil ukur belum bisa dihitung. Periksa luas, hari, dan letaknya.")
        )
    except NoRate:
        return FeeShown(0, "", [], True, _("Tarif untuk hari ini belum ada, jadi belum bisa ditetapkan."))
    return _shown(owed) if owed else None


def _shown(owed: Owed) -> FeeShown:
    words: Mapping[str, Any] = FORMULAS[owed.formula].words
    lines = [
        Factor(
            what=str(words.get(line.choice, "") or words.get(line.code, line.code)),
            value=f"{number(line.value, language())} {line.unit}".strip(),
            article=line.article,
            undecreed=not line.decreed,
        )
        for line in owed.lines
    ]
    return FeeShown(owed.amount, owed.sum, lines, owed.decreed)


@dataclass(frozen=True)
class Money:
    """What stands beside a case: its bill, its inspections, its hand-over; each None or empty where there is none."""

    bill: Bill | None
    visits: list[Inspection]
    handed_over: HandedOver | None
    issuer: str

    def __bool__(self) -> bool:
        return bool(self.bill or self.visits or self.handed_over)


def money_of(case: Case, spec: KindSpec) -> Money:
    return Money(
        bill=case_bill(case.pk) if spec.fee else None,
        visits=inspections_of(case.pk) if spec.inspection else [],
        handed_over=handed_over_of(case.pk) if case.state == "handed_over" else None,
        issuer=spec.issuing_system(),
    )


def handed_over_of(case_id: UUID) -> HandedOver | None:
    told = history_of("case", case_id).filter(name="CaseHandedOver").last()
    if told is None:
        return None
    return HandedOver(
        told.data["system"], told.data["receipt"], told.data["recommended"], told.data["simulated"], told.at
    )
