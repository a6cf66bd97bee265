"""Answers typed without a line arrive: once, and never over what was answered elsewhere meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions.lock import locked, require_own
from city.cases.actions.save_answers import NotKept, Typed, save_answers
from city.cases.models import Delivery
from city.cases.queries import no_such_case
from city.kernel.actor import Actor
from city.kernel.errors import FieldError


@dataclass(frozen=True)
class Arrival:
    """What became of a delivery: what is wrong with the answers, and the fields answered elsewhere since."""

    errors: Sequence[FieldError] = ()
    left: Sequence[str] = ()
    again: bool = False


@transaction.atomic
def deliver_answers(*, case_id: UUID, key: UUID, typed: Typed, by: Actor, at: datetime) -> Arrival:
    """Keep the answers of a delivery. Told the same key twice, it keeps them once. Raises as save_answers does."""
    case = locked(case_id)
    require_own(case, by)
    before = Delivery.objects.filter(key=key).first()
    if before is not None and before.case_id == case.pk:
        return Arrival(again=True)
    if before is not None:
        raise no_such_case()
    errors = save_answers(case_id=case_id, answers=typed.answers, drawn=typed.drawn, by=by, at=at)
    Delivery.objects.create(key=key, case=case, at=at)
    left = [one.field for one in errors if isinstance(one, NotKept) and one.is_overtaken]
    return Arrival([one for one in errors if one.field not in left], left)
