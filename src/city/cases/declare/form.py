"""What a kind asks: steps of questions, and documents with their limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from city.cases.declare.words import NONE, Words
from city.documents.declare import UploadRule


@dataclass(frozen=True)
class Choice:
    """One of the answers a question offers."""

    value: str
    label: Words
    note: Words = NONE


@dataclass(frozen=True)
class Field:
    """One question. `kind`: text, textarea, date, choice, radio, nik, phone, email, number.

    Every answer is sealed under the applicant's key; a `nik` is not kept with the case at all but with the person.
    `needed_when` makes an optional question needed by other answers ({"str_kind": "dated"}). `from_account` names what
    the account already knows: name, birth_date, address, phone, email.
    """

    code: str
    kind: str
    label: Words
    step: str
    hint: Words = NONE
    optional: bool = False
    needed_when: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    from_account: str = ""
    autocomplete: str = ""

    @property
    def values(self) -> Sequence[str]:
        return [choice.value for choice in self.choices]

    def needed(self, answers: Mapping[str, str]) -> bool:
        return is_needed(self.optional, self.needed_when, answers)

    def shown(self, answer: str) -> str:
        """The answer as people read it: a choice by its label."""
        return next((str(choice.label) for choice in self.choices if choice.value == answer), answer)


@dataclass(frozen=True)
class Step:
    """One page of the form. `identity`: it also shows the applicant's name and NIK, which must be known to submit."""

    code: str
    title: Words
    lead: Words = NONE
    identity: bool = False
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class DocumentNeed:
    """One document asked for, and what its upload takes; show `rule.limits_text` before anything is chosen."""

    code: str
    label: Words
    rule: UploadRule
    hint: Words = NONE
    optional: bool = False
    needed_when: tuple[tuple[str, str], ...] = ()

    def needed(self, answers: Mapping[str, str]) -> bool:
        return is_needed(self.optional, self.needed_when, answers)


@dataclass(frozen=True)
class Coded:
    """A defect to mark, or a reason to refuse with its article. `free_text`: it must be explained in words."""

    code: str
    label: Words
    article: str = ""
    free_text: bool = False


@dataclass(frozen=True)
class Setting:
    """A figure with its source and the day it holds from. Not decreed: shown as "contoh, belum ditetapkan"."""

    name: str
    value: int | str
    source: str = ""
    since: str = field(default="")
    decreed: bool = False


def is_needed(optional: bool, needed_when: Sequence[tuple[str, str]], answers: Mapping[str, str]) -> bool:
    """Always, unless optional; an optional thing is needed when all of `needed_when` was answered so."""
    if not optional:
        return True
    return bool(needed_when) and all(answers.get(name, "") == value for name, value in needed_when)
