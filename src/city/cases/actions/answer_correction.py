"""The applicant has mended what was asked and sends it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.clock import LAPSE, REMINDED_BEFORE, set_clock
from city.cases.actions.lock import kept, locked, require_own, still_to_do
from city.cases.actions.send_back import PAUSE
from city.cases.declare import KindSpec
from city.cases.events import CorrectionAnswered
from city.cases.models import Case, Correction, Pause
from city.cases.queries import answers_in, errors_in_case, items_open, open_correction, running_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import closing_time, day_of, pause_until, wanted_by
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.queries import working_calendar

_UNANSWERED = _("Masih ada yang belum diperbaiki. Yang sudah Anda perbaiki tersimpan.")


@transaction.atomic
def answer_correction(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Send the answer to a return: everything asked must be mended. The clock goes on as it would begin: on the next
    working day, a late answer counting as the next day's.

    Raises Refusal 422 with a sentence for each thing not mended, 404 for a foreign case, 409 when sent or lapsed.
    """
    case = locked(case_id)
    require_own(case, by)
    if not still_to_do(states.Verb.ANSWER, CorrectionAnswered, case, by=by, seen=seen):
        return case
    correction = open_correction(case_id)
    if correction is None:
        raise RuntimeError(f"case {case_id} is returned without a return")
    spec = spec_of(case.kind_version_id)
    _require_mended(case, spec, correction, at)
    correction.state, correction.answered_at = Correction.State.ANSWERED, at
    correction.save()
    stage = correction.stage
    steps.done(case, states.CORRECT, by=by, at=at, stage=stage)
    steps.clear_times(case, LAPSE, *(f"remind_{left}" for left in REMINDED_BEFORE))
    # The drawing says who looks first: the desk that asked, or completeness again.
    stage = states.EXAMINE if states.EXAMINE in steps.open_steps(case) else states.VERIFY
    steps.moved(case, states.after_answer(stage))
    _go_on(case, spec, at)
    kept(case, at=at)
    publish(CorrectionAnswered(case_id=case.pk, kind=case.kind, round=correction.round, stage=stage), by=by, at=at)
    return case


def _require_mended(case: Case, spec: KindSpec, correction: Correction, at: datetime) -> None:
    open_items = {item.target for item in items_open(correction)}
    errors = [FieldError(target, _still(spec, target)) for target in sorted(open_items)]
    errors += [one for one in errors_in_case(case, spec, answers_in(case), at) if one.field not in open_items]
    if errors:
        raise Refusal("case.not_mended", _UNANSWERED, status=422, errors=errors)


def _still(spec: KindSpec, target: str) -> str:
    label = str(spec.label_of(target))
    if target in spec.needs:
        return gettext("Ganti berkas ini dulu: %(label)s.") % {"label": label}
    return gettext("Perbaiki isian ini dulu: %(label)s.") % {"label": label}


def _go_on(case: Case, spec: KindSpec, at: datetime) -> None:
    calendar = working_calendar()
    case.urgent_on = wanted_by(day_of(at), spec.days("sla_days", day_of(at)), calendar)
    if case.day_one is not None:
        until = pause_until(at, calendar, closing_time(str(spec.setting("closes_at", day_of(at)).value)))
        Pause.objects.filter(case_id=case.pk, reason=PAUSE, until_day=None).update(until_day=until)
        running = running_of(case, calendar)
        if running is not None:
            set_clock(case, running, "answered", at=at)
