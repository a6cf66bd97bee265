"""What cases do when a paper of theirs moves on."""

from city.cases import actions
from city.cases.queries import decision_of_paper
from city.documents.events import PaperIssued, PaperSigned
from city.kernel.actor import Actor
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
