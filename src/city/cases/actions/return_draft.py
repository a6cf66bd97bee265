"""Somebody in the chain does not agree: the draft goes back to be written again, and its number is recorded as void."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.initial_decision import require_holder
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.actions.number_decision import give_up_number
from city.cases.declare.powers import Power
from city.cases.events import DraftReturned
from city.cases.models import Case, Decision
from city.cases.queries import spec_of
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish

_REASON = _("Tulis apa yang harus diubah di konsep keputusan.")
_SIGNED = _("Keputusan ini sudah ditandatangani.")


@transaction.atomic
def return_draft(*, case_id: UUID, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Send the draft back to its writer with a reason, instead of a paraf or a signature.

    Raises Refusal 422 without a reason, 403 when it is another office's turn, 409 when it is signed or the kind's
    process draws no way back.
    """
    case = locked(case_id)
    require_office(case, by, Power.INITIAL, Power.SIGN)
    if not still_to_do(states.Verb.RETURN_DRAFT, DraftReturned, case, by=by, seen=seen):
        return case
    if not reason.strip():
        raise Refusal("case.no_reason", _REASON, status=422, errors=[FieldError("reason", _REASON)])
    decision = Decision.objects.select_related("number").get(case_id=case_id)
    if decision.state == Decision.State.SIGNED:
        raise Refusal("case.signed", _SIGNED)
    chain = spec_of(case.kind_version_id).decisions
    office = chain.signer if case.turn == states.SIGN else chain.initials[len(decision.initials)]
    require_holder(office, by, at)
    steps.done(case, case.turn, by=by, at=at, outcome="return")
    steps.require_open(case, states.DRAFT)
    give_up_number(decision, "draft_returned", by=by, at=at)
    decision.state, decision.initials, decision.returned_reason = Decision.State.DRAFTED, [], reason.strip()
    decision.save()
    steps.moved(case, (states.State.DRAFTING, states.DRAFT))
    kept(case, at=at)
    publish(DraftReturned(case_id=case.pk, kind=case.kind, office=office), by=by, at=at)
    return case
