"""Everything an officer's page of one file shows: documents, answers, marks, time, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from city.cases.declare import POWERS, Field, KindSpec, Power
from city.cases.models import Case, Correction, CorrectionItem, Decision, Inspection, Review
from city.cases.queries import (
    Clock,
    DocumentRow,
    answers_in,
    clock,
    correction_draft,
    corrections_of,
    decision_of,
    documents_in,
    inspection_now,
    is_assessor,
    is_inspector,
    open_correction,
    reviews_of,
    rounds_used,
    spec_of,
)
from city.kernel.actor import Actor
from city.people.queries import appointments_of, masked_nik, name_of
from city.ui.environment import language
from city.ui.rules.formats import date_long

_TONES = {"accepted": "ok", "defective": "bad", "replaced": "sea", "waived": "", "uploaded": "", "missing": "warn"}
_SIGNS = {
    "accepted": "ok",
    "defective": "flag",
    "replaced": "turn",
    "waived": "ok",
    "uploaded": "eye",
    "missing": "warn",
}
_STATES: Mapping[str, Any] = {
    "accepted": gettext_lazy("Diterima"),
    "defective": gettext_lazy("Ada cacat"),
    "replaced": gettext_lazy("Diganti"),
    "waived": gettext_lazy("Tidak diperlukan"),
    "uploaded": gettext_lazy("Belum dilihat"),
    "missing": gettext_lazy("Tidak ada"),
}
CHECKING = frozenset({"verify", "examine"})


@dataclass(frozen=True)
class Card:
    """One document in the checklist; `marks` are the defects written so far, `asked` those sent before."""

    row: DocumentRow
    marks: list[CorrectionItem]

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def label(self) -> str:
        return str(self.row.need.label)

    @property
    def state(self) -> str:
        if self.row.state == "missing" and not self.row.needed:
            return "waived"
        return str(self.row.state)

    @property
    def words(self) -> str:
        return str(_STATES[self.state])

    @property
    def tone(self) -> str:
        return _TONES[self.state]

    @property
    def sign(self) -> str:
        return _SIGNS[self.state]

    @property
    def settled(self) -> bool:
        """Looked at and found good, or not needed."""
        return self.state in ("accepted", "waived")


@dataclass(frozen=True)
class Said:
    """One answer as the officer reads it, with its defects."""

    code: str
    label: str
    text: str
    marks: list[CorrectionItem]


@dataclass(frozen=True)
class Chapter:
    """One step of the form with its answers."""

    title: str
    answers: list[Said]


@dataclass(frozen=True)
class DeskCase:
    """A file on an officer's desk. `panel` is what she may do now: verify, examine, review, inspect, assess,
    draft_decision, initial, sign, hand_over, or "" when it is not her turn. `may_forward` is false for a superior who
    only allows a second return."""

    case: Case
    spec: KindSpec
    applicant: str
    nik: str
    clock: Clock | None
    cards: list[Card]
    chapters: list[Chapter]
    draft: Correction | None
    marks: list[CorrectionItem]
    sent: list[Correction]
    open: Correction | None
    rounds: int
    reviews: list[Review]
    decision: Decision | None
    panel: str
    may_forward: bool
    may_override: bool

    @property
    def checking(self) -> bool:
        """Documents and answers may be marked now."""
        return self.panel in CHECKING

    @property
    def unsettled(self) -> list[Card]:
        return [card for card in self.cards if not card.settled and not card.marks]

    def card(self, code: str) -> Card | None:
        return next((card for card in self.cards if card.code == code), None)

    def label_of(self, target: str) -> str:
        return str(self.spec.label_of(target))

    def defect_words(self, code: str) -> str:
        found = self.spec.defect(code)
        return str(found.label) if found else code


def desk_case(case: Case, actor: Actor, at: datetime) -> DeskCase:
    """The file as this officer sees it; the caller has asked `case_for` whether she may."""
    spec, answers = spec_of(case.kind_version_id), answers_in(case)
    draft = correction_draft(case.pk)
    marks = list(draft.items.order_by("pk")) if draft else []
    return DeskCase(
        case=case,
        spec=spec,
        applicant=name_of(case.applicant_id),
        nik=masked_nik(case.applicant_id),
        clock=clock(case.pk, at),
        cards=[Card(row, _of(marks, row.code)) for row in documents_in(case, spec, answers)],
        chapters=_chapters(spec, answers, marks),
        draft=draft,
        marks=marks,
        sent=corrections_of(case.pk),
        open=open_correction(case.pk),
        rounds=rounds_used(case.pk),
        reviews=reviews_of(case.pk),
        decision=decision_of(case.pk),
        panel=panel_for(case, spec, actor, at),
        may_forward=_power(case.turn) in actor.permissions,
        may_override=actor.may(Power.OVERRIDE_ROUND),
    )


def _of(marks: list[CorrectionItem], target: str) -> list[CorrectionItem]:
    return [mark for mark in marks if mark.target == target]


def _chapters(spec: KindSpec, answers: Mapping[str, str], marks: list[CorrectionItem]) -> list[Chapter]:
    return [
        Chapter(
            str(step.title),
            [
                Said(one.code, str(one.label), _read(one, answers.get(one.code, "")), _of(marks, one.code))
                for one in step.fields
            ],
        )
        for step in spec.steps
        if step.fields
    ]


def _read(asked: Field, answer: str) -> str:
    """The answer as people write it: a choice by its label, a day in words."""
    try:
        return date_long(date.fromisoformat(answer), language()) if asked.kind == "date" else asked.shown(answer)
    except ValueError:
        return answer


def panel_for(case: Case, spec: KindSpec, actor: Actor, at: datetime) -> str:
    """What this officer may do now; "" when the file waits for somebody else."""
    turn = str(case.turn)
    if turn.startswith("initial_"):
        return "initial" if actor.may(Power.INITIAL) and _office(actor, at) == _chain_office(spec, turn) else ""
    if turn in ("review", "inspect"):
        if actor.may(Power.REVIEW) and _is_asked(case, actor):
            return "review"
        return "inspect" if _is_to_look(case, actor) else ""
    if turn == "assess":
        return turn if is_assessor(case, actor) else ""
    if actor.agency != case.agency:
        return ""
    if _power(turn) in actor.permissions:
        return turn
    # A superior opens a file for one thing: to allow what was marked to go back a second time.
    second = turn in CHECKING and rounds_used(case.pk) > 0 and correction_draft(case.pk) is not None
    return turn if second and actor.may(Power.OVERRIDE_ROUND) else ""


def _power(turn: str) -> str:
    """The permission a step asks for; "" for a step of the applicant."""
    return next((power for step, power in POWERS.items() if step == turn), "")


def _is_asked(case: Case, actor: Actor) -> bool:
    return any(one.agency == actor.agency and one.state in Review.OPEN for one in reviews_of(case.pk))


def _is_to_look(case: Case, actor: Actor) -> bool:
    visit = inspection_now(case.pk)
    return visit is not None and visit.state in Inspection.OPEN and is_inspector(case, actor)


def _chain_office(spec: KindSpec, turn: str) -> str:
    place = int(turn.removeprefix("initial_")) - 1
    chain = spec.decisions.initials
    return chain[place] if place < len(chain) else ""


def _office(actor: Actor, at: datetime) -> str:
    if actor.person_id is None or actor.appointment_id is None:
        return ""
    held = appointments_of(actor.person_id, at).filter(pk=actor.appointment_id)
    return held.values_list("office__code", flat=True).first() or ""
