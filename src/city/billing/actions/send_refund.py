"""An approved refund goes out through the bank, is seen on its statement, or comes back."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from city.billing.actions.ask_payment import the_bank
from city.billing.actions.lock import day_of
from city.billing.actions.posting import Paper, given_back
from city.billing.actions.refund import NONE, let_go, locked_refund
from city.billing.declare import BankRefused, BankUnreachable, TransferOrder
from city.billing.events import RefundConfirmed, RefundRefused, RefundSent
from city.billing.models import Refund
from city.billing.queries import account_of
from city.kernel.actor import system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.keyring import KeyLost
from city.ledger.actions import post, reverse

log = logging.getLogger(__name__)
BANK = system("bank")
SEND_REFUNDS, FOLLOW_REFUNDS = "billing.send_refunds", "billing.follow_refunds"
ROUND = 100  # refunds handed to the bank in one turn
FOLLOWED = timedelta(days=60)  # banks answer for about two months about a transfer
_ACCOUNT_ERASED = _(
    "Nomor rekeningnya sudah dihapus atas permintaan pemiliknya. Uangnya tetap tercatat sebagai utang kota."
)
_OUR_FAULT = _("Terhenti oleh kesalahan di sistem ini, yang sudah tercatat. Kami coba lagi; uangnya aman.")
_CAME_BACK = _("Bank tujuan mengembalikan uang ini. Periksa nomor rekening dan nama pemiliknya, lalu minta lagi.")


def send_refund(*, refund_id: UUID, at: datetime) -> Refund:
    """Give an approved refund to the bank, then note it and post it. The bank moves an order's id once, so a stop in
    between is mended by sending again, and so is its silence. What the bank says will never arrive is not tried for
    ever: the money is held again, and the payer reads the bank's words and may name another account."""
    row = Refund.objects.select_related("held__bill").filter(pk=refund_id).first()
    if row is None:
        raise Refusal("refund.unknown", NONE, status=404)
    if row.state != Refund.State.APPROVED:
        return row
    try:
        order = TransferOrder(row.pk, row.to_bank, account_of(row), row.to_name, row.amount, row.reason)
        reference = the_bank().transfer_back(order)
    except KeyLost:
        return _in_trouble(row, _ACCOUNT_ERASED)
    except BankUnreachable as silent:
        return _in_trouble(row, silent.sentence)
    except BankRefused as refused:
        return _turned_down(refund_id, str(refused.sentence), at)
    return _sent(refund_id, reference, at)


def _in_trouble(row: Refund, sentence: object) -> Refund:
    """Not sent, as the treasurer reads it; tried again."""
    Refund.objects.filter(pk=row.pk, state=Refund.State.APPROVED).update(trouble=str(sentence)[:400])
    row.refresh_from_db()
    return row


@transaction.atomic
def _turned_down(refund_id: UUID, words: str, at: datetime) -> Refund:
    row, held = locked_refund(refund_id)
    if row.state == Refund.State.APPROVED:
        let_go(row, held, words)
        publish(RefundRefused(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    return row


@transaction.atomic
def _sent(refund_id: UUID, reference: str, at: datetime) -> Refund:
    row, held = locked_refund(refund_id)
    if row.state != Refund.State.APPROVED:
        return row
    paper = Paper("billing.refund", row.pk, day_of(at))
    posted = post(documents=[given_back(held.entity, paper, row.amount)], actor=BANK, at=at)[0]
    row.state, row.bank_reference, row.label, row.trouble = Refund.State.SENT, reference, posted.label, ""
    row.sent_at, row.sent_on = at, day_of(at)
    row.save()
    publish(RefundSent(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    return row


def send_refunds(at: datetime) -> int:
    """Everything approved and not yet sent, what had trouble before last: one that cannot go holds none of the others.
    Returns how many the bank took."""
    troubled = Case(When(trouble="", then=Value(0)), default=Value(1))
    waiting = Refund.objects.filter(state=Refund.State.APPROVED).order_by(troubled, "decided_at")[:ROUND]
    return sum(_sent_or_troubled(row, at) for row in waiting)


def _sent_or_troubled(row: Refund, at: datetime) -> bool:
    try:
        return send_refund(refund_id=row.pk, at=at).state == Refund.State.SENT
    except Exception:
        log.exception("refund %s could not be sent", row.pk)
        _in_trouble(row, _OUR_FAULT)
        return False


@transaction.atomic
def confirm_refund(*, refund_id: UUID, at: datetime) -> Refund:
    """The bank's statement shows it. Repeatable; raises Refusal 404."""
    row, held = locked_refund(refund_id)
    if row.state == Refund.State.SENT:
        row.state, row.confirmed_at = Refund.State.CONFIRMED, at
        row.save()
        publish(RefundConfirmed(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    return row


@transaction.atomic
def take_back_refund(*, refund_id: UUID, at: datetime, bank_reference: str = "") -> Refund:
    """What was sent, and perhaps seen on a statement, is on the city's account again: its posting is reversed, the
    money is held again, and the payer may name another account.

    `bank_reference` is the statement line's, where a statement tells it; one told later is noted. Repeatable; a refund
    that was never sent stays as it is. Raises Refusal 404.
    """
    row, held = locked_refund(refund_id)
    if row.state in (Refund.State.SENT, Refund.State.CONFIRMED) and row.sent_on is not None:
        paper = Paper("billing.refund", row.pk, row.sent_on)
        known = post(documents=[given_back(held.entity, paper, row.amount)], actor=BANK, at=at)[0]  # told again: found
        reverse(document=known.id, reason=f"Dana kembali: {row.label}", actor=BANK, at=at)
        row.returned_on, row.return_reference = day_of(at), bank_reference
        let_go(row, held, str(_CAME_BACK))
        publish(RefundRefused(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    elif row.returned_on is not None and bank_reference and not row.return_reference:
        row.return_reference = bank_reference
        row.save(update_fields=["return_reference"])
    return row


def follow_refunds(at: datetime) -> int:
    """Ask the bank about everything sent that no statement shows yet; returns how many came back."""
    sent = Refund.objects.filter(state=Refund.State.SENT, sent_at__gt=at - FOLLOWED).order_by("sent_at")
    bank, found = the_bank(), 0
    for row in sent:
        try:
            if bank.came_back(row.pk, row.to_bank):
                take_back_refund(refund_id=row.pk, at=at)
                found += 1
        except BankUnreachable:
            return found
        except Exception:
            log.exception("refund %s could not be followed", row.pk)
    return found
