"""What a kind adds to the plain way: a look at the place, a fee, another system that issues."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from city.cases.declare.form import Coded
from city.cases.declare.words import NONE, Words, words_from
from city.documents.declare import UploadRule

PHOTO = UploadRule(types=("image/jpeg", "image/png"), max_bytes=12_000_000, keep_location=True)
HERE = "Sipeci"  # the issuing system where the city itself issues


@dataclass(frozen=True)
class Measure:
    """Something measured at the place. Named like a question of the form, it takes its answer's place in the fee."""

    code: str
    label: Words
    unit: str = ""


@dataclass(frozen=True)
class InspectionPlan:
    """Who looks at the place, at what, and how many photos at least and at most go with the report."""

    agency: str
    checks: tuple[Coded, ...]
    measures: tuple[Measure, ...] = ()
    photos: int = 1
    most_photos: int = 6


@dataclass(frozen=True)
class FeePlan:
    """What is to be paid before the decision. `formula` names the pure function on billing's shelf; the factors come
    from the kind's own `factors_in`. `agency` assesses (SKRD); `words` say how it is worked out before anything is
    answered. `pauses_clock`: the city's time rests while it waits for the money. `unpaid`: "lapse" ends the case once
    the due date has passed, "wait" leaves it to interest and STRD."""

    formula: str
    agency: str
    title: Words
    words: Words = NONE
    pauses_clock: bool = True
    unpaid: str = "wait"


def inspection_from(data: Mapping[str, Any] | None) -> InspectionPlan | None:
    if data is None:
        return None
    return InspectionPlan(
        agency=data["agency"],
        checks=tuple(Coded(one["code"], words_from(one["label"])) for one in data["checks"]),
        measures=tuple(
            Measure(one["code"], words_from(one["label"]), one.get("unit", "")) for one in data.get("measures", ())
        ),
        photos=int(data.get("photos", 1)),
        most_photos=int(data.get("most_photos", 6)),
    )


def fee_from(data: Mapping[str, Any] | None) -> FeePlan | None:
    """Raises ValueError for a rule that nobody knows."""
    if data is None:
        return None
    unpaid = data.get("unpaid", "wait")
    if unpaid not in ("lapse", "wait"):
        raise ValueError(f"unpaid = {unpaid!r}: lapse or wait")
    return FeePlan(
        formula=data["formula"],
        agency=data["agency"],
        title=words_from(data["title"]),
        words=words_from(data.get("words")),
        pauses_clock=bool(data.get("pauses_clock", True)),
        unpaid=unpaid,
    )
