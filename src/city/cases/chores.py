"""What the clock does to cases, and how the workflow finds it."""

from datetime import datetime
from uuid import UUID

from city.cases import actions
from city.kernel.pulse import every
from city.workflow.declare import LOCKS, TIMERS


def _lapse(case_id: UUID, at: datetime) -> None:
    actions.lapse(case_id=case_id, at=at)


def _remind(case_id: UUID, at: datetime) -> None:
    actions.remind(case_id=case_id, at=at)


def _warn(case_id: UUID, at: datetime) -> None:
    actions.warn(case_id=case_id, at=at)


def _remind_payment(case_id: UUID, at: datetime) -> None:
    actions.remind_payment(case_id=case_id, at=at)


def _fall_due(case_id: UUID, at: datetime) -> None:
    actions.fall_due(case_id=case_id, at=at)


def _deem_approved(case_id: UUID, at: datetime) -> None:
    actions.deem_approved(case_id=case_id, at=at)


LOCKS.add("case", actions.lock_row)
# By the names drawings use; a kind whose clock is not five days long names the action itself ("cases.warn").
TIMERS.add("lapse", _lapse)
TIMERS.add("automatic", _deem_approved)
TIMERS.add("remind_payment", _remind_payment)
TIMERS.add("unpaid", _fall_due)
for name in ("remind_5", "remind_2", "cases.remind"):
    TIMERS.add(name, _remind)
for name in ("warn_3", "warn_4", "cases.warn"):
    TIMERS.add(name, _warn)


@every(seconds=60)
def follow_calendar(at: datetime) -> int:
    """A holiday set or moved changes every running deadline it touches."""
    return actions.follow_calendar(at)


@every(seconds=300)
def write_old_papers_again(at: datetime) -> int:
    """A new day begins: what waits for a signature is written with its date, and in the name of who signs today."""
    return actions.write_old_papers_again(at)


@every(seconds=600)
def remind_reviewers(at: datetime) -> int:
    """Agencies that owe an opinion beyond their share of the time are reminded, once a working day."""
    return actions.remind_reviewers(at)
