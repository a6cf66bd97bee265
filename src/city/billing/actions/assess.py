"""A fee is assessed: worked out from that day's rates, numbered, and owed (SKRD)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, named
from city.billing.actions.posting import Booking, assessed
from city.billing.declare import FORMULAS, sentence_of
from city.billing.events import BillIssued
from city.billing.models import Bill
from city.billing.queries import worked_out
from city.billing.rules.fees import BadFactors, Fee, NoRate
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.ledger.actions import post

_NOT_YOURS = _("Penetapan dibuat oleh petugas yang berwenang. Ganti peran di menu akun.")


@dataclass(frozen=True)
class AssessmentOrder:
    """What is to be assessed: for whom, for what, how.

    `payer_id` is a person's or organisation's id (`payer_kind`); `subject_*` names what it is for ("cases.case"); one
    bill that counts exists for a subject. `agency` owns the claim; `due_in` are calendar days; `title` is printed.
    `mandate_id`: under which mandate it was filed, if under one.
    """

    formula: str
    factors: Mapping[str, str]
    payer_id: UUID
    subject_kind: str
    subject_id: UUID
    agency: str
    title: str
    due_in: int = 30
    payer_kind: str = "person"
    mandate_id: UUID | None = None


@transaction.atomic
def assess(*, order: AssessmentOrder, actor: Actor, at: datetime) -> Bill:
    """Issue the bill. Assessing the same subject again with the same factors gives the same bill.

    Raises Refusal 422 with a sentence for each bad factor, 403 for anybody but an office or the city itself, 409 when
    the subject has another bill, or nothing is due.
    """
    if not (actor.is_official or actor.ref.startswith("system:")):
        raise Refusal("bill.not_yours", _NOT_YOURS, status=403)
    again = _counting(order)
    if again is not None:
        return _same(again, order)
    bill = _drawn_up(order, _fee(order, at), at)
    bill.issued_by = actor.ref
    try:
        with transaction.atomic():
            posted = post(documents=[assessed(Booking(bill, day_of(at)))], actor=actor, at=at)[0]
            bill.number, bill.document = posted.label, posted.id
            bill.save(force_insert=True)
    except IntegrityError:
        first = _counting(order)
        if first is None:
            raise
        return _same(first, order)
    publish(BillIssued(**named(bill), amount=bill.amount, due_on=bill.due_on), by=actor, at=at)
    return bill


def _counting(order: AssessmentOrder) -> Bill | None:
    rows = Bill.objects.filter(subject_kind=order.subject_kind, subject_id=order.subject_id)
    return rows.exclude(state=Bill.State.CANCELLED).first()


def _same(bill: Bill, order: AssessmentOrder) -> Bill:
    if (bill.formula, bill.factors, bill.payer_id) != (order.formula, dict(order.factors), order.payer_id):
        said = gettext("Sudah ada penetapan %(number)s untuk ini. Batalkan dulu sebelum menetapkan yang baru.")
        raise Refusal("bill.already", said % {"number": bill.number})
    return bill


def _fee(order: AssessmentOrder, at: datetime) -> Fee:
    try:
        fee = worked_out(order.formula, order.factors, day_of(at))
    except BadFactors as bad:
        raise refusal_of(order.formula, bad) from bad
    except NoRate as missing:
        said = gettext("Belum ada tarif %(code)s yang berlaku hari ini, jadi belum bisa ditetapkan.")
        raise Refusal("bill.no_rate", said % {"code": missing}) from missing
    if fee.amount == 0:
        raise Refusal("bill.nothing_due", _("Hitungannya nol rupiah: tidak ada yang perlu ditetapkan."))
    return fee


def refusal_of(formula: str, bad: BadFactors) -> Refusal:
    """Every fault with its sentence beside its factor."""
    labels = {factor.name: factor.label for factor in FORMULAS[formula].factors}
    errors = [FieldError(fault.factor, sentence_of(fault, labels[fault.factor])) for fault in bad.faults]
    return Refusal("bill.bad_factors", errors[0].sentence, status=422, errors=errors)


def _drawn_up(order: AssessmentOrder, fee: Fee, at: datetime) -> Bill:
    lines: list[dict[str, Any]] = [line.as_json() for line in fee.lines]
    return Bill(
        id=new_id(),
        number="-",
        agency=order.agency,
        title=order.title,
        formula=order.formula,
        factors=dict(order.factors),
        lines=lines,
        calculation=fee.sum,
        payer_kind=order.payer_kind,
        payer_id=order.payer_id,
        mandate_id=order.mandate_id,
        subject_kind=order.subject_kind,
        subject_id=order.subject_id,
        amount=fee.amount,
        issued_at=at,
        issued_on=day_of(at),
        due_on=day_of(at) + timedelta(days=order.due_in),
    )
