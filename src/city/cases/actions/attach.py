"""A document is handed in, or taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from city.cases.actions.discard import discard
from city.cases.actions.lock import locked, require_own, still_to_do
from city.cases.events import CaseOpened
from city.cases.models import Case, Correction, CorrectionItem, RequiredDocument
from city.cases.queries import spec_of
from city.cases.rules.states import State, Verb
from city.documents.models import StoredFile
from city.documents.queries import file as stored_file
from city.documents.queries import why
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal

_NO_SUCH = _("Layanan ini tidak meminta berkas itu.")
_NOT_ASKED = _("Berkas ini sudah diterima. Ganti hanya yang diminta diperbaiki.")


@transaction.atomic
def attach(*, case_id: UUID, document: str, file_id: UUID, by: Actor, at: datetime) -> RequiredDocument:
    """Put a sent file in the place of a document. In a draft it replaces the one before; in an answer to a return the
    faulty one stays beside it, to compare, and the one that an earlier return had faulted goes. Attaching the same file
    again changes nothing.

    Raises Refusal 404 for a foreign case or file, 409 when the case was sent or the document was not asked for, 422
    for a file that was turned away.
    """
    case = locked(case_id)
    require_own(case, by)
    still_to_do(Verb.FILL, CaseOpened, case, by=by, seen=None)
    row = _place(case, document)
    if row.file_id == file_id:
        return row
    file = stored_file(file_id)
    _require_usable(case, document, file)
    replaced = row.file_id
    if case.state == State.RETURNED and row.state == RequiredDocument.State.DEFECTIVE:
        row.previous_id, replaced = row.file_id, row.previous_id
    answers_return = case.state == State.RETURNED
    row.file, row.version, row.changed_at = file, row.version + 1, at
    row.state = RequiredDocument.State.REPLACED if answers_return else RequiredDocument.State.UPLOADED
    row.save()
    _note_answer(case, document, answered=True)
    _throw_away(replaced, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(updated_at=at)
    return row


@transaction.atomic
def detach(*, case_id: UUID, document: str, by: Actor, at: datetime) -> RequiredDocument:
    """Take a handed-in document back; in an answer to a return the faulty one takes its place again."""
    case = locked(case_id)
    require_own(case, by)
    still_to_do(Verb.FILL, CaseOpened, case, by=by, seen=None)
    row = _place(case, document)
    if row.file_id is None or row.state == RequiredDocument.State.DEFECTIVE:
        return row
    gone, row.file_id = row.file_id, row.previous_id
    row.previous, row.changed_at = None, at
    row.state = RequiredDocument.State.DEFECTIVE if row.file_id else RequiredDocument.State.MISSING
    row.save()
    _note_answer(case, document, answered=False)
    _throw_away(gone, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(updated_at=at)
    return row


def _place(case: Case, document: str) -> RequiredDocument:
    if document not in spec_of(case.kind_version_id).needs:
        raise Refusal("case.no_such_document", _NO_SUCH, status=404)
    row = RequiredDocument.objects.filter(case_id=case.pk, code=document).first()
    if row is None:
        raise Refusal("case.no_such_document", _NO_SUCH, status=404)
    if case.state == State.RETURNED and not _items(case, document).exists():
        raise Refusal("case.not_asked", _NOT_ASKED)
    return row


def _items(case: Case, document: str) -> "QuerySet[CorrectionItem]":
    sent = CorrectionItem.objects.filter(correction__case_id=case.pk, correction__state=Correction.State.SENT)
    return sent.filter(target=document)


def _note_answer(case: Case, document: str, *, answered: bool) -> None:
    if case.state == State.RETURNED:
        _items(case, document).update(answered=answered)


def _require_usable(case: Case, document: str, file: StoredFile) -> None:
    if file.subject_id != case.applicant_id:
        raise Refusal("case.no_such_file", _("Berkas ini tidak ada. Pilih berkasnya lagi."), status=404)
    if file.state == StoredFile.State.REFUSED:
        said = why(file)
        raise Refusal(file.reason, said, status=422, errors=[FieldError(document, said)])


def _throw_away(file_id: UUID | None, *, by: Actor, at: datetime) -> None:
    if file_id is not None:
        discard(file_id, by=by, at=at)
