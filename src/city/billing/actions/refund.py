"""Held money is asked back, and approved by another person; send_refund.py sends it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.billing.actions.instalments import Answer
from city.billing.actions.lock import locked_held, wrong
from city.billing.declare import BANKS, DECIDE, TREASURY
from city.billing.events import RefundApproved, RefundAsked, RefundRefused
from city.billing.models import Held, Refund
from city.billing.queries import about_account, is_payer, may_act_for_payer, owner_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.subjects import seal_for

_UNKNOWN_BANK = _("Bank ini tidak kami kenali. Tulis nama pendeknya, misalnya BRI, atau tiga angka kode banknya.")
NONE = _("Permintaan pengembalian ini tidak ada.")
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


def _is_hers(held: Held, actor: Actor, at: datetime) -> bool:
    """The payer herself, or who holds her mandate."""
    if held.bill is None or actor.person_id is None:
        return False
    return actor.person_id == held.bill.payer_id or may_act_for_payer(held.bill, actor.person_id, at)


@transaction.atomic
def decide_refund(*, refund_id: UUID, answer: Answer, actor: Actor, at: datetime) -> Refund:
    """Approve, or refuse with a reason: never who asked, the payer, or who holds her mandate. The same answer again
    changes nothing.

    Raises Refusal 403, 404, 409 when it was answered otherwise, 422 for a refusal without words.
    """
    actor.require(DECIDE)
    row, held = locked_refund(refund_id)
    if actor.person_id in (None, row.asked_by) or _is_hers(held, actor, at):
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
        let_go(row, held, answer.words)
    event = RefundApproved if answer.yes else RefundRefused
    publish(event(refund_id=row.pk, bill_id=held.bill_id), by=actor, at=at)
    return row


def let_go(row: Refund, held: Held, words: str) -> None:
    """The money is held for its payer again."""
    row.state, row.answer, row.trouble = Refund.State.REFUSED, words.strip()[:400], ""
    row.save()
    held.used -= row.amount
    held.save(update_fields=["used"])


def locked_refund(refund_id: UUID) -> tuple[Refund, Held]:
    """The refund with its held money and bill locked before it. Refuses (404) an id none has."""
    held_id = Refund.objects.filter(pk=refund_id).values_list("held_id", flat=True).first()
    if held_id is None:
        raise Refusal("refund.unknown", NONE, status=404)
    held = locked_held(held_id)
    return Refund.objects.select_for_update(no_key=True).get(pk=refund_id), held
