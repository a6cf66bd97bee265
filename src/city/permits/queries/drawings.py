"""Processes as they are drawn for applicants, officers and the public, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from city.cases.declare import KindSpec
from city.permits.declare import arrow_words, step_words
from city.ui.rules.flow import Edge, Node
from city.workflow.queries import diagram, drawing


@dataclass(frozen=True)
class Flow:
    """What ui's flow macro draws; `here` names the present steps, empty at the end or before the beginning."""

    nodes: list[Node]
    edges: list[Edge]
    here: list[str]


def public_drawing(spec: KindSpec) -> Flow:
    """The whole way of a kind, nobody on it yet."""
    drawn = drawing(spec.process, labels=_labels(spec))
    return Flow(drawn.nodes, _worded(drawn.edges, spec), [])


def case_drawing(process_id: UUID, spec: KindSpec) -> Flow:
    """The way one case went, and where it stands now."""
    drawn = diagram(process_id, labels=_labels(spec))
    return Flow(drawn.nodes, _worded(drawn.edges, spec), drawn.here)


def _worded(edges: Iterable[Edge], spec: KindSpec) -> list[Edge]:
    words = arrow_words(spec)
    return [replace(edge, label=str(words.get(edge.label, edge.label))) for edge in edges]


def _labels(spec: KindSpec) -> dict[str, str]:
    return {step: str(words) for step, words in step_words(spec).items()}
