"""Answers are kept as they are typed, right or wrong: nothing is lost, and the page says what to mend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from city.cases.actions.lock import locked, require_own, still_to_do
from city.cases.declare import Drawn, Field, KindSpec, as_day, error_of
from city.cases.events import CaseOpened
from city.cases.models import Answer, Case, Correction, CorrectionItem
from city.cases.queries import answers_in, fault_in_typed, place_of, spec_of
from city.cases.rules.answers import LONGEST
from city.cases.rules.states import State, Verb
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.subjects import seal_many
from city.people.actions import save_profile
from city.ui.rules.formats import date_long

_MASK = "•"  # a NIK is shown masked; posted back unchanged it says nothing new


@dataclass(frozen=True)
class Typed:
    """What a page sends, by field: what she typed, and what the page had drawn there before."""

    answers: Mapping[str, str]
    drawn: Mapping[str, Drawn] = field(default_factory=dict)


@dataclass(frozen=True)
class NotKept(FieldError):
    """What was typed in this field was not kept. `stands`: the answer that another page has put there meanwhile."""

    stands: str | None = None

    @property
    def is_overtaken(self) -> bool:
        return self.stands is not None


@transaction.atomic
def save_answers(
    *, case_id: UUID, answers: Mapping[str, str], by: Actor, at: datetime, drawn: Mapping[str, Drawn] | None = None
) -> list[FieldError]:
    """Keep some answers of a draft, or those a return asks for; returns what is already known to be wrong with them.

    A wrong answer is kept all the same, so that it can be mended; what is not kept is said with NotKept: one too long,
    a NIK that cannot be hers, and one typed on a page drawn before another page changed the answer (`drawn`, by field).
    A NIK is kept with the person, never with the case. Unknown fields, and in a return those not asked about, are left
    alone. Raises Refusal 404 for a foreign case, 409 when the case was sent.
    """
    case = locked(case_id)
    require_own(case, by)
    still_to_do(Verb.FILL, CaseOpened, case, by=by, seen=None)
    spec = spec_of(case.kind_version_id)
    asked = {code: text.strip() for code, text in answers.items() if code in _open_fields(case, spec)}
    niks = {code: text for code, text in asked.items() if spec.fields[code].kind == "nik"}
    plain = {code: text for code, text in asked.items() if code not in niks}
    current, errors = _not_overtaken(case, spec, plain, drawn or {})
    for code, text in current.items():
        if fault := fault_in_typed(spec.fields[code], text):
            said = error_of(fault, spec)
            errors.append(said if len(text) <= LONGEST else NotKept(said.field, said.sentence))
    _keep(case, {code: text for code, text in current.items() if len(text) <= LONGEST}, at)
    for code, text in niks.items():
        errors += _keep_nik(case, code, text, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(updated_at=at)
    return errors


def _open_fields(case: Case, spec: KindSpec) -> set[str]:
    if case.state == State.DRAFT:
        return set(spec.fields)
    items = CorrectionItem.objects.filter(correction__case_id=case.pk, correction__state=Correction.State.SENT)
    return set(items.values_list("target", flat=True)) & set(spec.fields)


def _not_overtaken(
    case: Case, spec: KindSpec, typed: Mapping[str, str], drawn: Mapping[str, Drawn]
) -> tuple[dict[str, str], list[FieldError]]:
    """What may be kept. An answer changed elsewhere since its page was drawn stands: silently where she typed nothing
    here, else with a sentence."""
    stored = answers_in(case) if drawn else {}
    current, errors = dict(typed), list[FieldError]()
    for code, page in drawn.items():
        text, newer = typed.get(code), stored.get(code, "")
        if text is None or text == newer or page.was_before(newer):
            continue
        del current[code]
        if not page.is_untouched(text):
            errors.append(NotKept(code, _overtaken(spec.fields[code], newer), stands=newer))
    return current, errors


def _overtaken(field: Field, newer: str) -> str:
    if not newer:
        return _(
            "Isian ini sudah dikosongkan di halaman lain. Yang tampil di sini belum tersimpan; "
            "bila ini yang benar, kirim halaman ini sekali lagi."
        )
    day = as_day(newer) if field.kind == "date" else None
    language = "en" if (get_language() or "id").startswith("en") else "id"
    said = _(
        "Isian ini sudah diubah di halaman lain, dan yang tersimpan: “%(newer)s”. Yang tampil di sini belum tersimpan; "
        "bila ini yang benar, kirim halaman ini sekali lagi."
    )
    return said % {"newer": date_long(day, language) if day else field.shown(newer)}


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
        return [NotKept(code, one.sentence) for one in refused.errors] or [NotKept(code, refused.sentence)]
    return []
