"""Pemakaian kekayaan daerah: land of the city, used by the day. Area × days × tariff of its place."""

from decimal import Decimal

from city.billing.rules.fees import (
    BadFactors,
    Bounds,
    FactorFault,
    Factors,
    Fee,
    Line,
    Rates,
    chosen,
    line_of,
    measured,
    plain,
    taken,
    whole_rupiah,
)

PLACES = ("main_road", "other_road", "inside")
AREA = Bounds(Decimal("0.5"), Decimal(100_000), 2)
DAYS = Bounds(Decimal(1), Decimal(1_826))


def fee(factors: Factors, rates: Rates) -> Fee:
    """`area` in m², `days`, `place`; raises BadFactors with every fault, NoRate where the day has no tariff."""
    faults: list[FactorFault] = []
    area = measured(factors, "area", AREA, faults)
    days = measured(factors, "days", DAYS, faults)
    place = chosen(factors, "place", PLACES, faults)
    if faults:
        raise BadFactors(faults)
    choice = f"asset.land.{place}"
    rate = taken(rates, choice)
    exact = area * days * rate.value
    lines = (Line("area", area, "m²"), Line("days", days, "hari"), line_of("tariff", rate, choice))
    return Fee(whole_rupiah(exact), exact, lines, f"{plain(area)} × {plain(days)} × {plain(rate.value)}")
