"""Everything the applicant's case page shows, asked once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from city.cases.declare import KindSpec
from city.cases.models import Case, Decision
from city.cases.queries import Clock, clock, decision_of, documents_of, spec_of
from city.people.models import Agency
from city.people.queries import agency, holders_of, names_of
from city.permits.declare import parts_of
from city.permits.models import Permit
from city.permits.queries.drawings import Flow, case_drawing, public_drawing
from city.permits.queries.journey import Held, Stage, held_by, stages_of
from city.permits.queries.now import (
    Plate,
    clock_sentence,
    days_left_words,
    days_used_words,
    plate_of,
    today_word,
    within_sentence,
)
from city.permits.queries.papers import PaperRow, row_of
from city.permits.queries.permits import permit_of_case

_FINAL_NO_WAY_BACK = ("issued", "rejected", "withdrawn", "lapsed", "deemed_approved", "handed_over")


@dataclass(frozen=True)
class Desk:
    """Who can be asked about a case: the agency and its front office."""

    office: Agency | None
    people: list[str]


@dataclass(frozen=True)
class CasePage:
    case: Case
    spec: KindSpec
    plate: Plate
    clock: Clock | None
    held: list[Held]
    stages: list[Stage]
    papers: list[PaperRow]
    flow: Flow
    decision: Decision | None
    permit: Permit | None
    desk: Desk
    may_withdraw: bool

    @property
    def left_words(self) -> str:
        if self.clock is None:
            return ""
        return days_used_words(self.clock) if self.case.is_final else days_left_words(self.clock)

    @property
    def clock_sentence(self) -> str:
        return clock_sentence(self.clock) if self.clock else ""

    def today_word(self) -> str:
        return today_word(self.clock, ended=self.case.is_final) if self.clock else ""


def case_page(case: Case, at: datetime) -> CasePage:
    spec, decision, permit = spec_of(case.kind_version_id), decision_of(case.pk), permit_of_case(case.pk)
    running = clock(case.pk, at)
    plate = plate_of(case, spec, decision, permit, running, at=at)
    return CasePage(
        case=case,
        spec=spec,
        plate=plate,
        clock=running,
        held=held_by(case.pk, at),
        stages=stages_of(case.pk, plate.title, is_final=case.is_final),
        papers=[row_of(case, one) for one in documents_of(case.pk) if one.needed or one.file],
        flow=case_drawing(case.process_id, spec) if case.process_id else public_drawing(spec),
        decision=decision,
        permit=permit,
        desk=desk_of(case.agency, at),
        may_withdraw=may_withdraw(case, decision),
    )


def may_withdraw(case: Case, decision: Decision | None) -> bool:
    """Up to the signature."""
    return case.state not in _FINAL_NO_WAY_BACK and not (decision is not None and decision.state == "signed")


def desk_of(code: str, at: datetime) -> Desk:
    try:
        office = agency(code)
    except Agency.DoesNotExist:
        return Desk(None, [])
    holders = holders_of("permits.verify", agency=code, at=at)
    return Desk(office, sorted(names_of(holders).values())[:2])


@dataclass(frozen=True)
class RefusalPage:
    """A refusal as it was signed: its coded reason, article, words, and how to object."""

    case: Case
    spec: KindSpec
    decision: Decision
    reason: str
    appeal: str


def refusal_page(case: Case) -> RefusalPage | None:
    """None until the refusal is signed and stored."""
    decision = decision_of(case.pk)
    if case.state != "rejected" or decision is None:
        return None
    spec = spec_of(case.kind_version_id)
    found = spec.refusal(decision.refusal_code)
    return RefusalPage(
        case, spec, decision, within_sentence(str(found.label)) if found else "", str(parts_of(spec).appeal)
    )


def letter_of(case: Case) -> UUID | None:
    """The signed paper, once it is stored: permit or refusal."""
    decision = decision_of(case.pk)
    return decision.paper_id if decision is not None and decision.issued_at is not None else None
