"""Rates and settings as they stand on a day, and a fee worked out with them."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from city.billing.declare import FORMULAS, Formula
from city.billing.models import Tariff
from city.billing.rules.fees import Factors, Fee, NoRate, Rate, Rates
from city.billing.rules.interest import Terms
from city.billing.rules.objections import Window
from city.kernel.errors import Refusal


def rates_on(day: date) -> Rates:
    """Every rate in force on a day, by code: of each the newest row that has begun."""
    rows = Tariff.objects.filter(from_day__lte=day).order_by("code", "-from_day").distinct("code")
    return {
        row.code: Rate(row.code, row.value.normalize(), row.unit, row.article, row.source, row.decreed) for row in rows
    }


def rate_on(code: str, day: date) -> Tariff:
    """Raises NoRate where none has begun."""
    found = Tariff.objects.filter(code=code, from_day__lte=day).order_by("-from_day").first()
    if found is None:
        raise NoRate(code)
    return found


def formula_called(code: str) -> Formula:
    """Refuses (404) a code no formula has."""
    formula = FORMULAS.get(code)
    if formula is None:
        raise Refusal("fee.unknown", _("Tidak ada tarif dengan nama itu. Pilih dari daftar tarif."), status=404)
    return formula


def worked_out(code: str, factors: Factors, day: date) -> Fee:
    """The fee with that day's rates. Raises BadFactors, NoRate, Refusal 404."""
    return formula_called(code).work_out(factors, rates_on(day))


def interest_terms(day: date) -> Terms:
    return Terms(Decimal(rate_on("interest.rate", day).value), int(rate_on("interest.months", day).value))


def objection_window(day: date) -> Window:
    return Window(int(rate_on("objection.file_months", day).value), int(rate_on("objection.decide_months", day).value))


def most_instalments(day: date) -> int:
    return int(rate_on("instalments.most", day).value)
