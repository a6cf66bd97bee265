"""The signed paper is stored: only now is the case decided for everybody."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions.lock import kept, locked
from city.cases.actions.payment import cancel_open_bill
from city.cases.events import CaseEvent, CaseIssued, CaseRejected
from city.cases.models import Case, Decision
from city.cases.queries import decision_of
from city.cases.rules.states import State
from city.kernel.actor import system
from city.kernel.events import publish

US = system("cases")


class NotSignedYet(Exception):
    """The paper came before its signature was recorded; ask again in a moment."""


@transaction.atomic
def mark_issued(*, case_id: UUID, paper_id: UUID, at: datetime) -> Case:
    """ISSUED, or REJECTED for a refusal, once the enriched paper is stored; a case granted by silence keeps its state
    and has its paper now. Repeating changes nothing. Raises NotSignedYet."""
    case = locked(case_id)
    decision = decision_of(case_id)
    if decision is None or decision.paper_id != paper_id:
        return case
    if decision.automatic:
        if decision.issued_at is None:
            _issued(case, decision, at)
        return case
    if case.state != State.SIGNING:
        return case
    if decision.state != Decision.State.SIGNED:
        raise NotSignedYet(str(case_id))
    granted = decision.outcome == Decision.Outcome.GRANT
    case.state, case.ended_at = (State.ISSUED if granted else State.REJECTED), at
    kept(case, at=at)
    if not granted:
        cancel_open_bill(case, "Permohonan ditolak.", at=at)
    _issued(case, decision, at)
    return case


def _issued(case: Case, decision: Decision, at: datetime) -> None:
    decision.issued_at = at
    decision.save(update_fields=["issued_at"])
    publish(_event(case, decision), by=US, at=at)


def _event(case: Case, decision: Decision) -> CaseEvent:
    if decision.paper_id is None or decision.number is None:
        raise RuntimeError(f"decision {decision.pk} was issued without paper or number")
    number = decision.number.text
    if decision.outcome == Decision.Outcome.REFUSE:
        return CaseRejected(
            case_id=case.pk,
            kind=case.kind,
            decision_id=decision.pk,
            paper_id=decision.paper_id,
            number=number,
            code=decision.refusal_code,
        )
    return CaseIssued(
        case_id=case.pk,
        kind=case.kind,
        decision_id=decision.pk,
        paper_id=decision.paper_id,
        number=number,
        automatic=decision.automatic,
    )
