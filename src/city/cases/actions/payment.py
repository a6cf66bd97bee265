"""Waiting for money: the applicant has the bill, the bill is settled, or its day has passed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.billing.actions import cancel as cancel_bill
from city.billing.models import Bill
from city.billing.queries import payable_until
from city.cases.actions import steps
from city.cases.actions.clock import mornings_to_come, set_clock
from city.cases.actions.lock import kept, locked
from city.cases.declare import FeePlan
from city.cases.events import AssessmentReopened, CaseLapsed, CasePaid, PaymentAwaited, PaymentOverdue, PaymentReminded
from city.cases.models import Case, Pause
from city.cases.queries import case_bill, is_fee_settled, is_waived, running_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import closing_time, day_of, end_of, pause_from, pause_until
from city.cases.rules.states import State
from city.kernel.actor import Actor, system
from city.kernel.events import publish
from city.kernel.queries import working_calendar

US, CLOCK = system("cases"), system("clock")
PAUSE = "payment"
REMINDED_BEFORE = 3  # days before the due date
UNPAID, REMIND = "unpaid", "remind_payment"


@transaction.atomic
def await_payment(*, case_id: UUID, bill_id: UUID, at: datetime) -> Case:
    """The bill went out: the applicant has it until its due date, and the office's time rests where the kind says so.
    Repeating changes nothing."""
    case = locked(case_id)
    bill, plan = case_bill(case_id), spec_of(case.kind_version_id).fee
    if case.state != State.ASSESSED or bill is None or bill.pk != bill_id or plan is None:
        return case
    case.state = State.AWAITING_PAYMENT
    if plan.pauses_clock:
        _rest(case, at)
    _set_times(case, bill, at)
    kept(case, at=at)
    publish(PaymentAwaited(case_id=case.pk, kind=case.kind, bill_id=bill.pk, due_on=bill.due_on), by=US, at=at)
    return case


def _rest(case: Case, at: datetime) -> None:
    """From tomorrow: the day of the bill was the office's. A return and a bill that rest the same day count once."""
    if case.day_one is not None:
        Pause.objects.create(case=case, from_day=pause_from(at), reason=PAUSE)
        running = running_of(case)
        if running is not None:
            set_clock(case, running, "awaiting_payment", at=at)


def _set_times(case: Case, bill: Bill, at: datetime) -> None:
    case.urgent_on = bill.due_on
    calendar = working_calendar()
    before = calendar.days_between(day_of(at), bill.due_on)[:-1][-REMINDED_BEFORE:]
    reminder = mornings_to_come({REMIND: before[0] if before else None}, at)
    steps.set_times(case, {UNPAID: end_of(bill.due_on), **reminder})


@transaction.atomic
def note_payment(*, case_id: UUID, bill_id: UUID, by: Actor, at: datetime) -> Case:
    """The bill is settled, and nothing else lets the case go on: it is asked of billing, never believed of a caller.

    A case that ended meanwhile keeps its end. Repeating changes nothing.
    """
    case, bill = locked(case_id), case_bill(case_id)
    if case.state not in states.BILLED or bill is None or bill.pk != bill_id or not is_fee_settled(case_id):
        return case
    steps.done(case, states.PAY, by=by, at=at, again=False)
    steps.moved_on(case, State.PAID)
    _go_on(case, at)
    kept(case, at=at)
    paid = CasePaid(case_id=case.pk, kind=case.kind, bill_id=bill.pk, turn=case.turn, waived=is_waived(bill))
    publish(paid, by=by, at=at)
    return case


@transaction.atomic
def follow_cancellation(*, case_id: UUID, bill_id: UUID, by: Actor, at: datetime) -> Case:
    """The bill was cancelled by those who keep the money. An objection granted whole counts as paid; a wrong bill is
    assessed again. A case that ended, and so cancelled it, stays as it is."""
    case, bill = locked(case_id), case_bill(case_id)
    if case.state not in states.BILLED or bill is None or bill.pk != bill_id or bill.state != Bill.State.CANCELLED:
        return case
    if is_waived(bill):
        return note_payment(case_id=case_id, bill_id=bill_id, by=by, at=at)
    steps.done(case, states.PAY, by=by, at=at, again=True)
    steps.moved_on(case, State.RECOMMENDED)
    _go_on(case, at)
    kept(case, at=at)
    publish(AssessmentReopened(case_id=case.pk, kind=case.kind, bill_id=bill.pk, turn=case.turn), by=by, at=at)
    return case


def _go_on(case: Case, at: datetime) -> None:
    calendar, spec = working_calendar(), spec_of(case.kind_version_id)
    closes = closing_time(str(spec.setting("closes_at", day_of(at)).value))
    rested = Pause.objects.filter(case_id=case.pk, reason=PAUSE, until_day=None)
    rested.update(until_day=pause_until(at, calendar, closes))
    running = running_of(case, calendar)
    if running is not None:
        set_clock(case, running, "paid", at=at)
        case.urgent_on = case.due_on or case.urgent_on


@transaction.atomic
def remind_payment(*, case_id: UUID, at: datetime) -> bool:
    """Have the applicant reminded that a bill falls due; False when there is nothing to pay any more."""
    case, bill = locked(case_id), case_bill(case_id)
    if case.state not in states.BILLED or bill is None or not bill.takes_money or day_of(at) > bill.due_on:
        return False
    publish(PaymentReminded(case_id=case.pk, kind=case.kind, bill_id=bill.pk, due_on=bill.due_on), by=CLOCK, at=at)
    return True


@transaction.atomic
def fall_due(*, case_id: UUID, at: datetime) -> Case:
    """The due date has passed unpaid. The kind's rule: the case lapses and its bill is cancelled, or it goes on waiting
    while the bill grows by law. A bill that was given a later day, objected to or paid in part is not let lapse, and
    one with a code that may still be paid not yet."""
    case, bill = locked(case_id), case_bill(case_id)
    plan = spec_of(case.kind_version_id).fee
    if case.state not in states.BILLED or bill is None or plan is None or not bill.takes_money:
        return case
    if day_of(at) <= bill.due_on:
        _set_times(case, bill, at)
        case.save(update_fields=["urgent_on"])
        return case
    if _lapses(plan, bill):
        if (last := payable_until(bill)) > at:  # she holds a code that says so
            steps.set_times(case, {UNPAID: last})
            return case
        return _lapsed(case, at)
    publish(PaymentOverdue(case_id=case.pk, kind=case.kind, bill_id=bill.pk), by=CLOCK, at=at)
    return case


def _lapses(plan: FeePlan, bill: Bill) -> bool:
    return plan.unpaid == "lapse" and not bill.paid and not bill.objections.filter(decided_at=None).exists()


def _lapsed(case: Case, at: datetime) -> Case:
    cancel_open_bill(case, "Permohonan gugur: tidak dibayar sampai jatuh tempo.", at=at)
    steps.ended(case, State.LAPSED, "unpaid", by=CLOCK, at=at)
    kept(case, at=at)
    publish(CaseLapsed(case_id=case.pk, kind=case.kind, round=0, because="unpaid"), by=CLOCK, at=at)
    return case


def cancel_open_bill(case: Case, reason: str, *, at: datetime) -> None:
    """A case that ends owes nothing more; what was paid on the bill is held for its payer. A settled bill stays: money
    that the city holds is given back by its treasurer, who says why."""
    bill = case_bill(case.pk)
    if bill is not None and bill.takes_money:
        cancel_bill(bill_id=bill.pk, reason=reason, actor=US, at=at)
