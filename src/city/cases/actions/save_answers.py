"""Answers are kept as they are typed, right or wrong: nothing is lost, and the page says what to mend."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions.lock import locked, require_own, still_to_do
from city.cases.declare import KindSpec, error_of
from city.cases.events import CaseOpened
from city.cases.models import Answer, Case, Correction, CorrectionItem
from city.cases.queries import fault_in_typed, place_of, spec_of
from city.cases.rules.answers import LONGEST
from city.cases.rules.states import State, Verb
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.subjects import seal_many
from city.people.actions import save_profile

_MASK = "•"  # a NIK is shown masked; posted back unchanged it says nothing new


@transaction.atomic
def save_answers(*, case_id: UUID, answers: Mapping[str, str], by: Actor, at: datetime) -> list[FieldError]:
    """Keep some answers of a draft, or those a return asks for; returns what is already known to be wrong with them.

    A wrong answer is kept all the same, so that it can be mended, except one too long to keep. A NIK is kept with the
    person, never with the case. Unknown fields, and in a return those not asked about, are left alone. Raises Refusal
    404 for a foreign case, 409 when the case was sent.
    """
    case = locked(case_id)
    require_own(case, by)
    still_to_do(Verb.FILL, CaseOpened, case, by=by, seen=None)
    spec = spec_of(case.kind_version_id)
    asked = {code: text.strip() for code, text in answers.items() if code in _open_fields(case, spec)}
    niks = {code: text for code, text in asked.items() if spec.fields[code].kind == "nik"}
    plain = {code: text for code, text in asked.items() if code not in niks}
    errors = [
        error_of(fault, spec) for code, text in plain.items() if (fault := fault_in_typed(spec.fields[code], text))
    ]
    _keep(case, {code: text for code, text in plain.items() if len(text) <= LONGEST}, at)
    for code, text in niks.items():
        errors += _keep_nik(case, code, text, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(updated_at=at)
    return errors


def _open_fields(case: Case, spec: KindSpec) -> set[str]:
    if case.state == State.DRAFT:
        return set(spec.fields)
    items = CorrectionItem.objects.filter(correction__case_id=case.pk, correction__state=Correction.State.SENT)
    return set(items.values_list("target", flat=True)) & set(spec.fields)


def _keep(case: Case, answers: Mapping[str, str], at: datetime) -> None:
    emptied = [code for code, text in answers.items() if not text]
    if emptied:
        Answer.objects.filter(case_id=case.pk, field__in=emptied).delete()
    sealed = seal_many(
        case.applicant_id, {code: text for code, text in answers.items() if text}, about=place_of(case.pk)
    )
    Answer.objects.bulk_create(
        [Answer(case_id=case.pk, field=code, sealed=value, saved_at=at) for code, value in sealed.items()],
        update_conflicts=True,
        unique_fields=["case", "field"],
        update_fields=["sealed", "saved_at"],
    )
    if case.state == State.RETURNED:
        items = CorrectionItem.objects.filter(correction__case_id=case.pk, correction__state=Correction.State.SENT)
        items.filter(target__in=list(sealed)).update(answered=True)
        items.filter(target__in=emptied).update(answered=False)


def _keep_nik(case: Case, code: str, text: str, *, by: Actor, at: datetime) -> list[FieldError]:
    if not text or _MASK in text:
        return []
    try:
        with transaction.atomic():
            save_profile(case.applicant_id, nik=text, by=by, at=at)
    except Refusal as refused:
        return [FieldError(code, one.sentence) for one in refused.errors] or [FieldError(code, refused.sentence)]
    return []
