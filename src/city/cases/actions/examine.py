"""The back office has found the file in order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import steps
from city.cases.actions.completeness import require_checked
from city.cases.actions.join import ask_opinions
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.declare.powers import Power
from city.cases.events import CaseExamined
from city.cases.models import Case
from city.cases.queries import spec_of
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.events import publish


@transaction.atomic
def examine(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Pass the file on: to the agencies that review it, or straight to the draft of the decision.

    Raises Refusal 422 while marks are left or documents not accepted, 403, 404, 409.
    """
    case = locked(case_id)
    require_office(case, by, Power.EXAMINE)
    if not still_to_do(states.Verb.EXAMINE, CaseExamined, case, by=by, seen=seen):
        return case
    spec = spec_of(case.kind_version_id)
    require_checked(case, spec)
    steps.done(case, states.EXAMINE, by=by, at=at, outcome="pass")
    steps.moved(case, states.after_examination(reviewers=spec.reviewers, inspected=spec.inspection is not None))
    if case.state == states.State.TECHNICAL:
        ask_opinions(case, spec, at=at)
    kept(case, at=at)
    publish(CaseExamined(case_id=case.pk, kind=case.kind, turn=case.turn), by=by, at=at)
    return case
