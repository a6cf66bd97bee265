"""What a kind's `v1.py` gives back for an answer that must be mended. Its sentence stands in the kind's data."""

import dataclasses
from collections.abc import Mapping
from datetime import date


@dataclasses.dataclass(frozen=True)
class Fault:
    """One answer to mend: the field, the code of the sentence that says how, and what the sentence quotes."""

    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


def as_day(text: str) -> date | None:
    """The day an answer names (ISO), or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
