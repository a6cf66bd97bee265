"""What a fee is made of: rates with their article, the lines that explain it, and how it is rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

Factors = Mapping[str, str]  # as typed or chosen: "90", "house_small"


@dataclass(frozen=True)
class Rate:
    """A number in force on a day. `decreed` is false until the city has set it: "contoh, belum ditetapkan"."""

    code: str
    value: Decimal
    unit: str
    article: str
    source: str
    decreed: bool


Rates = Mapping[str, Rate]


@dataclass(frozen=True)
class Line:
    """One factor of a fee: what it is (a code with words in declare), its value, and the article it stands on.

    `choice` is the code of what was chosen ("pbg.if.house_small"); a measure of the payer's own has no article.
    """

    code: str
    value: Decimal
    unit: str = ""
    article: str = ""
    source: str = ""
    decreed: bool = True
    choice: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "value": plain(self.value)}


def line_from(data: Mapping[str, Any]) -> Line:
    return Line(**{**data, "value": Decimal(data["value"])})


@dataclass(frozen=True)
class Fee:
    """`amount` in whole rupiah. `sum` is the calculation in figures, as a schoolbook would write it."""

    amount: int
    exact: Decimal
    lines: tuple[Line, ...]
    sum: str

    @property
    def decreed(self) -> bool:
        return all(line.decreed for line in self.lines)


@dataclass(frozen=True)
class FactorFault:
    """A factor that cannot be used. `code` has a sentence in declare; `facts` are its numbers."""

    factor: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


class BadFactors(ValueError):
    """Raised with every fault at once, so that nobody mends a form three times."""

    def __init__(self, faults: list[FactorFault]) -> None:
        super().__init__(", ".join(f"{fault.factor}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


class NoRate(LookupError):
    """No rate of this code is in force on that day: nothing may be assessed."""


def plain(value: Decimal) -> str:
    """The number without trailing zeros or exponent: Decimal("25000.000") is "25000"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_rupiah(exact: Decimal) -> int:
    """Down to the full rupiah: what is doubtful is the payer's."""
    return int(exact.to_integral_value(ROUND_FLOOR))


def taken(rates: Rates, code: str) -> Rate:
    """Raises NoRate where the day has none."""
    if code not in rates:
        raise NoRate(code)
    return rates[code]


def line_of(code: str, rate: Rate, choice: str = "") -> Line:
    return Line(code, rate.value, rate.unit, rate.article, rate.source, rate.decreed, choice)


@dataclass(frozen=True)
class Bounds:
    """What a measure may be; `places` is how many digits after the comma count."""

    least: Decimal
    most: Decimal
    places: int = 0


def measured(factors: Factors, name: str, bounds: Bounds, faults: list[FactorFault]) -> Decimal:
    """A number somebody typed ("1.250,5" or "1250.5"), or a fault on the list and zero."""
    value = number_in(factors.get(name, ""))
    if value is None:
        faults.append(FactorFault(name, "missing" if not factors.get(name, "").strip() else "not_a_number"))
        return Decimal(0)
    if not bounds.least <= value <= bounds.most:
        limits = (("least", plain(bounds.least)), ("most", plain(bounds.most)))
        faults.append(FactorFault(name, "out_of_bounds", limits))
        return Decimal(0)
    if value != round(value, bounds.places):
        faults.append(
            FactorFault(name, "too_fine" if bounds.places else "not_whole", (("places", str(bounds.places)),))
        )
        return Decimal(0)
    return value


def chosen(factors: Factors, name: str, choices: tuple[str, ...], faults: list[FactorFault]) -> str:
    """One of the choices, or a fault on the list and the first of them."""
    value = factors.get(name, "").strip()
    if value not in choices:
        faults.append(FactorFault(name, "missing" if not value else "no_such_choice"))
        return choices[0]
    return value


def number_in(text: str) -> Decimal | None:
    """Reads "1.250,5", "1,250.5", "1250,5" and "1250.5"; None for what is no number.

    A lone point before exactly three digits parts thousands, as everybody here writes it: "1.250" is 1250.
    """
    bare = text.strip().replace(" ", "").replace("\u00a0", "")
    if len(bare) > 20 or not bare or not all(sign.isascii() and (sign.isdigit() or sign in ",.") for sign in bare):
        return None
    if "," in bare and "." in bare:
        mark = max(bare.rfind(","), bare.rfind("."))
        bare = bare[:mark].replace(",", "").replace(".", "") + "." + bare[mark + 1 :]
    elif bare.count(".") > 1 or ("." in bare and len(bare.rpartition(".")[2]) == 3 and bare[0] != "0"):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if bare.count(".") > 1 or not bare.strip("."):
        return None
    return Decimal(bare)
