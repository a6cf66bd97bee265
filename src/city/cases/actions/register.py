"""The file is complete: it is registered, and the clock starts. Nothing starts it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import steps
from city.cases.actions.clock import set_clock
from city.cases.actions.completeness import require_checked
from city.cases.actions.join import ask_opinions
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.declare import KindSpec
from city.cases.declare.powers import Power
from city.cases.events import CaseRegistered
from city.cases.models import Case
from city.cases.queries import running_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import closing_time, day_of
from city.kernel.actor import Actor
from city.kernel.events import publish
from city.kernel.queries import working_calendar
from city.kernel.rules import day_one


@transaction.atomic
def register(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Register a complete file (receipt R1): day one is the next working day, after 15.00 the one after that.

    A file that was registered before and comes back from a return keeps its day one: the clock goes on, it never starts
    again. Raises Refusal 422 for documents not looked at or marks left, 403, 404, 409.
    """
    case = locked(case_id)
    require_office(case, by, Power.VERIFY)
    if not still_to_do(states.Verb.REGISTER, CaseRegistered, case, by=by, seen=seen):
        return case
    spec = spec_of(case.kind_version_id)
    require_checked(case, spec)
    steps.done(case, states.VERIFY, by=by, at=at, outcome="complete")
    steps.moved(case, _after(spec))
    if case.day_one is None:
        _start_clock(case, spec, at)
    if case.state == states.State.TECHNICAL:
        ask_opinions(case, spec, at=at)
    kept(case, at=at)
    publish(_registered(case), by=by, at=at)
    return case


def _after(spec: KindSpec) -> tuple[states.State, str]:
    inspected = spec.inspection is not None
    return states.after_registration(examined=spec.examined, reviewers=spec.reviewers, inspected=inspected)


def _start_clock(case: Case, spec: KindSpec, at: datetime) -> None:
    calendar = working_calendar()
    case.registered_at, case.sla_days = at, spec.days("sla_days", day_of(at))
    case.day_one = day_one(at, calendar, closing_time(str(spec.setting("closes_at", day_of(at)).value)))
    running = running_of(case, calendar)
    if running is not None:
        set_clock(case, running, "registered", at=at)


def _registered(case: Case) -> CaseRegistered:
    if case.day_one is None or case.due_on is None:
        raise RuntimeError(f"case {case.pk} was registered without a deadline")
    return CaseRegistered(case_id=case.pk, kind=case.kind, day_one=case.day_one, due_on=case.due_on, turn=case.turn)
