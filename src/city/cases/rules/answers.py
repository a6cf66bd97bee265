"""What an answer must be, whatever the kind: there when needed, short enough, one of the choices, a day that exists."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
LONGEST = 4000  # letters of any one answer


@dataclasses.dataclass(frozen=True)
class Fault:
    """One answer to mend: the field, the code of the sentence that says how, and what the sentence quotes."""

    field: str
    code: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Asked(Protocol):
    """What the check needs to know of a question."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def max_length(self) -> int: ...
    @property
    def values(self) -> Sequence[str]: ...
    def needed(self, answers: Mapping[str, str]) -> bool: ...


def as_day(text: str) -> date | None:
    """The day an answer names (ISO, as date fields send it), or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def fault_in(asked: Asked, text: str) -> Fault | None:
    """What is wrong with something typed; nothing typed is not wrong in itself."""
    text = text.strip()
    most = asked.max_length or LONGEST
    if not text:
        return None
    if asked.values:
        return None if text in asked.values else Fault(asked.code, "choose")
    if len(text) > most:
        return Fault(asked.code, "long", {"most": most, "typed": len(text)})
    wrong = {
        "date": as_day(text) is None,
        "email": not _EMAIL.fullmatch(text),
        "number": not _NUMBER.fullmatch(text),
    }.get(asked.kind, False)
    return Fault(asked.code, asked.kind) if wrong else None


def faults_in(questions: Iterable[Asked], answers: Mapping[str, str]) -> list[Fault]:
    """The first fault of each answer, in the order of the form."""
    found = (_fault(asked, answers) for asked in questions)
    return [fault for fault in found if fault]


def _fault(asked: Asked, answers: Mapping[str, str]) -> Fault | None:
    text = answers.get(asked.code, "")
    if text.strip():
        return fault_in(asked, text)
    return Fault(asked.code, "choose" if asked.values else "missing") if asked.needed(answers) else None
