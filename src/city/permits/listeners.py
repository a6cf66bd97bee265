"""What permits do when a case moves on, and who is told of it."""

from city.cases import events as cases
from city.kernel.events import listens
from city.kernel.models import EventRecord
from city.permits import actions, events
from city.permits.queries import case_of, permit_of


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
    actions.tell_applicant(case_of(event.case_id), "case.registered", at=record.at, day=event.due_on)


@listens(to=cases.CaseExamined)
def tell_reviewers(event: cases.CaseExamined, record: EventRecord) -> None:
    case = case_of(event.case_id)
    if case.turn == "review":
        actions.tell_desk(case, "desk.review", at=record.at, day=case.due_on)


@listens(to=cases.DecisionInitialled)
def tell_signer(event: cases.DecisionInitialled, record: EventRecord) -> None:
    case = case_of(event.case_id)
    if event.turn == "sign" == case.turn:
        actions.tell_desk(case, "desk.sign", at=record.at, day=case.due_on)


@listens(to=cases.CaseWarned)
def tell_warned(event: cases.CaseWarned, record: EventRecord) -> None:
    """Both sides hear that silence is about to grant, the office first."""
    case = case_of(event.case_id)
    actions.tell_desk(case, "desk.warned", at=record.at, left=event.days_left)
    actions.tell_applicant(case, "case.warned", at=record.at, left=event.days_left)


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
    actions.tell_applicant(case_of(event.case_id), "case.lapsed", at=record.at)


@listens(to=events.PermitIssued)
def tell_issued(event: events.PermitIssued, record: EventRecord) -> None:
    code = "permit.issued_automatically" if event.automatic else "permit.issued"
    actions.tell_holder(permit_of(event.permit_id), code, at=record.at)


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
