"""How long a permit holds and when it may be renewed."""

from datetime import date, timedelta


def in_years(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 1 March, so that nobody loses a day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def start_of(decided: date, predecessor_until: date | None) -> date:
    """A renewal starts the day after the permit it continues, unless that one is over already."""
    if predecessor_until is None or predecessor_until < decided:
        return decided
    return predecessor_until + timedelta(days=1)


def renewable_from(valid_until: date, days: int) -> date:
    """The first day of the window before expiry in which a renewal may be asked for."""
    return valid_until - timedelta(days=days)


def may_renew(valid_until: date | None, days: int, day: date) -> bool:
    """From the window's first day on; a permit that ran out may still be continued by a new one."""
    return valid_until is not None and day >= renewable_from(valid_until, days)
