"""The draft becomes an application."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions.lock import kept, locked, require_own, still_to_do
from city.cases.actions.numbers import take_number
from city.cases.events import CaseSubmitted
from city.cases.models import Case, Number, RequiredDocument
from city.cases.queries import answers_in, errors_in_case, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of, wanted_by
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.queries import working_calendar
from city.workflow import actions as workflow

_INCOMPLETE = _("Permohonan belum bisa dikirim. Lengkapi yang ditandai; isian Anda tersimpan.")


@transaction.atomic
def submit(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Send the draft: it gets a receipt number, its process begins, the front office sees it. Twice is once.

    Raises Refusal 422 with one sentence for each field and document to mend (all at once); 404 for a foreign case.
    """
    case = locked(case_id)
    require_own(case, by)
    if not still_to_do(states.Verb.SUBMIT, CaseSubmitted, case, by=by, seen=seen):
        return case
    spec = spec_of(case.kind_version_id)
    answers = answers_in(case)
    if errors := errors_in_case(case, spec, answers, at):
        raise Refusal("case.incomplete", _INCOMPLETE, status=422, errors=errors)
    not_needed = [need.code for need in spec.documents if not need.needed(answers)]
    _waive(case, not_needed, at)
    case.process = workflow.start(
        spec_code=case.kind,
        bpmn=spec.process,
        subject_kind="case",
        subject_id=case.pk,
        facts={"kind": case.kind, "application_type": case.application_type},
        at=at,
    )
    case.state, case.turn, case.submitted_at = states.State.SUBMITTED, states.VERIFY, at
    case.urgent_on = wanted_by(day_of(at), spec.days("sla_days", day_of(at)), working_calendar())
    case.receipt = take_number(case, spec.numbers.receipt, "receipt", Number.State.USED, at=at).text
    kept(case, at=at)
    publish(CaseSubmitted(case_id=case.pk, kind=case.kind, receipt=case.receipt), by=by, at=at)
    return case


def _waive(case: Case, not_needed: list[str], at: datetime) -> None:
    """What these answers do not need and was not handed in; what was handed in all the same is checked too."""
    if not_needed:
        rows = RequiredDocument.objects.filter(case_id=case.pk, code__in=not_needed, file=None)
        rows.update(state=RequiredDocument.State.WAIVED, changed_at=at)
