"""Reviews and the inspection go on at the same time; when the last of them is in, the case moves on."""

from datetime import datetime

from city.cases.actions import steps
from city.cases.actions.clock import own_share
from city.cases.declare import KindSpec
from city.cases.models import Case, Inspection, Review
from city.cases.queries import opinions_open
from city.cases.rules import states
from city.cases.rules.states import State


def ask_opinions(case: Case, spec: KindSpec, *, at: datetime) -> None:
    """One request for each agency the kind names and one for the inspection; what was asked already is not asked twice.

    Each has its own share of the time (`review_days`, `inspection_days`), after which it is reminded.
    """
    urgent = case.due_on or case.urgent_on
    reviews = [
        Review(case=case, agency=agency, urgent_on=urgent, due_on=own_share(spec, "review_days", at), requested_at=at)
        for agency in spec.reviewers
    ]
    Review.objects.bulk_create(reviews, ignore_conflicts=True)
    if spec.inspection is not None:
        ask_inspection(case, spec, round_of=1, at=at)


def ask_inspection(case: Case, spec: KindSpec, *, round_of: int, at: datetime) -> None:
    if spec.inspection is None:
        raise RuntimeError(f"{spec.code} has no inspection")
    wanted = Inspection(
        case=case,
        agency=spec.inspection.agency,
        round=round_of,
        urgent_on=case.due_on or case.urgent_on,
        due_on=own_share(spec, "inspection_days", at),
        requested_at=at,
    )
    Inspection.objects.bulk_create([wanted], ignore_conflicts=True)


def opinion_in(case: Case) -> bool:
    """Whether nothing else is awaited: then the case stands at its next step, else it waits for the others."""
    reviews_open, inspection_open = opinions_open(case.pk)
    if reviews_open or inspection_open:
        case.turn = states.in_technical(reviews_open=reviews_open)
        return False
    steps.moved_on(case, State.RECOMMENDED)
    return True
