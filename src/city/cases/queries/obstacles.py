"""What stands in the way of granting, asked again at each gate: the world goes on while a case runs."""

from collections.abc import Mapping
from datetime import datetime

from city.cases.declare import KINDS, Obstacle
from city.cases.models import Case, Decision
from city.cases.queries.corrections import open_correction
from city.cases.queries.fees import is_fee_settled
from city.cases.queries.filled import answers_in
from city.cases.queries.inspections import is_recommended
from city.cases.queries.kinds import spec_of


def obstacles_of(case: Case, answers: Mapping[str, str], at: datetime) -> list[Obstacle]:
    """Facts outside the form, as the floor above knows them."""
    kind = KINDS.get(case.kind)
    return kind.obstacles(case.pk, answers, at) if kind is not None and kind.obstacles is not None else []


def silence_held_by(case: Case, decision: Decision | None, at: datetime) -> str:
    """The code of what keeps silence from granting, as things stand; "" when it would grant once the time is over."""
    spec = spec_of(case.kind_version_id)
    if not spec.automatic:
        return "not_automatic"
    if open_correction(case.pk) is not None:
        return "open_return"
    if not is_recommended(case.pk):
        return "negative_review"
    if decision is not None and decision.outcome == Decision.Outcome.REFUSE:
        return "refusal_drafted"
    if spec.fee is not None and not is_fee_settled(case.pk):
        return "not_paid"
    return next((one.code for one in obstacles_of(case, answers_in(case), at)), "")
