"""How receipts and decisions are numbered: an ordinal per kind and year, in the form the kind says."""

from datetime import datetime

from city.kernel.rules import WIB


def year_of(at: datetime) -> int:
    """The year a number belongs to: the one in Cilegon."""
    return at.astimezone(WIB).year


def number_text(form: str, ordinal: int, year: int) -> str:
    """`503/{ordinal}/SIPD/DPMPTSP/{year}` and 7 and 2026 make 503/7/SIPD/DPMPTSP/2026."""
    return form.format(ordinal=ordinal, year=year)


def heard_number(text: str) -> str:
    """A receipt number as somebody typed it: case and stray spaces do not matter."""
    return "".join(text.split()).upper()


def holes_in(ordinals: list[int], last: int) -> list[int]:
    """Ordinals missing between one and the last that was given."""
    return sorted(set(range(1, last + 1)) - set(ordinals))
