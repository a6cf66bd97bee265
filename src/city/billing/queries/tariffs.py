"""What-if and recomputation: the same function that assesses, open to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from city.billing.declare import FORMULAS, ROUNDING, Formula, sentence_of
from city.billing.queries.bills import explained
from city.billing.queries.rates import formula_called, worked_out
from city.billing.rules.fees import BadFactors, Fee, NoRate, plain
from city.kernel.money import terbilang


@dataclass(frozen=True)
class Calculation:
    """A fee worked out from what somebody told, or the sentence for each factor to mend. Nothing told: neither."""

    code: str
    formula: Formula
    day: date
    told: Mapping[str, str]
    fee: Fee | None = None
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [explained(line, self.formula.words) for line in self.fee.lines] if self.fee else []

    @property
    def words(self) -> str:
        return f"{terbilang(self.fee.amount)} rupiah" if self.fee else ""

    def as_json(self) -> dict[str, Any]:
        """For machines: the sum in whole rupiah, each factor with its article, or what is wrong."""
        told: dict[str, Any] = {"formula": self.code, "on": self.day.isoformat(), "factors": dict(self.told)}
        if self.fee is None:
            return {**told, "errors": self.errors, "trouble": self.trouble}
        lines = [
            {**line, "what": str(line["what"]), "choice": str(line["choice"]), "value": plain(line["value"])}
            for line in self.lines
        ]
        return {
            **told,
            "amount": self.fee.amount,
            "exact": plain(self.fee.exact),
            "rounding": str(ROUNDING),
            "calculation": self.fee.sum,
            "decreed": self.fee.decreed,
            "lines": lines,
        }


def formulas() -> list[tuple[str, Formula]]:
    return FORMULAS.items()


def calculation(code: str, told: Mapping[str, str], day: date) -> Calculation:
    """Refuses (404) a code no formula has; everything else is answered."""
    formula = formula_called(code)
    known = {factor.name: told.get(factor.name, "")[:40] for factor in formula.factors}
    if not any(known.values()):
        return Calculation(code, formula, day, known)
    try:
        return Calculation(code, formula, day, known, worked_out(code, known, day))
    except BadFactors as bad:
        labels = {factor.name: factor.label for factor in formula.factors}
        errors = {fault.factor: sentence_of(fault, labels[fault.factor]) for fault in bad.faults}
        return Calculation(code, formula, day, known, errors=errors)
    except NoRate:
        said = _("Tidak ada tarif yang berlaku pada hari itu. Pilih hari lain.")
        return Calculation(code, formula, day, known, trouble=said)
