"""What an application owes is assessed (penetapan retribusi, SKRD)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.billing.actions import AssessmentOrder
from city.billing.actions import assess as assess_bill
from city.billing.models import Bill
from city.cases.actions import steps
from city.cases.actions.lock import kept, locked, require_assessor, still_to_do
from city.cases.declare import KindSpec
from city.cases.events import CaseAssessed
from city.cases.models import Case
from city.cases.queries import SUBJECT, factors_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish

NOTHING_DUE = "bill.nothing_due"


@transaction.atomic
def assess(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Assess the fee from the answers and what was measured at the place, by the rates of today; the bill is issued in
    the same transaction. Where nothing is owed the case goes straight on.

    Raises Refusal 404 for an office that does not assess this kind, 409 when it is not due, 422 with a sentence for
    each factor that cannot be used.
    """
    case = locked(case_id)
    require_assessor(case, by)
    if not still_to_do(states.Verb.ASSESS, CaseAssessed, case, by=by, seen=seen):
        return case
    steps.require_open(case, states.ASSESS)
    bill = _billed(case, spec_of(case.kind_version_id), by, at)
    if bill is None:
        steps.done(case, states.ASSESS, by=by, at=at, free=True)
        steps.moved_on(case, states.State.RECOMMENDED)
    else:
        steps.done(case, states.ASSESS, by=by, at=at, free=False)
        steps.moved(case, (states.State.ASSESSED, states.PAY))
    kept(case, at=at)
    amount, bill_id = (bill.amount, bill.pk) if bill else (0, None)
    publish(CaseAssessed(case_id=case.pk, kind=case.kind, bill_id=bill_id, amount=amount, turn=case.turn), by=by, at=at)
    return case


def _billed(case: Case, spec: KindSpec, by: Actor, at: datetime) -> Bill | None:
    if spec.fee is None:
        raise RuntimeError(f"{spec.code} draws an assessment and names no fee")
    order = AssessmentOrder(
        formula=spec.fee.formula,
        factors=factors_of(case, spec, day_of(at)),
        payer_id=case.applicant_id,
        subject_kind=SUBJECT,
        subject_id=case.pk,
        agency=spec.fee.agency,
        title=f"{spec.fee.title.id}, {case.receipt}",
        due_in=spec.days("payment_days", day_of(at)),
        mandate_id=case.mandate_id,
    )
    try:
        return assess_bill(order=order, actor=by, at=at)
    except Refusal as refusal:
        if refusal.code == NOTHING_DUE:
            return None
        raise
