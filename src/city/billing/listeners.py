"""Who hears of money: its payer, and the offices that must answer her."""

from datetime import datetime
from uuid import UUID

from city.billing import actions, events
from city.billing.models import Bill, InstalmentPlan, Objection, Refund
from city.billing.queries import next_due
from city.kernel.events import listens
from city.kernel.models import EventRecord
from city.kernel.rules import WIB


@listens(to=events.PaymentReceived)
def tell_received(event: events.PaymentReceived, record: EventRecord) -> None:
    """Part of a bill, and what found no place on it. A bill paid in full is told by whoever waited for the money."""
    if event.bill_id is None:
        return
    bill = Bill.objects.get(pk=event.bill_id)
    _tell_part(bill, event.amount - event.held, record.at)
    if event.held:
        code = "bill.held_cancelled" if bill.state == Bill.State.CANCELLED else "bill.held"
        actions.tell_payer(bill, code, at=record.at, amount=event.held)


@listens(to=events.ReceiptMatched)
def tell_matched(event: events.ReceiptMatched, record: EventRecord) -> None:
    _tell_part(Bill.objects.get(pk=event.bill_id), event.amount, record.at)


def _tell_part(bill: Bill, amount: int, at: datetime) -> None:
    """In agreed parts only the next of them is asked for by its day; a day that has passed is no last day to pay by."""
    if amount and bill.takes_money:
        due = next_due(bill)
        code = "bill.next_part" if due.place else "bill.part_paid"
        if due.day < at.astimezone(WIB).date():
            code = "bill.part_paid_late"
        actions.tell_payer(bill, code, at=at, amount=amount, rest=due.amount, day=due.day)


@listens(to=events.InterestCharged)
def tell_interest(event: events.InterestCharged, record: EventRecord) -> None:
    """Not what a late message of the bank took off again: the bill's page tells that."""
    bill = Bill.objects.get(pk=event.bill_id)
    if event.amount > 0 and bill.takes_money:
        actions.tell_payer(bill, "bill.interest", at=record.at, amount=event.amount, rest=next_due(bill).amount)


@listens(to=events.InstalmentsAsked)
def ask_for_instalments(event: events.InstalmentsAsked, record: EventRecord) -> None:
    bill, plan = Bill.objects.get(pk=event.bill_id), InstalmentPlan.objects.get(pk=event.plan_id)
    actions.tell_deciders(bill, "treasury.instalments", at=record.at, count=plan.count, day=bill.due_on)


@listens(to=events.InstalmentsDecided)
def tell_instalments(event: events.InstalmentsDecided, record: EventRecord) -> None:
    bill, plan = Bill.objects.get(pk=event.bill_id), InstalmentPlan.objects.get(pk=event.plan_id)
    code = "bill.instalments_agreed" if event.agreed else "bill.instalments_refused"
    actions.tell_payer(bill, code, at=record.at, count=plan.count, day=bill.due_on)


@listens(to=events.ObjectionFiled)
def ask_for_ruling(event: events.ObjectionFiled, record: EventRecord) -> None:
    bill, objection = Bill.objects.get(pk=event.bill_id), Objection.objects.get(pk=event.objection_id)
    actions.tell_deciders(bill, "treasury.objection", at=record.at, day=objection.decide_by)


@listens(to=events.ObjectionDecided)
def tell_ruling(event: events.ObjectionDecided, record: EventRecord) -> None:
    bill = Bill.objects.get(pk=event.bill_id)
    actions.tell_payer(bill, f"bill.objection_{event.outcome}", at=record.at, amount=bill.principal)


@listens(to=events.RefundAsked)
def ask_for_refund(event: events.RefundAsked, record: EventRecord) -> None:
    bill = _bill_of(event.bill_id)
    if bill is not None:
        actions.tell_deciders(bill, "treasury.refund", at=record.at, amount=event.amount)


@listens(to=events.RefundSent)
def tell_sent(event: events.RefundSent, record: EventRecord) -> None:
    _tell_refund(event, "bill.refund_sent", record.at)


@listens(to=events.RefundRefused)
def tell_refused(event: events.RefundRefused, record: EventRecord) -> None:
    _tell_refund(event, "bill.refund_refused", record.at)


def _tell_refund(event: events.RefundEvent, code: str, at: datetime) -> None:
    """Money of an unknown payer has nobody to be told."""
    bill = _bill_of(event.bill_id)
    if bill is not None:
        actions.tell_payer(bill, code, at=at, amount=Refund.objects.get(pk=event.refund_id).amount)


def _bill_of(bill_id: UUID | None) -> Bill | None:
    return Bill.objects.get(pk=bill_id) if bill_id is not None else None
