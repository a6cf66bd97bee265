"""What every verb does first: lock the bill, see who asks, whether the page was fresh."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.billing.models import Bill, Held
from city.billing.queries import acts_on, may_act_for_payer, no_such_bill
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.rules import WIB

_STALE = gettext_lazy("Tagihan ini berubah sejak halaman ini dibuka. Lihat keadaan terbaru, lalu ulangi.")
_OWN = gettext_lazy("Ini tagihan Anda sendiri, atau Anda kuasa pembayarnya. Rekan lain yang harus mengurusnya.")
_OWN_FILING = gettext_lazy("Permintaan ini Anda sendiri yang mengajukan. Rekan lain yang harus menjawabnya.")


def day_of(at: datetime) -> date:
    """The day in Cilegon."""
    return at.astimezone(WIB).date()


def locked(bill_id: UUID) -> Bill:
    """The bill, locked until the transaction ends. Refuses (404) an id no bill has."""
    bill = Bill.objects.select_for_update(no_key=True).filter(pk=bill_id).first()
    if bill is None:
        raise no_such_bill()
    return bill


def locked_held(held_id: UUID) -> Held:
    """Held money with its bill locked before it. Refuses (404) an id there is none of."""
    bill_id = Held.objects.filter(pk=held_id).values_list("bill_id", flat=True).first()
    if bill_id is not None:
        locked(bill_id)
    held = (
        Held.objects.select_for_update(no_key=True, of=("self",)).select_related("receipt").filter(pk=held_id).first()
    )
    if held is None:
        raise Refusal("held.unknown", gettext_lazy("Uang titipan ini tidak ada. Muat ulang daftarnya."), status=404)
    return held


def require_payer(bill: Bill, actor: Actor, at: datetime) -> None:
    """Her own bill, or filed under the mandate she acts under; anybody else is told that it is not there."""
    if not acts_on(bill, actor, at):
        raise no_such_bill()


def require_decider(bill: Bill, actor: Actor, permission: str, at: datetime) -> None:
    """An office with this permission: not the payer herself, nor who may act for her (UU 30/2014 art. 42)."""
    actor.require(permission)
    if actor.person_id is None or actor.person_id == bill.payer_id or may_act_for_payer(bill, actor.person_id, at):
        raise Refusal("bill.own_interest", _OWN, status=403)


def require_another(actor: Actor, filed_by: str) -> None:
    """Nobody answers what she filed herself, for whomever it was."""
    if actor.ref == filed_by:
        raise Refusal("bill.own_filing", _OWN_FILING, status=403)


def require_fresh(bill: Bill, seen: int | None) -> None:
    """The page showed the bill as it is. `seen` None asks nothing."""
    if seen is not None and seen != bill.version:
        raise Refusal("bill.stale", _STALE)


def not_now(bill: Bill) -> Refusal:
    said = _("Tagihan ini sekarang: %(state)s. Langkah itu tidak bisa lagi.")
    return Refusal("bill.not_now", said % {"state": bill.get_state_display()})


def named(bill: Bill) -> dict[str, Any]:
    """What every event of a bill tells: which, and what it is for."""
    return {"bill_id": bill.pk, "of_kind": bill.subject_kind, "of_id": bill.subject_id}


def wrong(code: str, field: str, sentence: object) -> Refusal:
    """One thing to mend in a form (422)."""
    return Refusal(code, sentence, status=422, errors=[FieldError(field, sentence)])
