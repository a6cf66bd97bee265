"""What permits do when a case moves on, and who is told of it."""

from datetime import datetime

from city.cases import events as cases
from city.cases.declare import Power
from city.cases.models import Case
from city.cases.queries import case_of, spec_of
from city.kernel.events import listens
from city.kernel.models import EventRecord
from city.permits import actions, events
from city.permits.models import STOPPED
from city.permits.queries import permit_of


@listens(to=cases.CaseIssued)
def issue(event: cases.CaseIssued, record: EventRecord) -> None:
    """The signed paper is stored: it becomes a permit."""
    actions.issue(case_id=event.case_id, at=record.at)


@listens(to=cases.CaseRejected)
def note_refusal(event: cases.CaseRejected, record: EventRecord) -> None:
    actions.note_refusal(case_id=event.case_id, at=record.at)
    actions.tell_applicant(case_of(event.case_id), "case.rejected", at=record.at, page="permits-decision")


@listens(to=cases.CaseSubmitted)
def tell_submitted(event: cases.CaseSubmitted, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.submitted", at=record.at)


@listens(to=cases.CaseReturned)
def tell_returned(event: cases.CaseReturned, record: EventRecord) -> None:
    case = case_of(event.case_id)
    actions.tell_applicant(
        case, "case.returned", at=record.at, page="permits-answer", count=event.count, day=event.answer_by
    )


@listens(to=cases.CaseReminded)
def tell_reminded(event: cases.CaseReminded, record: EventRecord) -> None:
    case = case_of(event.case_id)
    actions.tell_applicant(case, "case.reminded", at=record.at, page="permits-answer", left=event.days_left)


@listens(to=cases.CorrectionAnswered)
def tell_answered(event: cases.CorrectionAnswered, record: EventRecord) -> None:
    actions.tell_desk(case_of(event.case_id), "desk.answered", at=record.at)


@listens(to=cases.CaseRegistered)
def tell_registered(event: cases.CaseRegistered, record: EventRecord) -> None:
    case = case_of(event.case_id)
    actions.tell_applicant(case, "case.registered", at=record.at, day=event.due_on)
    _tell_asked(case, event.turn, record.at)


@listens(to=cases.CaseExamined)
def tell_reviewers(event: cases.CaseExamined, record: EventRecord) -> None:
    _tell_asked(case_of(event.case_id), event.turn, record.at)


def _tell_asked(case: Case, turn: str, at: datetime) -> None:
    """Reviewers and inspectors hear at the same time that they are asked, by the step that asked them."""
    if turn not in ("review", "inspect") or case.state != "technical":
        return
    if case.turn == "review":
        actions.tell_desk(case, "desk.review", at=at, day=case.due_on)
    plan = spec_of(case.kind_version_id).inspection
    if plan is not None:
        actions.tell_agency(case, "desk.inspect", agency=plan.agency, power=Power.INSPECT, at=at)


@listens(to=cases.ReviewGiven)
def tell_assessor_after_review(event: cases.ReviewGiven, record: EventRecord) -> None:
    if event.turn == "assess":
        actions.tell_desk(case_of(event.case_id), "desk.assess", at=record.at)


@listens(to=cases.InspectionSigned)
def tell_assessor(event: cases.InspectionSigned, record: EventRecord) -> None:
    if event.turn == "assess":
        actions.tell_desk(case_of(event.case_id), "desk.assess", at=record.at)


@listens(to=cases.OpinionOverdue)
def tell_late(event: cases.OpinionOverdue, record: EventRecord) -> None:
    """The agency that owes it; from the second time on the desk's superiors too."""
    case = case_of(event.case_id)
    power = Power.INSPECT if event.step == "inspect" else Power.REVIEW
    actions.tell_agency(case, "desk.late", agency=event.agency, power=power, at=record.at, left=event.days_late)
    if event.count > 1:
        actions.tell_agency(
            case, "desk.late", agency=case.agency, power=Power.OVERRIDE_ROUND, at=record.at, left=event.days_late
        )


@listens(to=cases.InspectionScheduled)
def tell_visit(event: cases.InspectionScheduled, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.visit", at=record.at, day=event.day)


@listens(to=cases.InspectionMissed)
def tell_missed(event: cases.InspectionMissed, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.visit_missed", at=record.at)


@listens(to=cases.PaymentAwaited)
def tell_bill(event: cases.PaymentAwaited, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.bill", at=record.at, day=event.due_on)


@listens(to=cases.PaymentReminded)
def tell_bill_due(event: cases.PaymentReminded, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.bill_due", at=record.at, day=event.due_on)


@listens(to=cases.CasePaid)
def tell_paid(event: cases.CasePaid, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.paid", at=record.at)


@listens(to=cases.CaseHandedOver)
def tell_handed_over(event: cases.CaseHandedOver, record: EventRecord) -> None:
    actions.tell_applicant(case_of(event.case_id), "case.handed_over", at=record.at)


@listens(to=cases.DecisionInitialled)
def tell_signer(event: cases.DecisionInitialled, record: EventRecord) -> None:
    case = case_of(event.case_id)
    if event.turn == "sign" == case.turn:
        actions.tell_desk(case, "desk.sign", at=record.at, day=case.due_on)


@listens(to=cases.CaseWarned)
def tell_warned(event: cases.CaseWarned, record: EventRecord) -> None:
    """Both sides hear that the time is nearly over, the office first; that silence will grant only where it will."""
    case, held = case_of(event.case_id), "_held" if event.because else ""
    actions.tell_desk(case, f"desk.warned{held}", at=record.at, left=event.days_left)
    actions.tell_applicant(case, f"case.warned{held}", at=record.at, left=event.days_left)


@listens(to=cases.SilenceBlocked)
def tell_blocked(event: cases.SilenceBlocked, record: EventRecord) -> None:
    case = case_of(event.case_id)
    actions.tell_desk(case, "desk.blocked", at=record.at)
    actions.tell_applicant(case, "case.blocked", at=record.at)


@listens(to=cases.CaseWithdrawn)
def tell_withdrawn(event: cases.CaseWithdrawn, record: EventRecord) -> None:
    case = case_of(event.case_id)
    if case.receipt:
        actions.tell_applicant(case, "case.withdrawn", at=record.at)


@listens(to=cases.CaseLapsed)
def tell_lapsed(event: cases.CaseLapsed, record: EventRecord) -> None:
    code = "case.lapsed_unpaid" if event.because == "unpaid" else "case.lapsed"
    actions.tell_applicant(case_of(event.case_id), code, at=record.at)


@listens(to=events.PermitIssued)
def tell_issued(event: events.PermitIssued, record: EventRecord) -> None:
    """Not of a permit that was stopped as it was issued: of that she hears in its own words."""
    code, permit = "permit.issued_automatically" if event.automatic else "permit.issued", permit_of(event.permit_id)
    if permit.state not in STOPPED:
        actions.tell_holder(permit, code, at=record.at)


@listens(to=events.PermitSuspended)
def tell_suspended(event: events.PermitSuspended, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.suspended", at=record.at, day=event.from_day)


@listens(to=events.PermitReinstated)
def tell_reinstated(event: events.PermitReinstated, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.reinstated", at=record.at, day=event.from_day)


@listens(to=events.PermitRevoked)
def tell_revoked(event: events.PermitRevoked, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.revoked", at=record.at, day=event.from_day)


@listens(to=events.PermitSurrendered)
def tell_surrendered(event: events.PermitSurrendered, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.surrendered", at=record.at, day=event.from_day)


@listens(to=events.RenewalDue)
def tell_renewable(event: events.RenewalDue, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.renewable", at=record.at, day=event.valid_until)


@listens(to=events.PermitExpired)
def tell_expired(event: events.PermitExpired, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.expired", at=record.at)


@listens(to=events.PermitSuperseded)
def tell_superseded(event: events.PermitSuperseded, record: EventRecord) -> None:
    actions.tell_holder(permit_of(event.permit_id), "permit.superseded", at=record.at)
