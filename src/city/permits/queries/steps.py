"""One step of the form as its page draws it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from city.cases.declare import Field, as_day
from city.permits.queries.filling import DOCUMENTS, REVIEW, Filling, identity_of
from city.permits.queries.kinds import entry_of
from city.permits.queries.slips import NO_SLIPS, Slips
from city.permits.queries.standard import fee_of
from city.ui.environment import language
from city.ui.rules.formats import date_long


def step_page(filling: Filling, code: str, *, told: bool, slips: Slips = NO_SLIPS) -> dict[str, Any]:
    """`told`: what is wrong is said."""
    step = filling.step(code)
    now = slips.sentences
    questions = [slips.shown_in(q) for q in filling.questions(step, told=told)]
    wrong = [(q.id, q.error) for q in questions if q.error]
    nik_error = now.get("nik", "") or (filling.error_of("nik") if told else "")
    if step.identity and nik_error:
        wrong.append(("f-nik", nik_error))
    return {
        "filling": filling,
        "case": filling.case,
        "step": step,
        "code": code,
        "questions": questions,
        "errors": wrong if told else [],
        "identity": identity_of(filling.case) if step.identity else None,
        "nik_error": nik_error,
        "nik_typed": slips.unkept("nik"),
        "steps": step_rows(filling, code),
    }


def step_rows(filling: Filling, here: str) -> list[dict[str, str]]:
    """The steps beside the form, for ui's list of steps; every one can be opened, in any order."""
    titles = {step.code: str(step.title) for step in filling.spec.steps}
    titles |= {DOCUMENTS: _("Berkas syarat"), REVIEW: _("Periksa dan kirim")}
    return [
        {
            "words": titles[code],
            "state": "here" if code == here else "done" if filling.is_done(code) else "later",
            "url": "" if code == here else step_url(filling, code),
        }
        for code in filling.codes
    ]


def step_url(filling: Filling, code: str) -> str:
    return reverse("permits-form", args=[filling.case.pk, code])


def review_page(filling: Filling) -> dict[str, Any]:
    """Everything once more before it is sent, with a way back to each step and each thing to mend."""
    wrong = [(_where(filling, one.field), str(one.sentence)) for one in filling.errors]
    sections = [
        (step, step_url(filling, step.code), [(field, answer_words(field, filling.answers)) for field in step.fields])
        for step in filling.spec.steps
    ]
    return {
        "filling": filling,
        "case": filling.case,
        "code": REVIEW,
        "wrong": wrong,
        "sections": sections,
        "identity": identity_of(filling.case),
        "documents_url": step_url(filling, DOCUMENTS),
        "steps": step_rows(filling, REVIEW),
        "fee": fee_of(entry_of(filling.spec)),
    }


def answer_words(field: Field, answers: Mapping[str, str]) -> str:
    """An answer as people read it: a choice by its label, a day in words."""
    answer = answers.get(field.code, "")
    day = as_day(answer) if field.kind == "date" else None
    return date_long(day, language()) if day else field.shown(answer)


def _where(filling: Filling, target: str) -> str:
    """Where a thing is mended: its field or document, or the page of the permit that this draft continues."""
    if target == "predecessor" and filling.case.predecessor:
        return reverse("permits-permit", args=[filling.case.predecessor])
    return f"{step_url(filling, filling.step_of(target))}?periksa#{_anchor(filling, target)}"


def _anchor(filling: Filling, target: str) -> str:
    return f"d-{target}" if target in filling.spec.needs else f"f-{target}"
