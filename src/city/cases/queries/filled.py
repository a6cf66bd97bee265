"""What the applicant answered and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from city.cases.declare import DocumentNeed, KindSpec
from city.cases.models import Answer, Case, RequiredDocument
from city.cases.queries.kinds import spec_of
from city.documents.models import StoredFile
from city.documents.queries import files as stored
from city.kernel.keyring import KeyLost
from city.kernel.plain import fetch_all
from city.kernel.subjects import open_many
from city.people.queries import masked_nik


def place_of(case_id: UUID) -> str:
    """What a sealed answer is bound to, completed by its field: moved elsewhere it does not open."""
    return f"case:{case_id}"


def answers_in(case: Case) -> dict[str, str]:
    """The answers by field; a NIK masked, as it is kept with the person. Empty when the applicant was erased."""
    sealed = {row.field: bytes(row.sealed) for row in fetch_all(Answer, case=case.pk)}
    try:
        answers = open_many(case.applicant_id, sealed, about=place_of(case.pk))
    except KeyLost:
        return {}
    for asked in spec_of(case.kind_version_id).fields.values():
        if asked.kind == "nik":
            answers[asked.code] = masked_nik(case.applicant_id)
    return answers


def answers_of(case_id: UUID) -> dict[str, str]:
    """The answers of a case by field (see answers_in). The caller has asked `case_for` who may see them."""
    return answers_in(Case.objects.get(pk=case_id))


@dataclass(frozen=True)
class DocumentRow:
    """One document of a case: what is asked, what was handed in, and whether these answers need it."""

    need: DocumentNeed
    row: RequiredDocument | None
    file: StoredFile | None
    needed: bool

    @property
    def code(self) -> str:
        return self.need.code

    @property
    def state(self) -> str:
        return self.row.state if self.row else RequiredDocument.State.MISSING


def documents_in(case: Case, spec: KindSpec, answers: Mapping[str, str]) -> list[DocumentRow]:
    rows = {row.code: row for row in fetch_all(RequiredDocument, case=case.pk)}
    files = stored(row.file_id for row in rows.values() if row.file_id is not None)
    return [_document(need, rows.get(need.code), files, answers) for need in spec.documents]


def _document(
    need: DocumentNeed, row: RequiredDocument | None, files: Mapping[UUID, StoredFile], answers: Mapping[str, str]
) -> DocumentRow:
    file = files.get(row.file_id) if row and row.file_id else None
    return DocumentRow(need, row, file, need.needed(answers))


def documents_of(case_id: UUID) -> list[DocumentRow]:
    """Every document the kind asks for, in its order."""
    case = Case.objects.get(pk=case_id)
    return documents_in(case, spec_of(case.kind_version_id), answers_in(case))
