"""The shelf that kinds stand on, and the shapes they are made of. See docs/how-to/permit-kind.md."""

from collections.abc import Callable
from pathlib import Path

from city.cases.declare.form import Choice, Coded, DocumentNeed, Field, Setting, Step
from city.cases.declare.issuers import ISSUERS, HandOver, Issuer, IssuerRefused, IssuerSilent
from city.cases.declare.kind import (
    KINDS,
    DecisionChain,
    Kind,
    KindRules,
    KindSpec,
    Numbers,
    Obstacle,
    Obstacles,
    PaperOrder,
    PaperRequest,
)
from city.cases.declare.plans import HERE, PHOTO, FeePlan, InspectionPlan, Measure
from city.cases.declare.powers import POWERS, Power
from city.cases.declare.reading import Choices, content_of, spec_from
from city.cases.declare.report import STATEMENT, asked_by, error_in_report, label_of_part
from city.cases.declare.sentences import error_of
from city.cases.declare.words import Words, words_from
from city.cases.rules.answers import Fault, as_day
from city.cases.rules.drawn import Drawn, drawn_digest


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
    "HERE",
    "ISSUERS",
    "KINDS",
    "PHOTO",
    "POWERS",
    "STATEMENT",
    "Choice",
    "Choices",
    "Coded",
    "DecisionChain",
    "DocumentNeed",
    "Drawn",
    "Fault",
    "FeePlan",
    "Field",
    "HandOver",
    "InspectionPlan",
    "Issuer",
    "IssuerRefused",
    "IssuerSilent",
    "Kind",
    "KindRules",
    "KindSpec",
    "Measure",
    "Numbers",
    "Obstacle",
    "Obstacles",
    "PaperOrder",
    "PaperRequest",
    "Power",
    "Setting",
    "Step",
    "Words",
    "as_day",
    "asked_by",
    "content_of",
    "drawn_digest",
    "error_in_report",
    "error_of",
    "kind_in",
    "label_of_part",
    "spec_from",
    "words_from",
]
