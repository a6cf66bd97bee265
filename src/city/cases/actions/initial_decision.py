"""A paraf: each office of the chain in its order; after the last the decision is numbered and waits for the signer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.actions.number_decision import number_decision
from city.cases.declare.powers import Power
from city.cases.events import DecisionInitialled
from city.cases.models import Case, Decision
from city.cases.queries import spec_of
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.people.queries import appointments_of

_NOT_YOUR_TURN = _("Paraf ini giliran jabatan lain.")


@transaction.atomic
def initial_decision(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Put the paraf of the actor's office under the draft. Raises Refusal 403 when another's turn it is, 404, 409."""
    case = locked(case_id)
    require_office(case, by, Power.INITIAL)
    if not still_to_do(states.Verb.INITIAL, DecisionInitialled, case, by=by, seen=seen):
        return case
    spec = spec_of(case.kind_version_id)
    chain, decision = spec.decisions.initials, Decision.objects.get(case_id=case_id)
    office = chain[len(decision.initials)]
    require_holder(office, by, at)
    step = case.turn
    decision.initials = [*decision.initials, _paraf(office, by, at)]
    steps.done(case, step, by=by, at=at, outcome="pass")
    steps.moved(case, states.after_initial(len(decision.initials), chain))
    if case.turn == states.SIGN:
        decision.state = Decision.State.INITIALLED
        number_decision(case, decision, spec, at=at)
    decision.save()
    kept(case, at=at)
    publish(DecisionInitialled(case_id=case.pk, kind=case.kind, office=office, turn=case.turn), by=by, at=at)
    return case


def require_holder(office: str, by: Actor, at: datetime) -> None:
    """The actor acts in this office, by an appointment in force."""
    if not _holds(office, by, at):
        raise Refusal("case.not_your_turn", _NOT_YOUR_TURN, status=403)


def _holds(office: str, by: Actor, at: datetime) -> bool:
    if by.person_id is None or by.appointment_id is None:
        return False
    return appointments_of(by.person_id, at).filter(pk=by.appointment_id, office__code=office).exists()


def _paraf(office: str, by: Actor, at: datetime) -> dict[str, str]:
    return {
        "office": office,
        "appointment_id": str(by.appointment_id),
        "person_id": str(by.person_id),
        "at": at.isoformat(),
    }
