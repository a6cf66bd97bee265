"""One itemised return goes to the applicant; the clock rests until she has answered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.clock import set_answer_time, set_clock
from city.cases.actions.lock import kept, locked, require_checking, still_to_do
from city.cases.declare.powers import Power
from city.cases.events import CaseReturned
from city.cases.models import Case, Correction, Pause
from city.cases.queries import correction_draft, rounds_used, running_of
from city.cases.rules import states
from city.cases.rules.clock import pause_from
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.queries import working_calendar

PAUSE = "return"
_NOTHING = _("Tandai dulu paling sedikit satu hal yang harus diperbaiki.")
_SECOND = _("Perbaikan hanya diminta sekali. Putaran kedua perlu izin atasan dengan alasan tertulis.")
_REASON = _("Tulis alasan meminta perbaikan kedua kali, paling sedikit 20 huruf.")
SHORTEST_REASON = 20


@transaction.atomic
def send_back(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None, override_reason: str = "") -> Case:
    """Send everything that was marked, as one request; the applicant has the kind's HK to answer (10), then it lapses.

    One round is the rule: a second needs permits.override_round and a written reason. Once the file is registered the
    clock rests from the day after. Raises Refusal 422 without a marked defect or reason, 403 for a second round, 409.
    """
    case = locked(case_id)
    require_checking(case, by)
    if not still_to_do(states.Verb.SEND_BACK, CaseReturned, case, by=by, seen=seen):
        return case
    correction = correction_draft(case_id)
    items = list(correction.items.all()) if correction else []
    if correction is None or not items:
        raise Refusal("case.nothing_marked", _NOTHING, status=422, errors=[FieldError("items", _NOTHING)])
    _require_round(case, correction, override_reason, by)
    stage = case.turn
    correction.stage, correction.state, correction.sent_at = stage, Correction.State.SENT, at
    steps.done(case, stage, by=by, at=at, outcome="return")
    steps.moved(case, (states.State.RETURNED, states.CORRECT))
    _rest(case, at)
    set_answer_time(case, correction, working_calendar(), at=at)
    correction.save()
    kept(case, at=at)
    publish(_returned(case, correction, len(items)), by=by, at=at)
    return case


def _returned(case: Case, correction: Correction, count: int) -> CaseReturned:
    if correction.answer_by is None:
        raise RuntimeError(f"case {case.pk} was returned without a last day")
    return CaseReturned(
        case_id=case.pk,
        kind=case.kind,
        round=correction.round,
        count=count,
        answer_by=correction.answer_by,
        stage=correction.stage,
    )


def _require_round(case: Case, correction: Correction, reason: str, by: Actor) -> None:
    if not rounds_used(case.pk):
        return
    if not by.may(Power.OVERRIDE_ROUND):
        raise Refusal("case.second_round", _SECOND, status=403)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("case.no_reason", _REASON, status=422, errors=[FieldError("override_reason", _REASON)])
    correction.override_by, correction.override_reason = by.ref, reason.strip()


def _rest(case: Case, at: datetime) -> None:
    """The count rests from tomorrow, if it ran: the day of the return was the office's."""
    if case.day_one is not None:
        Pause.objects.create(case=case, from_day=pause_from(at), reason=PAUSE)
        running = running_of(case)
        if running is not None:
            set_clock(case, running, "returned", at=at)
