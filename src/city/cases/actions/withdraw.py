"""The applicant takes her application back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.discard import discard
from city.cases.actions.lock import kept, locked, require_own, still_to_do
from city.cases.actions.number_decision import give_up_number
from city.cases.actions.payment import cancel_open_bill
from city.cases.events import CaseWithdrawn
from city.cases.models import Answer, Case, Correction, Decision, RequiredDocument
from city.cases.rules.states import State, Verb
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish

_SIGNED = _("Keputusan sudah ditandatangani, jadi permohonan tidak bisa ditarik lagi.")


@transaction.atomic
def withdraw(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Take the application back, up to the signature; a reserved number becomes void, an open bill is cancelled.

    A draft that was never sent is cleared: its answers and files are deleted. Raises Refusal 404 for a foreign case,
    409 when it is decided.
    """
    case = locked(case_id)
    require_own(case, by)
    if not still_to_do(Verb.WITHDRAW, CaseWithdrawn, case, by=by, seen=seen):
        return case
    decision = Decision.objects.select_related("number").filter(case_id=case_id).first()
    if decision is not None and decision.state == Decision.State.SIGNED:
        raise Refusal("case.signed", _SIGNED)
    if case.state == State.DRAFT:
        _clear(case, by, at)
    close_returns(case, Correction.State.CLOSED)
    if decision is not None:
        give_up_number(decision, "withdrawn", by=by, at=at)
    cancel_open_bill(case, "Permohonan ditarik oleh pemohon.", at=at)
    steps.ended(case, State.WITHDRAWN, "withdrawn", by=by, at=at)
    kept(case, at=at)
    publish(CaseWithdrawn(case_id=case.pk, kind=case.kind), by=by, at=at)
    return case


def close_returns(case: Case, state: Correction.State) -> None:
    """Returns that are left open when a case ends without an answer."""
    waiting = (Correction.State.DRAFT, Correction.State.SENT)
    Correction.objects.filter(case_id=case.pk, state__in=waiting).update(state=state)


def _clear(case: Case, by: Actor, at: datetime) -> None:
    rows = RequiredDocument.objects.filter(case_id=case.pk, file__isnull=False)
    files = list(rows.values_list("file_id", flat=True))
    rows.update(file=None, state=RequiredDocument.State.MISSING, changed_at=at)
    Answer.objects.filter(case_id=case.pk).delete()
    for file_id in files:
        discard(file_id, by=by, at=at)
