"""Answers are kept with the case, a NIK with the person: one press of the form's button, two owners."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import Arrival, Waited, answer_correction, deliver_answers, save_answers
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
    return errors + _keep_nik(case_for(by, case_id), answers.get("nik", "").strip(), by=by, at=at)


def deliver(*, case_id: UUID, key: UUID, waited: Mapping[str, Waited], by: Actor, at: datetime) -> Arrival:
    """Keep what waited in a phone without a line, once for each key."""
    arrival = deliver_answers(case_id=case_id, key=key, waited=waited, by=by, at=at)
    nik = waited["nik"].now.strip() if "nik" in waited and not arrival.again else ""
    return replace(arrival, errors=[*arrival.errors, *_keep_nik(case_for(by, case_id), nik, by=by, at=at)])


def _keep_nik(case: Case, nik: str, *, by: Actor, at: datetime) -> list[FieldError]:
    if not nik or _MASK in nik:
        return []
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
