"""What a permit kind says beyond what any case needs: its page, its service standard, its refusal's way of appeal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Protocol, cast

from city.cases.declare import KindSpec, Words, words_from

# Parts of the service standard (UU 25/2009, PermenPANRB 15/2014) that a kind words itself; the rest is its other data.
WORDED = (
    "complaints",
    "law",
    "facilities",
    "competence",
    "supervision",
    "staff",
    "guarantee",
    "safety",
    "evaluation",
)


@dataclass(frozen=True)
class PermitParts:
    """A kind's own words as its public page shows them. `face` names the answers that say where a permit holds."""

    long_name: Words
    summary: Words
    product: Words
    group: str
    icon: str
    face: tuple[str, ...]
    appeal: Words
    deemed: Words
    standard: Mapping[str, tuple[Words, ...]]


def parts_of(spec: KindSpec) -> PermitParts:
    """Raises KeyError when a kind leaves out what its page must say."""
    parts = spec.parts
    return PermitParts(
        long_name=words_from(parts["long_name"]),
        summary=words_from(parts["summary"]),
        product=words_from(parts["product"]),
        group=parts["group"],
        icon=parts.get("icon", "file"),
        face=tuple(parts["face"]),
        appeal=words_from(parts["appeal"]),
        deemed=words_from(parts.get("deemed")),
        standard={name: _lines(parts["standard"][name]) for name in WORDED},
    )


def _lines(both: Mapping[str, Any]) -> tuple[Words, ...]:
    return tuple(Words(*pair) for pair in zip(both["id"], both["en"], strict=True))


def step_words(spec: KindSpec) -> dict[str, Words]:
    """What the kind calls each step of its process, in both languages; the drawing itself speaks Indonesian."""
    return {step: words_from(words) for step, words in spec.parts["drawing"].items()}


def arrow_words(spec: KindSpec) -> dict[str, Words]:
    """The words on the arrows of its drawing, by what the drawing itself says."""
    return {said: words_from(words) for said, words in spec.parts.get("arrows", {}).items()}


class PermitRules(Protocol):
    """A kind's `v1.py`. `fee_for` is in rupiah; `term_for` gives the last day of a permit that starts on `day`. A kind
    whose permits may begin later than they are decided has `first_for` too: the first day of one decided on `day`."""

    def fee_for(self, answers: Mapping[str, str]) -> int: ...

    def term_for(self, answers: Mapping[str, str], day: date) -> date | None: ...


def rules_of(spec: KindSpec) -> PermitRules:
    """The rules the version was frozen with, kept as long as a case uses them."""
    return cast(PermitRules, import_module(spec.rules))
