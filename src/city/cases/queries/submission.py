"""What still keeps a draft, or an answered return, from being sent: asked by the page before, by the action again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.cases.declare import Field, KindSpec, error_of
from city.cases.models import Case
from city.cases.queries.filled import DocumentRow, answers_in, documents_in
from city.cases.queries.kinds import rules_of, spec_of
from city.cases.queries.obstacles import obstacles_of
from city.cases.rules.answers import Fault, fault_in, faults_in
from city.cases.rules.clock import day_of
from city.cases.rules.states import State
from city.documents.models import StoredFile
from city.documents.queries import why
from city.kernel.errors import FieldError
from city.people.queries import masked_nik, normal_phone

_NIK_MISSING = _("Isi NIK Anda dulu. NIK ada di KTP, 16 angka.")


def errors_before_submission(case_id: UUID, at: datetime) -> list[FieldError]:
    """One sentence for each field and document to mend, in the order of the form; empty when it may be sent."""
    case = Case.objects.get(pk=case_id)
    spec = spec_of(case.kind_version_id)
    return errors_in_case(case, spec, answers_in(case), at)


def errors_in_case(case: Case, spec: KindSpec, answers: Mapping[str, str], at: datetime) -> list[FieldError]:
    faults = _faults(spec, answers, at)
    errors = [error_of(fault, spec) for fault in faults]
    if spec.needs_identity and not _nik_known(case, spec, answers):
        errors.append(FieldError("nik", _NIK_MISSING))
    errors += [error for row in documents_in(case, spec, answers) if (error := error_in_document(row))]
    if not errors and case.state == State.DRAFT:  # an answered return goes on: whoever decides asks again
        errors += [FieldError(one.field, one.told) for one in obstacles_of(case, answers, at)]
    return errors


def _nik_known(case: Case, spec: KindSpec, answers: Mapping[str, str]) -> bool:
    shown = [answers.get(code, "") for code, one in spec.fields.items() if one.kind == "nik"]
    return bool(shown[0] if shown else masked_nik(case.applicant_id))


def _faults(spec: KindSpec, answers: Mapping[str, str], at: datetime) -> list[Fault]:
    """The city's own faults first; the kind is asked about the rest, so that each field gets one sentence."""
    asked = [one for one in spec.fields.values() if one.kind != "nik"]
    faults = faults_in(asked, answers)
    faults += [Fault(one.code, "phone") for one in asked if _is_no_phone(one, answers.get(one.code, ""))]
    found = {fault.field for fault in faults}
    own = rules_of(spec).errors_in(answers, day_of(at))
    return [*faults, *(Fault(one.field, one.code, one.facts) for one in own if one.field not in found)]


def fault_in_typed(asked: Field, text: str) -> Fault | None:
    """What is already known to be wrong with something typed."""
    return Fault(asked.code, "phone") if _is_no_phone(asked, text) else fault_in(asked, text)


def _is_no_phone(asked: Field, text: str) -> bool:
    return asked.kind == "phone" and bool(text.strip()) and not normal_phone(text)


def error_in_document(document: DocumentRow) -> FieldError | None:
    """What is wrong with one document; a file still being checked waits, so that nothing is refused after sending."""
    label = str(document.need.label)
    if document.file is None:
        said = gettext("Unggah dulu: %(label)s.") % {"label": label}
        return FieldError(document.code, said) if document.needed else None
    if document.file.state == StoredFile.State.READY:
        return None
    said = {
        StoredFile.State.RECEIVING: gettext("%(label)s belum selesai terkirim. Tunggu, atau pilih berkasnya lagi."),
        StoredFile.State.RECEIVED: gettext("%(label)s sedang kami periksa. Tunggu sebentar, lalu kirim lagi."),
    }.get(StoredFile.State(document.file.state), "") % {"label": label}
    return FieldError(document.code, said or why(document.file))
