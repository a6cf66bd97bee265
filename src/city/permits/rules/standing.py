"""What a permit is worth on a day: its row says what was decided, the calendar the rest."""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """The public answer on a permit."""

    VALID = "ok"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    SURRENDERED = "surrendered"


_DECIDED = {
    "suspended": Standing.SUSPENDED,
    "revoked": Standing.REVOKED,
    "superseded": Standing.SUPERSEDED,
    "surrendered": Standing.SURRENDERED,
    "expired": Standing.EXPIRED,
}


def standing_of(state: str, valid_from: date, valid_until: date | None, day: date) -> Standing:
    """A revoked permit stays revoked after its last day; an active one is expired the day after, chore or no chore."""
    decided = _DECIDED.get(state)
    over = valid_until is not None and valid_until < day
    if decided is not None and not (decided is Standing.SUSPENDED and over):
        return decided
    if over:
        return Standing.EXPIRED
    return Standing.NOT_YET if day < valid_from else Standing.VALID
