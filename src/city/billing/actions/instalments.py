"""A payer asks to pay in parts; the office agrees or says why not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import (
    day_of,
    locked,
    named,
    not_now,
    require_another,
    require_decider,
    require_payer,
    wrong,
)
from city.billing.declare import DECIDE
from city.billing.events import InstalmentsAsked, InstalmentsDecided
from city.billing.models import Bill, Instalment, InstalmentPlan
from city.billing.queries import most_instalments, next_due
from city.billing.rules.instalments import split
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish

_TOO_LATE = _("Tagihan ini sudah lewat jatuh tempo. Angsuran hanya bisa diminta dan disetujui sebelum itu.")
_TOO_LITTLE = _("Sisa tagihan ini terlalu sedikit untuk dibagi. Tolak permintaannya dengan alasan itu.")
_LONGEST = 1000


@transaction.atomic
def ask_instalments(*, bill_id: UUID, count: int, reason: str, actor: Actor, at: datetime) -> InstalmentPlan:
    """Ask to pay in `count` monthly parts. Asking the same again changes nothing.

    Raises Refusal 404 for a foreign bill, 409 when it is paid or overdue or a plan is there, 422 for a bad number.
    """
    bill = locked(bill_id)
    require_payer(bill, actor, at)
    again = InstalmentPlan.objects.filter(bill=bill).exclude(state=InstalmentPlan.State.REFUSED).first()
    if again is not None:
        if again.count == count:
            return again
        raise Refusal("bill.plan_already", _("Sudah ada permintaan angsuran untuk tagihan ini. Tunggu jawabannya."))
    _require_in_time(bill, at)
    most = most_instalments(day_of(at))
    if not 2 <= count <= min(most, bill.principal):
        said = gettext("Pilih 2 sampai %(most)s kali angsuran.") % {"most": most}
        raise wrong("bill.plan_count", "count", said)
    if not reason.strip() or len(reason) > _LONGEST:
        raise wrong("bill.plan_reason", "reason", _("Tulis alasannya, paling banyak 1.000 huruf."))
    asked = {"count": count, "reason": reason.strip(), "asked_at": at, "asked_by": actor.ref}
    plan = InstalmentPlan.objects.create(bill=bill, **asked)
    publish(InstalmentsAsked(**named(bill), plan_id=plan.pk), by=actor, at=at)
    return plan


@dataclass(frozen=True)
class Answer:
    """What an office says to something asked: yes or no, and in words where no."""

    yes: bool
    words: str = ""


@transaction.atomic
def agree_instalments(*, plan_id: UUID, answer: Answer, actor: Actor, at: datetime) -> InstalmentPlan:
    """Agree, or refuse with a reason. The unpaid principal is split; the first part keeps the bill's due day.

    Repeating the same answer changes nothing. Raises Refusal 403, 404, 409 when answered otherwise or overdue, 422.
    """
    plan = InstalmentPlan.objects.filter(pk=plan_id).first()
    if plan is None:
        raise Refusal("bill.no_plan", _("Permintaan angsuran ini tidak ada."), status=404)
    bill = locked(plan.bill_id)
    require_decider(bill, actor, DECIDE, at)
    require_another(actor, plan.asked_by)
    plan.refresh_from_db()
    wanted = InstalmentPlan.State.AGREED if answer.yes else InstalmentPlan.State.REFUSED
    if plan.state == wanted:
        return plan
    if plan.state != InstalmentPlan.State.ASKED:
        raise Refusal("bill.plan_decided", _("Permintaan angsuran ini sudah dijawab. Lihat jawabannya."))
    if answer.yes:
        _require_in_time(bill, at)
        if _part(bill) < plan.count:
            raise Refusal("bill.plan_too_little", _TOO_LITTLE)
        plan.already = bill.principal - _part(bill)
    elif not answer.words.strip():
        raise wrong("bill.no_reason", "words", _("Tulis alasannya, supaya pembayar tahu."))
    plan.state, plan.answer, plan.decided_by, plan.decided_at = wanted, answer.words.strip(), actor.person_id, at
    plan.save()
    if answer.yes:
        parts = split(_part(bill), plan.count, bill.due_on)
        Instalment.objects.bulk_create(
            Instalment(plan=plan, position=n, due_on=part.due_on, amount=part.amount) for n, part in enumerate(parts, 1)
        )
        bill.due_on = next_due(bill).day
    bill.version += 1
    bill.save(update_fields=["due_on", "version"])
    publish(InstalmentsDecided(**named(bill), plan_id=plan.pk, agreed=answer.yes), by=actor, at=at)
    return plan


def _part(bill: Bill) -> int:
    """The principal that is unpaid."""
    return max(0, bill.principal - bill.paid)


def _require_in_time(bill: Bill, at: datetime) -> None:
    if not bill.takes_money:
        raise not_now(bill)
    if bill.is_overdue(day_of(at)) or bill.interest:
        raise Refusal("bill.overdue", _TOO_LATE)
