"""One file on the officer's desk: queue at the left, what she looks at in the middle, what she can do at the right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from city.cases.declare import KindSpec
from city.cases.models import Case, Decision
from city.cases.queries import Wanted, answers_in, obstacles_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits.declare import parts_of
from city.permits.queries.desk_case import Card, DeskCase, desk_case
from city.permits.queries.desk_consistency import consistency_of
from city.permits.queries.desk_pages import is_pdf, is_picture, neighbours, position, within
from city.permits.queries.desk_papers import draft_paper_of, initials_of
from city.permits.queries.desk_permits import holder_permits, permit_card
from city.permits.queries.desk_queue import desk_queue, state_words, type_words
from city.permits.queries.desk_story import held_by, story_of
from city.permits.queries.drawings import case_drawing
from city.permits.queries.money import fee_shown, money_of
from city.permits.views import desk_forms as shapes

BESIDE = 12  # rows of the queue beside an open file
ANSWERS, STORY, DECISION = "answers", "story", "decision"


@dataclass(frozen=True)
class Said:
    """What a refused or incomplete press leaves on the page: the city's sentence, and the forms as they were typed."""

    refusal: Refusal | None = None
    typed: Mapping[str, forms.Form] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 422 if self.typed else 200


@dataclass(frozen=True)
class Look:
    """What the middle of the page shows. `code` is a document's code, or answers, story, decision."""

    code: str
    title: str
    shows: str  # picture, page, answers, story, decision, nothing
    page: int = 1
    pages: int = 1
    before: int = 0
    after: int = 0
    previous: str = ""
    following: str = ""


def case_page(request: HttpRequest, case: Case, said: Said | None = None) -> HttpResponse:
    """The whole page of a file, as it stands now."""
    said, at, actor = said or Said(), timezone.now(), actor_of(request)
    desk = desk_case(case, actor, at)
    look = look_at(desk, str(request.GET.get("look", "")), _whole(request.GET.get("page", "")))
    target = look.code if desk.card(look.code) else _field(desk, str(request.GET.get("mark", "")))
    words = {
        "desk": desk,
        "case": case,
        "look": look,
        "tabs": tabs_of(desk, look),
        "state": state_words(case.state),
        "type": type_words(case.application_type),
        "queue": desk_queue(actor, Wanted(_bucket(request, desk)), at=at, size=BESIDE),
        "mark_target": target,
        "said": said,
        "left_over": left_over(desk, target, said.typed),
        "shapes": shapes,
        "demo": settings.DEMO,
        "money": money_of(case, desk.spec),
        **forms_of(desk, target, said.typed),
        **_extra(desk, look, actor, at),
    }
    return render(request, "permits/desk/case.html", words, status=said.status)


def _extra(desk: DeskCase, look: Look, actor: Actor, at: datetime) -> dict[str, Any]:
    """What only some looks and panels need, so that the others cost nothing."""
    extra: dict[str, Any] = {"permit": permit_card(desk.case, actor, at)}
    if look.shows == STORY:
        extra["story"] = story_of(desk.case.pk)
        extra["held"] = held_by(desk.case, desk.spec, at)
        extra["others"] = holder_permits(desk.case, at)
        extra["way"] = case_drawing(desk.case.process_id, desk.spec) if desk.case.process_id else None
    if desk.decision is not None and (look.shows == DECISION or desk.panel == "sign"):
        extra["paper"] = draft_paper_of(desk.decision)
        extra["initialled"] = initials_of(desk.decision)
    if desk.decision is not None and desk.panel in ("initial", "sign"):
        extra["consistency"] = consistency_of(desk.case, desk.decision, at)
    if desk.panel == "assess":
        extra["fee"] = fee_shown(desk.case, at)
    if desk.panel == "draft_decision" or (desk.panel == "sign" and not is_refusal(desk.decision)):
        extra["obstacles"] = [str(one.desk) for one in obstacles_of(desk.case, answers_in(desk.case), at)]
    if desk.panel == "draft_decision":
        extra["appeal"] = parts_of(desk.spec).appeal
        extra["refusal_choices"] = refusal_choices(desk.spec)
    return extra


def is_refusal(decision: Decision | None) -> bool:
    return decision is not None and decision.outcome == Decision.Outcome.REFUSE


def refusal_choices(spec: KindSpec) -> list[tuple[str, str]]:
    """Each coded reason with the article that will stand in the letter."""
    return [(one.code, f"{one.label} ({one.article})" if one.article else str(one.label)) for one in spec.refusals]


def forms_of(desk: DeskCase, target: str, sent: Mapping[str, forms.Form]) -> dict[str, Any]:
    """The forms of the page, empty unless one comes back to be mended."""
    seen = {"seen": desk.case.version}
    fresh: dict[str, forms.Form] = {
        "mark": shapes.Mark(spec=desk.spec, initial={"target": target}),
        "send_back": shapes.Return(initial=seen),
        "opinion": shapes.Opinion(initial=seen),
        "draft": shapes.Draft(spec=desk.spec, initial=seen),
        "draft_return": shapes.Why(initial=seen),
        "signature": shapes.Signature(initial=seen),
        "suspension": shapes.Measure(),
        "reinstatement": shapes.Measure(),
        "revocation": shapes.Measure(),
    }
    return {"forms": {name: sent.get(name, form) for name, form in fresh.items()}}


def left_over(desk: DeskCase, target: str, typed: Mapping[str, forms.Form]) -> list[tuple[str, str]]:
    """(label, text) of what was typed into a form that this page does not show any more: nobody types it again."""
    places = {"opinion": {"review"}, "draft": {"draft_decision"}, "draft_return": {"initial", "sign"}}
    places |= {name: {"verify", "examine"} for name in ("send_back", *(["mark"] if target else []))}
    gone = [form for name, form in typed.items() if desk.panel not in places.get(name, set())]
    fields = [one for form in gone for one in form if isinstance(one.field.widget, forms.Textarea | forms.TextInput)]
    return [(str(one.label), str(one.value())) for one in fields if one.value() and not one.is_hidden]


def look_at(desk: DeskCase, wanted: str, page: int) -> Look:
    """What was asked for, or what the officer needs first."""
    code = wanted if wanted in _codes(desk) else _first(desk)
    if code == ANSWERS:
        return Look(code, _("Isian permohonan"), ANSWERS)
    if code == STORY:
        return Look(code, _("Perjalanan berkas"), STORY)
    if code == DECISION:
        return Look(code, _("Keputusan") if _is_signed(desk) else pgettext("keputusan", "Konsep keputusan"), DECISION)
    card = desk.card(code)
    return _document(desk, card, page) if card else Look(code, code, "nothing")


def _is_signed(desk: DeskCase) -> bool:
    return desk.decision is not None and desk.decision.state == Decision.State.SIGNED


def _codes(desk: DeskCase) -> list[str]:
    decided = [DECISION] if desk.decision is not None else []
    return [*(card.code for card in desk.cards), ANSWERS, *decided, STORY]


def _first(desk: DeskCase) -> str:
    if desk.panel in ("initial", "sign"):
        return DECISION
    if desk.panel == "draft_decision":
        return ANSWERS
    if desk.panel:
        waiting = [card for card in desk.cards if not card.settled] or desk.cards
        return waiting[0].code if waiting else ANSWERS
    return STORY


def _document(desk: DeskCase, card: Card, page: int) -> Look:
    code = card.code
    previous, following = position(code, (one.code for one in desk.cards))
    file = card.row.file
    if file is None or file.state != "ready":
        return Look(code, card.label, "nothing", previous=previous, following=following)
    if is_picture(file):
        return Look(code, card.label, "picture", previous=previous, following=following)
    if not is_pdf(file):
        return Look(code, card.label, "nothing", previous=previous, following=following)
    number = within(page, file.pages)
    before, after = neighbours(number, file.pages or 1)
    return Look(code, card.label, "page", number, file.pages or 1, before, after, previous, following)


def tabs_of(desk: DeskCase, look: Look) -> list[tuple[str, str, bool]]:
    """(words, look, current) of what there is to look at; single documents are chosen in the checklist."""
    here = desk.card(look.code)
    decision = _("Keputusan") if _is_signed(desk) else pgettext("antrean", "Konsep")
    words = {ANSWERS: _("Isian"), STORY: _("Perjalanan"), DECISION: decision}
    documents = [(_("Dokumen"), (here or desk.cards[0]).code, here is not None)] if desk.cards else []
    return documents + [(words[code], code, code == look.code) for code in _codes(desk) if code in words]


def _field(desk: DeskCase, code: str) -> str:
    return code if code in desk.spec.fields else ""


def _bucket(request: HttpRequest, desk: DeskCase) -> str:
    """The queue she came from, else the one this file lies in."""
    own = {"draft_decision": "draft"}.get(desk.panel, desk.panel) or ("waiting" if desk.open else "all")
    return str(request.GET.get("bucket", "")) or own


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
