"""What a permit kind must say. One folder in `kinds/` is one kind: see docs/how-to/permit-kind.md."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from city.cases.declare import KINDS, Kind, Obstacle, Obstacles, kind_in
from city.permits.declare.continued import stopped_meanwhile
from city.permits.declare.letter import compose, letter_facts, verify_url
from city.permits.declare.parts import PermitParts, PermitRules, arrow_words, parts_of, rules_of, step_words
from city.permits.declare.term import Term, face_of_case, predecessor_of, term_of
from city.permits.rules.places import CHOICES


def permit_kind(folder: Path, *, rules: str, obstacles: Obstacles | None = None) -> Kind:
    """Put the kind of a folder on the shelf under the folder's name. `rules` is its newest module ("v1").

    `obstacles` is asked after the one that every kind has: the permit to be continued was stopped meanwhile.
    """
    module = f"city.permits.kinds.{folder.name}.{rules}"
    kind = kind_in(folder, rules=module, choices=CHOICES, paper=compose, obstacles=_with(obstacles))
    parts_of(kind.spec)
    return KINDS.add(folder.name, kind)


def _with(own: Obstacles | None) -> Obstacles:
    def found(case_id: UUID, answers: Mapping[str, str], at: datetime) -> list[Obstacle]:
        return stopped_meanwhile(case_id, answers, at) + (own(case_id, answers, at) if own is not None else [])

    return found


__all__ = [
    "PermitParts",
    "PermitRules",
    "Term",
    "arrow_words",
    "compose",
    "face_of_case",
    "letter_facts",
    "parts_of",
    "permit_kind",
    "predecessor_of",
    "rules_of",
    "step_words",
    "term_of",
    "verify_url",
]
