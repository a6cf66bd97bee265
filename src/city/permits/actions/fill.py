"""Answers are kept with the case, a NIK with the person: one press of the form's button, two owners."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import Arrival, NotKept, Typed, answer_correction, deliver_answers, save_answers
from city.cases.models import Case
from city.cases.queries import case_for
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.people.actions import save_profile

_MASK = "•"  # a NIK is shown masked; posted back unchanged it says nothing new
_NOT_SENT = _("Ada isian yang belum tersimpan, jadi perbaikan belum dikirim. Isian yang lain tersimpan.")


def fill(*, case_id: UUID, typed: Typed, by: Actor, at: datetime) -> list[FieldError]:
    """Keep what was typed, right or wrong; returns what is already known to be wrong with it.

    Each owner keeps its part in a transaction of its own, so that a NIK that cannot be kept loses no other answer.
    What was not kept, it says with NotKept.
    """
    errors = save_answers(case_id=case_id, answers=typed.answers, drawn=typed.drawn, by=by, at=at)
    return errors + _keep_nik(case_for(by, case_id), typed.answers.get("nik", "").strip(), by=by, at=at)


def deliver(*, case_id: UUID, key: UUID, typed: Typed, by: Actor, at: datetime) -> Arrival:
    """Keep what waited in a phone without a line, once for each key."""
    arrival = deliver_answers(case_id=case_id, key=key, typed=typed, by=by, at=at)
    nik = "" if arrival.again else typed.answers.get("nik", "").strip()
    return replace(arrival, errors=[*arrival.errors, *_keep_nik(case_for(by, case_id), nik, by=by, at=at)])


def _keep_nik(case: Case, nik: str, *, by: Actor, at: datetime) -> list[FieldError]:
    if not nik or _MASK in nik:
        return []
    try:
        with transaction.atomic():
            save_profile(case.applicant_id, nik=nik, by=by, at=at)
    except Refusal as refused:
        return [NotKept("nik", one.sentence) for one in refused.errors] or [NotKept("nik", refused.sentence)]
    return []


def mend(*, case_id: UUID, typed: Typed, seen: int | None, by: Actor, at: datetime) -> Case:
    """Keep the mended answers, then send the answer to the return. What was kept stays kept when it is refused.

    Raises Refusal 409 or 422 with a sentence for each answer that could not be kept, and as answer_correction does.
    """
    lost = _not_kept(case_id, typed, by, at)
    if lost:
        status = 409 if any(one.is_overtaken for one in lost) else 422
        raise Refusal("case.not_kept", _NOT_SENT, status=status, errors=lost)
    return answer_correction(case_id=case_id, by=by, at=at, seen=seen)


def _not_kept(case_id: UUID, typed: Typed, by: Actor, at: datetime) -> list[NotKept]:
    """A case that is returned no more takes no answers: whether this very page was sent before, its answer knows."""
    try:
        errors = save_answers(case_id=case_id, answers=typed.answers, drawn=typed.drawn, by=by, at=at)
    except Refusal as refused:
        if refused.code != "case.not_now":
            raise
        return []
    return [one for one in errors if isinstance(one, NotKept)]
