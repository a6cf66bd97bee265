"""Held money is given back: asked, approved by another person, sent through the bank, seen on its statement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.billing.actions.ask_payment import the_bank
from city.billing.actions.instalments import Answer
from city.billing.actions.lock import day_of, locked_held, wrong
from city.billing.actions.posting import Paper, given_back
from city.billing.declare import BANKS, DECIDE, TREASURY, BankRefused, BankUnreachable, TransferOrder
from city.billing.events import RefundApproved, RefundAsked, RefundConfirmed, RefundRefused, RefundSent
from city.billing.models import Held, Refund
from city.billing.queries import about_account, account_of, is_payer, owner_of
from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.subjects import seal_for
from city.ledger.actions import post

BANK = system("bank")
SEND_REFUNDS = "billing.send_refunds"
_UNKNOWN_BANK = _("Bank ini tidak kami kenali. Tulis nama pendeknya, misalnya BRI, atau tiga angka kode banknya.")
_NONE = _("Permintaan pengembalian ini tidak ada.")
_TWO_PEOPLE = _("Yang meminta pengembalian tidak boleh menyetujuinya sendiri. Minta rekan yang berwenang.")


@dataclass(frozen=True)
class Destination:
    """Where the money goes back to. `refund_id` is made by the page: sending the form twice asks once."""

    refund_id: UUID
    bank: str
    account: str
    name: str
    reason: str


@transaction.atomic
def ask_refund(*, held_id: UUID, to: Destination, actor: Actor, at: datetime) -> Refund:
    """Ask all that is left of held money back: its payer, or the treasurer for her. It is set aside at once.

    Raises Refusal 404 for foreign money, 409 when nothing is left, 422 for an account that cannot be one.
    """
    held = locked_held(held_id)
    asker = _asker(held, actor, at)
    again = Refund.objects.filter(pk=to.refund_id).first()
    if again is not None:
        return again
    if held.left == 0:
        raise Refusal("held.used_up", _("Uang ini sudah dipakai atau sudah diminta kembali."))
    account = _account(to)
    row = Refund.objects.create(
        id=to.refund_id,
        held=held,
        amount=held.left,
        reason=to.reason.strip()[:400],
        to_bank=to.bank.strip()[:60],
        to_account=seal_for(owner_of(held, to.refund_id), account, about=about_account(to.refund_id)),
        to_name=to.name.strip()[:160],
        asked_by=asker,
        asked_at=at,
    )
    held.used += row.amount
    held.save(update_fields=["used"])
    publish(RefundAsked(refund_id=row.pk, bill_id=held.bill_id, amount=row.amount), by=actor, at=at)
    return row


def _asker(held: Held, actor: Actor, at: datetime) -> UUID:
    """The payer herself, or the treasurer for her."""
    own = held.bill is not None and is_payer(held.bill, actor, at)
    if actor.person_id is None or not (own or actor.may(TREASURY)):
        raise Refusal("held.unknown", _("Uang titipan ini tidak ada. Muat ulang daftarnya."), status=404)
    return actor.person_id


def _account(to: Destination) -> str:
    digits = "".join(sign for sign in to.account if sign.isdigit())
    if not 6 <= len(digits) <= 20 or len(to.account) > 40:
        raise wrong("refund.account", "account", _("Nomor rekening 6 sampai 20 angka. Periksa lagi."))
    if not to.bank.strip():
        raise wrong("refund.bank", "bank", _("Tulis nama banknya."))
    if not all(bank.knows(to.bank) for bank in BANKS):
        raise wrong("refund.bank", "bank", _UNKNOWN_BANK)
    if not to.name.strip():
        raise wrong("refund.name", "name", _("Tulis nama pemilik rekening seperti di buku tabungan."))
    return digits


@transaction.atomic
def decide_refund(*, refund_id: UUID, answer: Answer, actor: Actor, at: datetime) -> Refund:
    """Approve, or refuse with a reason: never who asked, never the payer. Repeating the same answer changes nothing.

    Raises Refusal 403, 404, 409 when it was answered otherwise, 422 for a refusal without words.
    """
    actor.require(DECIDE)
    row, held = _locked(refund_id)
    payer = held.bill.payer_id if held.bill is not None else None
    if actor.person_id is None or actor.person_id in (row.asked_by, payer):
        raise Refusal("refund.two_people", _TWO_PEOPLE, status=403)
    wanted = Refund.State.APPROVED if answer.yes else Refund.State.REFUSED
    if row.state == wanted or (answer.yes and row.state in (Refund.State.SENT, Refund.State.CONFIRMED)):
        return row
    if row.state != Refund.State.ASKED:
        raise Refusal("refund.decided", _("Permintaan ini sudah dijawab. Lihat jawabannya."))
    if not answer.yes and not answer.words.strip():
        raise wrong("bill.no_reason", "words", _("Tulis alasannya, supaya pembayar tahu."))
    row.state, row.decided_by, row.decided_at = wanted, actor.person_id, at
    row.answer = answer.words.strip()[:400]
    if answer.yes:
        row.save()
    else:
        _let_go(row, held, answer.words)
    event = RefundApproved if answer.yes else RefundRefused
    publish(event(refund_id=row.pk, bill_id=held.bill_id), by=actor, at=at)
    return row


def send_refund(*, refund_id: UUID, at: datetime) -> Refund:
    """Give an approved refund to the bank, then note it and post it. The bank moves an order's id once, so a stop in
    between is mended by sending again, and so is its silence. What the bank refuses is not tried for ever: the money is
    held again, and the payer reads the bank's words and may name another account."""
    row = Refund.objects.select_related("held__bill").filter(pk=refund_id).first()
    if row is None:
        raise Refusal("refund.unknown", _NONE, status=404)
    if row.state != Refund.State.APPROVED:
        return row
    order = TransferOrder(row.pk, row.to_bank, account_of(row), row.to_name, row.amount, row.reason)
    try:
        reference = the_bank().transfer_back(order)
    except BankUnreachable as silent:
        Refund.objects.filter(pk=refund_id, state=Refund.State.APPROVED).update(trouble=str(silent.sentence)[:400])
        row.refresh_from_db()
        return row
    except BankRefused as refused:
        return _turned_down(refund_id, str(refused.sentence), at)
    return _sent(refund_id, reference, at)


@transaction.atomic
def _turned_down(refund_id: UUID, words: str, at: datetime) -> Refund:
    row, held = _locked(refund_id)
    if row.state == Refund.State.APPROVED:
        _let_go(row, held, words)
        publish(RefundRefused(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    return row


def _let_go(row: Refund, held: Held, words: str) -> None:
    """The money is held for its payer again."""
    row.state, row.answer, row.trouble = Refund.State.REFUSED, words.strip()[:400], ""
    row.save()
    held.used -= row.amount
    held.save(update_fields=["used"])


@transaction.atomic
def _sent(refund_id: UUID, reference: str, at: datetime) -> Refund:
    row, held = _locked(refund_id)
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
    """Everything approved and not yet sent; returns how many the bank took."""
    waiting = Refund.objects.filter(state=Refund.State.APPROVED).order_by("decided_at").values_list("pk", flat=True)
    return sum(send_refund(refund_id=one, at=at).state == Refund.State.SENT for one in waiting[:100])


@transaction.atomic
def confirm_refund(*, refund_id: UUID, at: datetime) -> Refund:
    """The bank's statement shows it. Repeatable; raises Refusal 404."""
    row, held = _locked(refund_id)
    if row.state == Refund.State.SENT:
        row.state, row.confirmed_at = Refund.State.CONFIRMED, at
        row.save()
        publish(RefundConfirmed(refund_id=row.pk, bill_id=held.bill_id), by=BANK, at=at)
    return row


def _locked(refund_id: UUID) -> tuple[Refund, Held]:
    held_id = Refund.objects.filter(pk=refund_id).values_list("held_id", flat=True).first()
    if held_id is None:
        raise Refusal("refund.unknown", _NONE, status=404)
    held = locked_held(held_id)
    return Refund.objects.select_for_update(no_key=True).get(pk=refund_id), held
