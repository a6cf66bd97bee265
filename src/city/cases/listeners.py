"""What cases do when a paper or a bill of theirs moves on."""

from city.billing.events import BillCancelled, BillIssued, BillSettled
from city.cases import actions
from city.cases.queries import SUBJECT, decision_of_paper
from city.documents.events import PaperIssued, PaperSigned
from city.kernel.actor import Actor, system
from city.kernel.events import listens
from city.kernel.models import EventRecord


@listens(to=PaperSigned)
def record_signature(event: PaperSigned, record: EventRecord) -> None:
    """The signer's own request has done this; where the city stopped in between, it is done here."""
    decision = decision_of_paper(event.paper_id)
    if decision is not None and not decision.automatic:
        actions.record_signature(
            case_id=decision.case_id, paper_id=event.paper_id, by=Actor(ref=record.actor), at=record.at
        )


@listens(to=PaperIssued)
def mark_issued(event: PaperIssued, record: EventRecord) -> None:
    """The paper is complete: the case is decided."""
    decision = decision_of_paper(event.paper_id)
    if decision is not None:
        actions.mark_issued(case_id=decision.case_id, paper_id=event.paper_id, at=record.at)


@listens(to=BillIssued)
def await_payment(event: BillIssued, record: EventRecord) -> None:
    """The bill went out: now the applicant has it."""
    if event.of_kind == SUBJECT:
        actions.await_payment(case_id=event.of_id, bill_id=event.bill_id, at=record.at)


@listens(to=BillSettled)
def note_payment(event: BillSettled, record: EventRecord) -> None:
    """Paid, whoever told it first: the case goes on."""
    if event.of_kind == SUBJECT:
        actions.note_payment(case_id=event.of_id, bill_id=event.bill_id, by=system("billing"), at=record.at)


@listens(to=BillCancelled)
def follow_cancellation(event: BillCancelled, record: EventRecord) -> None:
    """Nothing is due any more: the case goes on, or its fee is assessed again."""
    if event.of_kind == SUBJECT:
        actions.follow_cancellation(
            case_id=event.of_id, bill_id=event.bill_id, by=Actor(ref=record.actor), at=record.at
        )
