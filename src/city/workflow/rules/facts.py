"""What a process may know of a case: codes, ids, numbers and yes or no; nothing that names a person."""

import re
from collections.abc import Mapping
from uuid import UUID

Fact = str | int | bool

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# A code is all small or all capital letters and begins with one: "not_recommended", "DINKES", "D1". Names of people
# ("Budi", "Ni Luh") and digits alone (NIK, telephone) do not fit; ids are uuids.
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,39}|[A-Z][A-Z0-9_.:-]{0,39}")
_MOST = 1_000_000_000  # below the shortest telephone number and every NIK


class PersonalFact(ValueError):
    """Somebody tried to tell a process more than it may know; the value itself is not repeated in the message."""


def _told(name: str, value: object) -> Fact:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < _MOST:
        return value
    if isinstance(value, str) and (_CODE.fullmatch(value) or _is_uuid(value)):
        return value
    raise PersonalFact(f"{name}: a process is told codes, ids, numbers and yes or no")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def told(facts: Mapping[str, object]) -> dict[str, Fact]:
    """The facts as a process keeps them. Raises PersonalFact for a name or a value that is not a plain code."""
    for name in facts:
        if not _NAME.fullmatch(name):
            raise PersonalFact("a fact is named in small letters, digits and _")
    return {name: _told(name, value) for name, value in facts.items()}
