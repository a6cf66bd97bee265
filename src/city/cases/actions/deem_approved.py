"""Nobody decided in time: the law grants (UU 30/2014 art. 53), and the agency's e-seal stands for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked
from city.cases.actions.number_decision import give_up_number, number_decision
from city.cases.actions.withdraw import close_returns
from city.cases.events import CaseDeemedApproved, SilenceBlocked
from city.cases.models import Case, Correction, Decision, Number
from city.cases.queries import decision_of, silence_held_by, spec_of
from city.cases.rules.clock import day_of
from city.cases.rules.states import FINAL, State
from city.kernel.actor import system
from city.kernel.events import publish

CLOCK = system("clock")


@transaction.atomic
def deem_approved(*, case_id: UUID, at: datetime) -> bool:
    """Grant by silence once the last working day is over; the paper follows by a job, under the agency's e-seal.

    Blocked, on record, by an open return, a reasoned negative review, a drafted refusal, a fee not paid or an obstacle
    of its kind; and where the kind excludes it. False when nothing was granted. Repeating changes nothing.
    """
    case = locked(case_id)
    spec = spec_of(case.kind_version_id)
    decision = decision_of(case_id)
    if not spec.automatic or case.state in FINAL or case.day_one is None or _is_signed(decision):
        return False
    because = silence_held_by(case, decision, at)
    if not because and (case.due_on is None or day_of(at) <= case.due_on):
        return False
    if because:
        publish(SilenceBlocked(case_id=case.pk, kind=case.kind, because=because), by=CLOCK, at=at)
        return False
    granted = _granted(case, decision, at)
    number_decision(case, granted, spec, at=at, state=Number.State.USED)
    steps.ended(case, State.DEEMED_APPROVED, "deemed_approved", by=CLOCK, at=at)
    kept(case, at=at)
    number = granted.number.text if granted.number else ""
    publish(CaseDeemedApproved(case_id=case.pk, kind=case.kind, number=number), by=CLOCK, at=at)
    return True


def _is_signed(decision: Decision | None) -> bool:
    return decision is not None and decision.state == Decision.State.SIGNED


def _granted(case: Case, decision: Decision | None, at: datetime) -> Decision:
    """The decision the law made: an officer's unsigned draft gives way, its reserved number on record as void."""
    close_returns(case, Correction.State.CLOSED)
    if decision is not None:
        give_up_number(decision, "granted_by_silence", by=CLOCK, at=at)
    granted = decision or Decision(case=case)
    granted.outcome, granted.state, granted.automatic = Decision.Outcome.GRANT, Decision.State.SIGNED, True
    granted.drafter, granted.initials, granted.drafted_at, granted.signed_at = None, [], at, at
    return granted
