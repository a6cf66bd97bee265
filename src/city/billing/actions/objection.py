"""A payer objects to a bill; the office decides in time, or its silence grants what was asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.cancel import lower, take_back
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
from city.billing.actions.posting import Paper
from city.billing.declare import DECIDE
from city.billing.events import BillReduced, ObjectionDecided, ObjectionFiled
from city.billing.models import Bill, Objection
from city.billing.queries import objection_window
from city.billing.rules.objections import last_day_to_decide, last_day_to_file
from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish

CLOCK = system("clock")
_OWN_ASSESSMENT = _("Anda yang menetapkan tagihan ini. Keberatannya diputus rekan lain yang berwenang.")
_LONGEST = 2000


@transaction.atomic
def object_to(*, bill_id: UUID, reason: str, claimed: int, actor: Actor, at: datetime) -> Objection:
    """File the one objection a bill may have: what is wrong, and what the principal ought to be (0: nothing at all).

    It does not put off payment. Filing again gives the same objection. Raises Refusal 404 for a foreign bill, 409 when
    it is cancelled or the time is over, 422 for a reason or sum that says nothing.
    """
    bill = locked(bill_id)
    require_payer(bill, actor, at)
    again = Objection.objects.filter(bill=bill).first()
    if again is not None:
        return again
    if bill.state == Bill.State.CANCELLED:
        raise not_now(bill)
    window = objection_window(bill.issued_on)
    if day_of(at) > last_day_to_file(bill.issued_on, window):
        said = gettext("Batas keberatan sudah lewat: %(months)s bulan sejak tagihan terbit.")
        raise Refusal("bill.objection_late", said % {"months": window.to_file})
    if not reason.strip() or len(reason) > _LONGEST:
        raise wrong("bill.objection_reason", "reason", _("Tulis apa yang keliru, paling banyak 2.000 huruf."))
    if not 0 <= claimed < bill.principal:
        said = gettext("Jumlah yang benar menurut Anda harus kurang dari jumlah tagihan, boleh nol.")
        raise wrong("bill.objection_sum", "claimed", said)
    decide_by = last_day_to_decide(day_of(at), window)
    filed = {"filed_at": at, "filed_by": actor.ref, "decide_by": decide_by}
    row = Objection.objects.create(bill=bill, reason=reason.strip(), claimed=claimed, **filed)
    publish(ObjectionFiled(**named(bill), objection_id=row.pk), by=actor, at=at)
    return row


@dataclass(frozen=True)
class Ruling:
    """A decision in rupiah: the principal as it shall stand. What was claimed or less grants all, more grants a part,
    the principal as it is refuses; `words` say why."""

    new_amount: int
    words: str


@transaction.atomic
def decide_objection(*, objection_id: UUID, ruling: Ruling, actor: Actor, at: datetime) -> Objection:
    """Decide. A lower principal corrects the claim; what was paid too much is held for the payer, nothing left due
    cancels the bill. Repeating the same ruling changes nothing. Raises Refusal 403, 404, 409, 422.
    """
    row, bill = _locked(objection_id)
    require_decider(bill, actor, DECIDE, at)
    require_another(actor, row.filed_by)
    _require_no_assessor(bill, actor)
    if row.state != Objection.State.FILED:
        if row.new_amount == ruling.new_amount:
            return row
        raise Refusal("bill.objection_decided", _("Keberatan ini sudah diputus. Lihat keputusannya."))
    if not 0 <= ruling.new_amount <= bill.principal:
        said = _("Jumlah baru harus antara nol dan jumlah tagihan sekarang.")
        raise wrong("bill.ruling_sum", "new_amount", said)
    if not ruling.words.strip():
        raise wrong("bill.no_reason", "words", _("Tulis alasannya, supaya pembayar tahu."))
    outcome = _outcome(row, bill, ruling.new_amount)
    _decided(row, bill, outcome, ruling, actor=actor, at=at)
    return row


def _require_no_assessor(bill: Bill, actor: Actor) -> None:
    """An objection is looked at by somebody who has not made the assessment."""
    if actor.ref == bill.issued_by:
        raise Refusal("bill.own_assessment", _OWN_ASSESSMENT, status=403)


@transaction.atomic
def deem_granted(*, objection_id: UUID, at: datetime) -> bool:
    """The office was silent to the last day: the objection is granted as asked. False when it is not so. Repeatable."""
    row, bill = _locked(objection_id)
    if row.state != Objection.State.FILED or day_of(at) <= row.decide_by:
        return False
    ruling = Ruling(min(row.claimed, bill.principal), "")
    _decided(row, bill, Objection.State.DEEMED_GRANTED, ruling, actor=CLOCK, at=at)
    return True


def deem_silent_granted(at: datetime) -> int:
    """Every objection whose last day is over, each in a transaction of its own; returns how many were granted."""
    late = Objection.objects.filter(state=Objection.State.FILED, decide_by__lt=day_of(at)).order_by("pk")
    return sum(deem_granted(objection_id=one, at=at) for one in late.values_list("pk", flat=True))


def _locked(objection_id: UUID) -> tuple[Objection, Bill]:
    row = Objection.objects.filter(pk=objection_id).first()
    if row is None:
        raise Refusal("bill.no_objection", _("Keberatan ini tidak ada."), status=404)
    bill = locked(row.bill_id)
    row.refresh_from_db()
    return row, bill


def _outcome(row: Objection, bill: Bill, new_amount: int) -> str:
    if new_amount == bill.principal:
        return Objection.State.REFUSED
    return Objection.State.GRANTED if new_amount <= row.claimed else Objection.State.PARTLY


def _decided(row: Objection, bill: Bill, outcome: str, ruling: Ruling, *, actor: Actor, at: datetime) -> None:
    row.state, row.new_amount, row.answer = outcome, ruling.new_amount, ruling.words.strip()[:2000]
    row.decided_by, row.decided_at = actor.person_id, at
    row.save()
    paper = Paper("billing.objection", row.pk, day_of(at))
    publish(ObjectionDecided(**named(bill), objection_id=row.pk, outcome=outcome), by=actor, at=at)
    if bill.state == Bill.State.CANCELLED or ruling.new_amount >= bill.principal:
        return
    if ruling.new_amount == 0:
        take_back(bill, paper, gettext("Keberatan dikabulkan"), actor=actor, at=at)
        return
    off = bill.principal - ruling.new_amount
    lower(bill, paper, ruling.new_amount, actor=actor, at=at)
    publish(BillReduced(**named(bill), amount=off), by=actor, at=at)
