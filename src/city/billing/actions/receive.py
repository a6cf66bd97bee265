"""Money came. Whatever it is for, however often and in whatever order it is told, it is kept once and seen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from city.billing.actions.ask_payment import the_bank
from city.billing.actions.lock import day_of, locked
from city.billing.actions.posting import KEEPER, Arrival, Paper, held_document
from city.billing.actions.rework import Rework
from city.billing.declare import BankReceipt, BankRefused
from city.billing.events import PaymentContradicted, PaymentReceived
from city.billing.models import Applied, Bill, Held, InterestCharge, PaymentRequest, Receipt, ReceiptConflict
from city.billing.queries import bill_for, interest_on
from city.billing.rules.bills import share_of
from city.billing.rules.interest import Paid
from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.turns import take_turn
from city.ledger.actions import post
from city.ledger.declare import Document

BANK = system("bank")
CHANNELS = frozenset(Receipt.Channel.values) - {Receipt.Channel.CASH}


@transaction.atomic
def receive(*, receipt: BankReceipt, at: datetime, actor: Actor = BANK) -> Receipt:
    """Keep what the bank told: on its bill as far as that is open, the rest held. Told again it is answered as it
    stands; told again otherwise, that is kept as a contradiction.

    `at` is now; `receipt.paid_at` says from which day it counts against interest. Raises Refusal 422 for a sum of
    nothing or an unknown channel; nothing the bank took is ever refused.
    """
    _require_sense(receipt)
    take_turn(f"bank:{receipt.bank_reference}")
    known = Receipt.objects.filter(bank_reference=receipt.bank_reference).first()
    if known is not None:
        return _told_again(known, receipt, at=at)
    asked = PaymentRequest.objects.filter(channel=receipt.channel, reference=receipt.reference).first()
    bill = locked(asked.bill_id) if asked is not None else None
    money = Money(receipt.channel, receipt.bank_reference, receipt.amount, receipt.paid_at, receipt.reference)
    return keep(money, bill, asked=asked, payer_name=receipt.payer_name, by=Told(actor, at))


def _require_sense(receipt: BankReceipt) -> None:
    if receipt.amount <= 0 or receipt.channel not in CHANNELS or not receipt.bank_reference:
        raise Refusal("receipt.senseless", "A receipt has a channel, the bank's reference and a sum.", status=422)


def _told_again(known: Receipt, told: BankReceipt, *, at: datetime) -> Receipt:
    same = (known.channel, known.reference, known.amount) == (told.channel, told.reference, told.amount)
    if not same:
        otherwise = {"channel": told.channel, "reference": told.reference, "amount": told.amount}
        _row, new = ReceiptConflict.objects.get_or_create(receipt=known, **otherwise, defaults={"at": at})
        if new:
            publish(PaymentContradicted(receipt_id=known.pk), by=BANK, at=at)
    return known


@dataclass(frozen=True)
class Money:
    """What came: `mark` is the bank's reference, or the counter's own for cash."""

    channel: str
    mark: str
    amount: int
    paid_at: datetime
    reference: str = ""

    @property
    def day(self) -> date:
        return day_of(self.paid_at)


@dataclass(frozen=True)
class Told:
    """By whom, and when it was told."""

    actor: Actor
    at: datetime


def keep(
    money: Money, bill: Bill | None, *, asked: PaymentRequest | None = None, payer_name: str = "", by: Told
) -> Receipt:
    """Post and keep money, on the locked bill as far as that is open. The value day is never after the posting day.

    On a settled bill it is held, but may prove that she paid in time: then interest falls away, and is held too.
    """
    receipt_id, day = new_id(), min(money.day, day_of(by.at))
    paper = Paper("billing.receipt", receipt_id, day)
    work = _reworked(bill, paper, Paid(day, money.amount), by)
    on_bill, rest = share_of(money.amount, work.bill.figures, takes_money=True) if work else (0, money.amount)
    entity = bill.agency if bill is not None else KEEPER
    type_ = "TBP" if money.channel == Receipt.Channel.CASH else "NK"
    also = [held_document(entity, paper, rest, type_)] if rest else []
    label = _booked(work, Arrival(paper, on_bill, type_), also, by)
    row = Receipt.objects.create(
        id=receipt_id,
        bank_reference=money.mark,
        channel=money.channel,
        reference=money.reference,
        request=asked,
        bill=bill,
        amount=money.amount,
        on_bill=on_bill,
        payer_name=payer_name[:160],
        entity=entity,
        label=label,
        paid_at=money.paid_at,
        paid_on=day,
        received_at=by.at,
        received_by=by.actor.ref,
    )
    _spread(row, rest, by.at)
    event = PaymentReceived(
        receipt_id=row.pk, bill_id=bill.pk if bill else None, channel=row.channel, amount=row.amount, held=rest
    )
    publish(event, by=by.actor, at=by.at)
    if work is not None:
        work.tell()
    return row


def _reworked(bill: Bill | None, paper: Paper, paid: Paid, by: Told) -> Rework | None:
    """The bill with its interest as this payment leaves it; None where it can change nothing."""
    if bill is None or not (bill.takes_money or bill.interest):
        return None
    work = Rework(bill, paper, by.actor, by.at)
    settle_interest(work, paid)
    return work


def settle_interest(work: Rework, paid: Paid) -> None:
    """Interest as it stands with this payment counted from its day: months begun before it are charged, months charged
    that it came before are annulled."""
    bill = work.bill
    last = InterestCharge.objects.filter(bill=bill).order_by("-until").values_list("until", flat=True).first()
    work.until = max(paid.day, last) if last else paid.day
    earned = interest_on(bill, work.until, more=(paid,))
    bill.interest = earned if bill.takes_money else min(bill.interest, earned)


def _booked(work: Rework | None, arrival: Arrival, also: list[Document], by: Told) -> str:
    """The label under which the money stands in the ledger."""
    if work is None:
        return post(documents=also, actor=by.actor, at=by.at)[0].label
    return work.book(arrival, also)


def _spread(row: Receipt, rest: int, at: datetime) -> None:
    if row.bill is not None and row.on_bill:
        Applied.objects.create(bill=row.bill, receipt=row, amount=row.on_bill, value_on=row.paid_on, at=at)
    if rest:
        held = {"receipt": row, "bill": row.bill, "entity": row.entity, "amount": rest, "at": at}
        Held.objects.create(**held, reason=_why(row))


def _why(row: Receipt) -> str:
    if row.bill is None:
        return Held.Reason.UNKNOWN
    if row.bill.state == Bill.State.CANCELLED:
        return Held.Reason.CANCELLED
    return Held.Reason.OVERPAID if row.on_bill else Held.Reason.PAID_TWICE


def inquire(*, bill_id: UUID, actor: Actor, at: datetime) -> int:
    """Ask the bank itself what was paid on a bill's orders; what it knows is received. Returns how many were new.

    Raises Refusal 404 for a foreign bill, 503 when the bank does not answer.
    """
    bill = bill_for(actor, bill_id, at)
    bank = the_bank()
    found: list[BankReceipt] = []
    for asked in PaymentRequest.objects.filter(bill=bill).order_by("-asked_at")[:10]:
        try:
            found += bank.inquire(asked.channel, asked.reference)
        except BankRefused as refused:
            raise Refusal("bank.silent", refused.sentence, status=503) from refused
    before = Receipt.objects.filter(bill=bill).count()
    for one in found:
        receive(receipt=one, at=at)
    return Receipt.objects.filter(bill=bill).count() - before
