"""What the clock does to a case by itself: remind, let lapse, warn."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked
from city.cases.actions.withdraw import close_returns
from city.cases.events import CaseLapsed, CaseReminded, CaseWarned
from city.cases.models import Case, Correction
from city.cases.queries import decision_of, open_correction, running_of, silence_held_by
from city.cases.rules.clock import counted_on, day_of
from city.cases.rules.states import State
from city.kernel.actor import system
from city.kernel.events import publish
from city.kernel.queries import working_calendar

CLOCK = system("clock")


@transaction.atomic
def lapse(*, case_id: UUID, at: datetime) -> Case:
    """End a case whose return was not answered in time (gugur). Nothing happens when it was, or there is time."""
    case = locked(case_id)
    sent = open_correction(case_id) if case.state == State.RETURNED else None
    if sent is None or sent.answer_by is None or day_of(at) <= sent.answer_by:
        return case
    close_returns(case, Correction.State.LAPSED)
    steps.ended(case, State.LAPSED, "lapsed", by=CLOCK, at=at)
    kept(case, at=at)
    publish(CaseLapsed(case_id=case.pk, kind=case.kind, round=sent.round), by=CLOCK, at=at)
    return case


@transaction.atomic
def remind(*, case_id: UUID, at: datetime) -> bool:
    """Have the applicant reminded of a return; False when there is nothing to answer any more."""
    case = locked(case_id)
    sent = open_correction(case_id) if case.state == State.RETURNED else None
    if sent is None or sent.answer_by is None or day_of(at) > sent.answer_by:
        return False
    left = len(working_calendar().days_between(day_of(at), sent.answer_by)) - 1
    publish(CaseReminded(case_id=case.pk, kind=case.kind, days_left=max(left, 0)), by=CLOCK, at=at)
    return True


@transaction.atomic
def warn(*, case_id: UUID, at: datetime) -> bool:
    """Have officers and applicant warned that the time is nearly over, and whether silence will grant then; False when
    the count rests or the case moved on."""
    case = locked(case_id)
    running = running_of(case)
    if case.is_final or not case.turn or running is None or running.due is None:
        return False
    left = counted_on(running, day_of(at)).left
    because = silence_held_by(case, decision_of(case_id), at)
    publish(CaseWarned(case_id=case.pk, kind=case.kind, days_left=left, because=because), by=CLOCK, at=at)
    return True
