"""How an action says no: a sentence for the person, a code for the log, an HTTP status for the machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FieldError:
    """One thing to mend. `field` is the form field or document code; `sentence` says what is wrong and what to do."""

    field: str
    sentence: Any  # a str or a lazy translation


class Refusal(Exception):
    """The city will not do this, and says why.

    `code` is greppable and stable ("case.stale"); `sentence` is shown to the person as it is; `errors` lists fields to
    mend; `status` is the HTTP status (403 not yours to do, 404 not there for you, 409 too late, 422 mend the input).
    """

    def __init__(self, code: str, sentence: Any, *, status: int = 409, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
