"""What happened to a case: ids, codes, days and numbers; never a name, an answer or a message."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """Something that stands in a case's timeline. `kind` is the kind's code."""

    subject_kind: ClassVar[str] = "case"
    case_id: UUID
    kind: str

    @property
    def subject_id(self) -> UUID:
        return self.case_id


@dataclass(frozen=True, kw_only=True)
class CaseOpened(CaseEvent):
    """A draft was begun, by the applicant or for her at a counter."""

    application_type: str


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(CaseEvent):
    """The draft became an application with a receipt number."""

    receipt: str


@dataclass(frozen=True, kw_only=True)
class CaseReturned(CaseEvent):
    """One consolidated request to mend was sent; `count` things, to answer by `answer_by`."""

    round: int
    count: int
    answer_by: date
    stage: str


@dataclass(frozen=True, kw_only=True)
class CaseReminded(CaseEvent):
    """The applicant has this many working days left to answer."""

    days_left: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(CaseEvent):
    """The applicant mended everything that was asked and sent it back to `stage`."""

    round: int
    stage: str


@dataclass(frozen=True, kw_only=True)
class CaseRegistered(CaseEvent):
    """Complete: the clock starts on `day_one` and runs to `due_on`."""

    day_one: date
    due_on: date
    turn: str


@dataclass(frozen=True, kw_only=True)
class CaseExamined(CaseEvent):
    """The back office found the file in order."""

    turn: str


@dataclass(frozen=True, kw_only=True)
class ReviewGiven(CaseEvent):
    """An agency gave its opinion; `last` when nothing else is awaited before the case moves on to `turn`."""

    agency: str
    opinion: str
    last: bool
    turn: str = ""


@dataclass(frozen=True, kw_only=True)
class OpinionOverdue(CaseEvent):
    """An agency was reminded, for the nth time (`count`), of the review or inspection (`step`) it still owes."""

    agency: str
    step: str
    days_late: int
    count: int


@dataclass(frozen=True, kw_only=True)
class InspectionScheduled(CaseEvent):
    """The place will be looked at on a day; `again` when an earlier day was given up."""

    inspection_id: UUID
    round: int
    day: date
    again: bool


@dataclass(frozen=True, kw_only=True)
class InspectionMissed(CaseEvent):
    """The visit could not be made: nobody there, or no way in. Another round is asked for."""

    inspection_id: UUID
    round: int


@dataclass(frozen=True, kw_only=True)
class InspectionMade(CaseEvent):
    """The inspector is at the place and has begun the report."""

    inspection_id: UUID
    round: int


@dataclass(frozen=True, kw_only=True)
class InspectionSigned(CaseEvent):
    """The report (BAP) was signed; `digest` is the SHA-256 of all it says and shows. `last` as with a review."""

    inspection_id: UUID
    round: int
    result: str
    digest: str
    last: bool
    turn: str


@dataclass(frozen=True, kw_only=True)
class CaseAssessed(CaseEvent):
    """What is owed was assessed (penetapan, SKRD); `amount` in rupiah, 0 without a bill."""

    bill_id: UUID | None
    amount: int
    turn: str


@dataclass(frozen=True, kw_only=True)
class PaymentAwaited(CaseEvent):
    """The applicant was given the bill and has until `due_on`."""

    bill_id: UUID
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PaymentReminded(CaseEvent):
    """The applicant was told that the bill falls due."""

    bill_id: UUID
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PaymentOverdue(CaseEvent):
    """The due date has passed; the case still waits, and the bill grows by law."""

    bill_id: UUID


@dataclass(frozen=True, kw_only=True)
class CasePaid(CaseEvent):
    """The bill is settled and the case goes on. `waived`: an objection was granted whole, nothing had to be paid."""

    bill_id: UUID
    turn: str
    waived: bool = False


@dataclass(frozen=True, kw_only=True)
class AssessmentReopened(CaseEvent):
    """The bill was cancelled as wrong: the fee is assessed again."""

    bill_id: UUID
    turn: str


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(CaseEvent):
    """The recommendation went to the system that issues (`system`), which confirmed it under `receipt`."""

    system: str
    recommended: bool
    receipt: str
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class DecisionDrafted(CaseEvent):
    """A draft decree goes to its parafs; `refusal` is the coded reason of a refusal."""

    outcome: str
    refusal: str
    turn: str


@dataclass(frozen=True, kw_only=True)
class DecisionInitialled(CaseEvent):
    """One paraf more stands under the draft."""

    office: str
    turn: str


@dataclass(frozen=True, kw_only=True)
class DraftReturned(CaseEvent):
    """Somebody in the chain sent the draft back to be written again."""

    office: str


@dataclass(frozen=True, kw_only=True)
class DecisionSigned(CaseEvent):
    """The decree was signed by the holder of an office that day."""

    outcome: str
    number: str
    appointment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseIssued(CaseEvent):
    """The signed paper is stored and may be handed out. `automatic`: by the agency's e-seal, the time being over."""

    decision_id: UUID
    paper_id: UUID
    number: str
    automatic: bool


@dataclass(frozen=True, kw_only=True)
class CaseRejected(CaseEvent):
    """The signed refusal is stored; `code` is its coded reason."""

    decision_id: UUID
    paper_id: UUID
    number: str
    code: str


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(CaseEvent):
    """The applicant took it back."""


@dataclass(frozen=True, kw_only=True)
class CaseLapsed(CaseEvent):
    """The time to answer a return passed, or, `because` of "unpaid", the time to pay."""

    round: int
    because: str = "return"


@dataclass(frozen=True, kw_only=True)
class CaseWarned(CaseEvent):
    """The office has this many working days left. `because`: what keeps silence from granting as things stand, as in
    SilenceBlocked, or not_automatic; "" when silence is about to grant."""

    days_left: int
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseDeemedApproved(CaseEvent):
    """Nobody decided in time: granted by law (UU 30/2014 art. 53), the paper is on its way under the e-seal."""

    number: str


@dataclass(frozen=True, kw_only=True)
class SilenceBlocked(CaseEvent):
    """The time is over, yet silence may not grant. `because`: open_return, negative_review, refusal_drafted,
    not_paid, or the code of an obstacle."""

    because: str


@dataclass(frozen=True, kw_only=True)
class ClockRecomputed(CaseEvent):
    """The deadline was worked out again; None while the count rests."""

    due_on: date | None
    why: str


@dataclass(frozen=True, kw_only=True)
class DocumentAccepted(CaseEvent):
    """An officer found one document in order."""

    document: str


@dataclass(frozen=True, kw_only=True)
class DefectMarked(CaseEvent):
    """An officer noted a defect; the applicant hears of it when the return is sent."""

    target: str
    code: str


@dataclass(frozen=True, kw_only=True)
class DefectCleared(CaseEvent):
    """The note was taken back before anything was sent."""

    target: str
