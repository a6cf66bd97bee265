"""How the city writes money, numbers, days, times and sizes, in Indonesian and in English.

Every function takes the language (`id` or `en`) last; days and times are shown in WIB.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

__all__ = [
    "bytes_size",
    "clock",
    "date_day",
    "date_long",
    "date_short",
    "datetime_long",
    "month_long",
    "number",
    "rupiah",
    "time_wib",
]
WIB = ZoneInfo("Asia/Jakarta")
_NARROW = "\u00a0"  # Keeps a number and its unit on one line.
_STEPS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))

Number = int | float | Decimal


def number(value: Number, language: str, places: int | None = None) -> str:
    """`1234.5` → `1.234,5` (id), `1,234.5` (en); `places` fixes the digits after the mark."""
    if places is None:
        return format_decimal(value, locale=language)
    return format_decimal(value, format="#,##0" + ("." + "0" * places if places else ""), locale=language)


def rupiah(value: int | Decimal, language: str) -> str:
    """`1250000` → `Rp1.250.000` (id), `Rp1,250,000` (en); sen are shown only where there are any.

    A negative amount is written in brackets, as government statements print it (PP 71/2010).
    """
    amount = Decimal(value).copy_abs()
    text = f"Rp{number(amount, language, 0 if amount == int(amount) else 2)}"
    return f"({text})" if value < 0 else text


def _local(moment: date) -> date:
    """The day or moment as a clock in Cilegon shows it; a plain date is already a day there."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(WIB)
    return moment


def date_long(moment: date, language: str) -> str:
    """`24 November 2026`; in English too the day stands first."""
    return format_date(_local(moment), "d MMMM y", locale=language)


def date_day(moment: date, language: str) -> str:
    """`Selasa, 24 November 2026`: for deadlines, where the weekday helps."""
    return format_date(_local(moment), "EEEE, d MMMM y", locale=language)


def date_short(moment: date, language: str) -> str:
    """`24 Nov`: where the year is beyond doubt, as on the horizon."""
    return format_date(_local(moment), "d MMM", locale=language)


def clock(moment: datetime, language: str) -> str:
    """`14.10` (id), `14:10` (en), in WIB, without the zone's name."""
    local = moment.astimezone(WIB)
    return f"{local:%H.%M}" if language == "id" else f"{local:%H:%M}"


def time_wib(moment: datetime, language: str) -> str:
    """`14.10 WIB` (id), `14:10 WIB` (en)."""
    return f"{clock(moment, language)}{_NARROW}WIB"


def datetime_long(moment: datetime, language: str) -> str:
    """`24 November 2026, 14.10 WIB`."""
    return f"{date_long(moment, language)}, {time_wib(moment, language)}"


def month_long(moment: date, language: str) -> str:
    """`November 2026`."""
    return format_date(_local(moment), "MMMM y", locale=language)


def bytes_size(size: int, language: str) -> str:
    """`2_500_000` → `2,5 MB` (id), `2.5 MB` (en); decimal units, as phones show them."""
    for step, unit in _STEPS:
        if size >= step:
            amount = (Decimal(size) / step).quantize(Decimal("0.1") if unit != "kB" else Decimal(1), ROUND_HALF_UP)
            return f"{number(amount, language)}{_NARROW}{unit}"
    return f"{size}{_NARROW}byte"
