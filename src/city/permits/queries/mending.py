"""A return as the applicant answers it: each thing that was asked, with the place to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from city.cases.models import Case, CorrectionItem
from city.cases.queries import DocumentRow, open_correction
from city.kernel.actor import Actor
from city.permits.queries.filling import Filling, Question, filling_of
from city.permits.queries.papers import PaperRow, row_of, slot_for
from city.permits.queries.slips import NO_SLIPS, Slips


@dataclass(frozen=True)
class Ask:
    """One thing to mend, in the officer's words. Either a `question` or a `paper` is the place to mend it."""

    target: str
    label: str
    defects: tuple[str, ...]
    messages: tuple[str, ...]
    pages: tuple[int, ...]
    answered: bool
    question: Question | None = None
    paper: PaperRow | None = None


@dataclass(frozen=True)
class Mending:
    """One round of return. `answer_by` is the last day."""

    case: Case
    filling: Filling
    answer_by: date | None
    round: int
    asks: list[Ask]

    @property
    def questions(self) -> list[Ask]:
        return [ask for ask in self.asks if ask.question]

    @property
    def papers(self) -> list[Ask]:
        return [ask for ask in self.asks if ask.paper]


def mending_of(case: Case, *, by: Actor, at: datetime, slips: Slips = NO_SLIPS) -> Mending | None:
    """None where nothing is asked now: answered meanwhile, or lapsed."""
    correction = open_correction(case.pk)
    if correction is None:
        return None
    filling = filling_of(case, at)
    items: dict[str, list[CorrectionItem]] = {}
    for item in correction.items.order_by("pk"):
        items.setdefault(item.target, []).append(item)
    papers = {
        one.code: _paper(filling, one, slips.files.get(one.code, ""), by=by, at=at)
        for one in filling.documents
        if one.code in items
    }
    asks = [
        replace(_ask(filling, target, same), question=_question(filling, target, slips), paper=papers.get(target))
        for target, same in items.items()
    ]
    return Mending(case, filling, correction.answer_by, correction.round, asks)


def _question(filling: Filling, target: str, slips: Slips) -> Question | None:
    field = filling.spec.fields.get(target)
    return slips.shown_in(filling.question(field)) if field else None


def _paper(filling: Filling, document: DocumentRow, fault: str, *, by: Actor, at: datetime) -> PaperRow:
    slot = slot_for(filling.case, document.code, by=by, at=at)
    return row_of(filling.case, document, fault=fault, slot=slot)


def _ask(filling: Filling, target: str, items: Sequence[CorrectionItem]) -> Ask:
    """Several defects of one document are one thing to do."""
    spec = filling.spec
    found = [spec.defect(item.code) for item in items]
    return Ask(
        target=target,
        label=str(spec.label_of(target)),
        defects=tuple(str(defect.label) for defect in found if defect),
        messages=tuple(item.message for item in items),
        pages=tuple(item.page for item in items if item.page is not None),
        answered=all(item.answered for item in items),
    )
