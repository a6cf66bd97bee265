"""Answers are kept with the case, a NIK with the person: one press of the form's button, two owners."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import answer_correction, save_answers
from city.cases.models import Case
from city.cases.queries import case_for
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.people.actions import save_profile

_MASK = "•"  # a NIK is shown masked; posted back unchanged it says nothing new


def fill(*, case_id: UUID, answers: Mapping[str, str], by: Actor, at: datetime) -> list[FieldError]:
    """Keep what was typed, right or wrong; returns what is already known to be wrong with it.

    Each owner keeps its part in a transaction of its own, so that a NIK that cannot be kept loses no other answer.
    """
    errors = save_answers(case_id=case_id, answers=answers, by=by, at=at)
    nik = answers.get("nik", "").strip()
    if nik and _MASK not in nik:
        errors += _keep_nik(case_for(by, case_id), nik, by=by, at=at)
    return errors


def _keep_nik(case: Case, nik: str, *, by: Actor, at: datetime) -> list[FieldError]:
    try:
        with transaction.atomic():
            save_profile(case.applicant_id, nik=nik, by=by, at=at)
    except Refusal as refused:
        return [FieldError("nik", one.sentence) for one in refused.errors] or [FieldError("nik", refused.sentence)]
    return []


def mend(*, case_id: UUID, answers: Mapping[str, str], seen: int | None, by: Actor, at: datetime) -> Case:
    """Keep the mended answers, then send the answer to the return. What was kept stays kept when it is refused."""
    if answers:
        save_answers(case_id=case_id, answers=answers, by=by, at=at)
    return answer_correction(case_id=case_id, by=by, at=at, seen=seen)
