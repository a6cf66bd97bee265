"""The payer asks for a QR code or a virtual account: the bank is asked outside any transaction."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, locked, named, not_now, require_payer, wrong
from city.billing.declare import BANKS, QRIS, VA, AccountOrder, Bank, BankRefused, BankUnreachable, QrisOrder
from city.billing.events import PaymentAsked
from city.billing.models import Bill, PaymentRequest
from city.billing.queries import bill_for, next_due, payer_name
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.rules import WIB

QRIS_LASTS = timedelta(hours=24)
LONGEST_ACCOUNT = timedelta(days=30)
_NO_BANK = _("Pembayaran lewat bank belum tersedia di sini. Bayar di loket, atau coba lagi nanti.")
_SILENT = _("Bank belum menjawab. Tidak ada yang terpotong. Coba lagi sebentar lagi, atau pilih cara lain.")


@dataclass(frozen=True)
class _Wanted:
    channel: str
    amount: int


@dataclass(frozen=True)
class _Made:
    code: str
    reference: str
    expires_at: datetime


def the_bank() -> Bank:
    """The city's bank. Refuses (503) where none is connected."""
    bank = next(iter(BANKS), None)
    if bank is None:
        raise Refusal("bank.none", _NO_BANK, status=503)
    return bank


def ask_payment(*, bill_id: UUID, channel: str, actor: Actor, at: datetime, whole: bool = False) -> PaymentRequest:
    """A way to pay what is due next: the coming part of agreed instalments, else all that is open (`whole`: all of it
    anyway). An order that still holds for the same amount is given again.

    Raises Refusal 404 for a foreign bill, 409 when nothing is due, 422 for an unknown channel or what the bank
    refuses, 503 when it does not answer: nothing is stored then, and asking again is safe.
    """
    bill = bill_for(actor, bill_id, at)
    require_payer(bill, actor, at)
    if channel not in (QRIS, VA):
        raise wrong("bill.no_channel", "channel", _("Pilih QRIS atau virtual account."))
    if not bill.takes_money:
        raise not_now(bill)
    amount = bill.outstanding if whole else next_due(bill).amount
    holds = request_that_holds(bill, channel, amount, at)
    if holds is not None:
        return holds
    bank = the_bank()
    try:
        made = _asked(bank, bill, _Wanted(channel, amount), at)
    except BankUnreachable as silent:
        raise Refusal("bank.silent", _SILENT, status=503) from silent
    except BankRefused as refused:
        raise Refusal("bank.refused", refused.sentence, status=422) from refused
    return _kept(bill, _Wanted(channel, amount), made, actor=actor, at=at)


def request_that_holds(bill: Bill, channel: str, amount: int, at: datetime) -> PaymentRequest | None:
    """The newest order of this channel, if it has not expired and asks for this amount."""
    newest = PaymentRequest.objects.filter(bill=bill, channel=channel).order_by("-asked_at").first()
    holds = newest is not None and newest.expires_at > at and newest.amount == amount
    return newest if holds else None


def _asked(bank: Bank, bill: Bill, wanted: _Wanted, at: datetime) -> _Made:
    if wanted.channel == QRIS:
        code = bank.ask_qris(QrisOrder(bill.pk, bill.number, wanted.amount, at + QRIS_LASTS))
        return _Made(code.payload, code.reference, code.expires_at)
    last = datetime.combine(max(bill.due_on, day_of(at) + timedelta(days=1)), time(23, 59), WIB)
    until = min(last, at + LONGEST_ACCOUNT)
    account = bank.ask_account(AccountOrder(bill.pk, bill.number, payer_name(bill), wanted.amount, until))
    return _Made(account.number, account.reference, account.expires_at)


@transaction.atomic
def _kept(bill: Bill, wanted: _Wanted, made: _Made, *, actor: Actor, at: datetime) -> PaymentRequest:
    """One row for each reference of the bank, whoever asked first."""
    bill = locked(bill.pk)
    again = PaymentRequest.objects.filter(channel=wanted.channel, reference=made.reference).first()
    if again is not None:
        return again
    row = PaymentRequest.objects.create(
        bill=bill,
        channel=wanted.channel,
        reference=made.reference,
        code=made.code,
        amount=wanted.amount,
        simulated=the_bank().simulated,
        expires_at=made.expires_at,
        asked_at=at,
    )
    publish(PaymentAsked(**named(bill), channel=wanted.channel, request_id=row.pk), by=actor, at=at)
    return row
