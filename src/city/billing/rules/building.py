"""Retribusi PBG (PP 16/2021): LLt × (Ilo × SHST) × It × Ibg, with It = If × Σ(bp × Ip) × Fm."""

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

FUNCTIONS = (
    "house_small",
    "house_large",
    "business",
    "business_small",
    "social",
    "mixed_small",
    "mixed_large",
    "worship",
)
COMPLEXITY = ("simple", "complex")
PERMANENCE = ("temporary", "permanent")
OWNER = ("private", "state")
WORK = ("new", "renovation_medium", "renovation_heavy")
MOST_FLOORS = 10
AREA = Bounds(Decimal(1), Decimal(1_000_000), 2)
FLOORS = Bounds(Decimal(1), Decimal(MOST_FLOORS))
# Parameter of It: (its weight bp, the rate of the index Ip).
_WEIGHED = ("complexity", "permanence", "height")


def fee(factors: Factors, rates: Rates) -> Fee:
    """`area` LLt in m², `function`, `complexity`, `permanence`, `floors`, `owner`, `work`.

    Raises BadFactors with every fault, NoRate where the day lacks an index.
    """
    faults: list[FactorFault] = []
    area = measured(factors, "area", AREA, faults)
    floors = measured(factors, "floors", FLOORS, faults)
    picked = {
        name: chosen(factors, name, choices, faults)
        for name, choices in (
            ("function", FUNCTIONS),
            ("complexity", COMPLEXITY),
            ("permanence", PERMANENCE),
            ("owner", OWNER),
            ("work", WORK),
        )
    }
    if faults:
        raise BadFactors(faults)
    return _worked_out(area, {**picked, "height": plain(floors)}, rates)


def _worked_out(area: Decimal, picked: dict[str, str], rates: Rates) -> Fee:
    def index(name: str) -> Line:
        code = f"pbg.{name}.{picked[name]}"
        return line_of(name, taken(rates, code), code)

    price, locality = line_of("shst", taken(rates, "pbg.shst")), line_of("ilo", taken(rates, "pbg.ilo"))
    function, owner, work = index("function"), index("owner"), index("work")
    weighed = [(line_of(f"bp_{name}", taken(rates, f"pbg.bp.{name}")), index(name)) for name in _WEIGHED]
    parameters = sum((weight.value * ip.value for weight, ip in weighed), Decimal(0))
    together = function.value * parameters * owner.value
    exact = area * locality.value * price.value * together * work.value
    lines = (
        Line("area_total", area, "m²"),
        locality,
        price,
        function,
        *(line for pair in weighed for line in pair),
        owner,
        Line("it", together),
        work,
    )
    parts = (area, together, work.value)
    figures = [plain(part) for part in parts]
    written = f"{figures[0]} × ({plain(locality.value)} × {plain(price.value)}) × {figures[1]} × {figures[2]}"
    return Fee(whole_rupiah(exact), exact, lines, written)
