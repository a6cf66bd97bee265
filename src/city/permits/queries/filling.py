"""The form as one applicant stands in it: its steps, what is answered, what is still wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from city.cases.declare import Field, KindSpec, Step, drawn_digest
from city.cases.models import Case
from city.cases.queries import DocumentRow, answers_in, documents_in, errors_in_case, spec_of
from city.kernel.errors import FieldError, Refusal
from city.people.queries import contact_of, masked_nik, shown_phone

DOCUMENTS, REVIEW = "documents", "review"  # the two steps that every form ends with


@dataclass(frozen=True)
class Question:
    """One field as the page draws it. `value` is the answer, else what the account knows of the applicant; `drawn`
    tells a later save what stood here."""

    field: Field
    value: str
    error: str = ""
    drawn: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"f-{self.field.code}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in self.field.choices]

    @property
    def choices_with_notes(self) -> list[tuple[str, str, str]]:
        return [(one.value, str(one.label), str(one.note)) for one in self.field.choices]


@dataclass(frozen=True)
class Filling:
    """A draft, or a return being answered, with every error that keeps it from being sent."""

    case: Case
    spec: KindSpec
    answers: Mapping[str, str]
    documents: list[DocumentRow]
    errors: list[FieldError]

    def error_of(self, target: str) -> str:
        return next((str(one.sentence) for one in self.errors if one.field == target), "")

    @property
    def codes(self) -> list[str]:
        """The steps by code, in order."""
        return [*(step.code for step in self.spec.steps), DOCUMENTS, REVIEW]

    def step(self, code: str) -> Step:
        """Raises Refusal (404) for a step this form does not have."""
        found = next((step for step in self.spec.steps if step.code == code), None)
        if found is None:
            raise Refusal("form.no_such_step", _("Langkah ini tidak ada di formulir."), status=404)
        return found

    def next_of(self, code: str) -> str:
        return self.codes[min(self.codes.index(code) + 1, len(self.codes) - 1)]

    def before(self, code: str) -> str:
        place = self.codes.index(code)
        return self.codes[place - 1] if place else ""

    def is_done(self, code: str) -> bool:
        """Whether nothing in a step keeps the form from being sent."""
        wrong = {one.field for one in self.errors}
        if code == DOCUMENTS:
            return not wrong & set(self.spec.needs)
        if code == REVIEW:
            return False
        step = self.step(code)
        own = {field.code for field in step.fields} | ({"nik"} if step.identity else set())
        return not wrong & own

    def first_open(self) -> str:
        """Where to go on: the first step that is not done."""
        return next((code for code in self.codes if not self.is_done(code)), REVIEW)

    def questions(self, step: Step, *, told: bool) -> list[Question]:
        """The fields of a step; `told` shows what is wrong with them (not before anybody tried to go on)."""
        known = known_of(self.case)
        return [
            self.question(
                field,
                offered=known.get(field.from_account, ""),
                error=self.error_of(field.code) if told or field.code in self.answers else "",
            )
            for field in step.fields
        ]

    def question(self, field: Field, *, offered: str = "", error: str = "") -> Question:
        """One field with its answer; `offered` stands where there is none yet. A NIK leaves no digest on a page."""
        stored = self.answers.get(field.code, "")
        value = stored or offered
        drawn = () if field.kind == "nik" else tuple(dict.fromkeys((drawn_digest(stored), drawn_digest(value))))
        return Question(field, value, error, drawn)

    def step_of(self, target: str) -> str:
        """The step in which a field or document is mended."""
        if target in self.spec.needs:
            return DOCUMENTS
        if target == "nik":
            return next((step.code for step in self.spec.steps if step.identity), self.codes[0])
        field = self.spec.fields.get(target)
        return field.step if field else self.codes[0]


def filling_of(case: Case, at: datetime) -> Filling:
    spec = spec_of(case.kind_version_id)
    answers = answers_in(case)
    errors = errors_in_case(case, spec, answers, at)
    return Filling(case, spec, answers, documents_in(case, spec, answers), errors)


def known_of(case: Case) -> dict[str, str]:
    """What the account already knows of the applicant, offered as answers she may change."""
    person = case.applicant
    contact = contact_of(person.pk)
    return {
        "name": person.name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "address": person.address,
        "email": contact.email,
        "phone": shown_phone(contact.phone) if contact.phone else "",
    }


def identity_of(case: Case) -> dict[str, Any]:
    """Whose application it is, as the form shows it: her name, her NIK masked or still unknown."""
    return {"name": case.applicant.name, "nik": masked_nik(case.applicant_id)}
