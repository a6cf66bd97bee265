"""The shelf that kinds stand on, and the shapes they are made of. See docs/how-to/permit-kind.md."""

from collections.abc import Callable
from pathlib import Path

from city.cases.declare.form import Choice, Coded, DocumentNeed, Field, Setting, Step
from city.cases.declare.kind import (
    KINDS,
    DecisionChain,
    Kind,
    KindRules,
    KindSpec,
    Numbers,
    Obstacles,
    PaperOrder,
    PaperRequest,
)
from city.cases.declare.powers import POWERS, Power
from city.cases.declare.reading import Choices, content_of, spec_from
from city.cases.declare.sentences import error_of
from city.cases.declare.words import Words, words_from


def kind_in(
    folder: Path,
    *,
    rules: str,
    choices: Choices | None = None,
    paper: Callable[[PaperRequest], PaperOrder] | None = None,
    obstacles: Obstacles | None = None,
) -> Kind:
    """The kind a folder describes; its `rules` module is named, and kept as long as a case uses it."""
    content = content_of(folder, rules=rules, choices=choices)
    return Kind(content=content, spec=spec_from(content), paper=paper, obstacles=obstacles)


__all__ = [
    "KINDS",
    "POWERS",
    "Choice",
    "Choices",
    "Coded",
    "DecisionChain",
    "DocumentNeed",
    "Field",
    "Kind",
    "KindRules",
    "KindSpec",
    "Numbers",
    "Obstacles",
    "PaperOrder",
    "PaperRequest",
    "Power",
    "Setting",
    "Step",
    "Words",
    "content_of",
    "error_of",
    "kind_in",
    "spec_from",
    "words_from",
]
