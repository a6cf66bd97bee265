"""The desk goes through the file: accepts a document, marks a defect, takes a mark away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from city.cases.actions.lock import kept, locked, require_checking, still_to_do
from city.cases.declare import KindSpec
from city.cases.events import CaseEvent, DefectCleared, DefectMarked, DocumentAccepted
from city.cases.models import Case, Correction, CorrectionItem, RequiredDocument
from city.cases.queries import spec_of
from city.cases.rules.states import Verb, once_looked_at
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish

LONGEST_MESSAGE = 1000
_SAY_WHAT = _("Tulis apa yang harus diperbaiki, supaya pemohon tahu.")
_NOT_THERE = _("Berkas ini belum diunggah, jadi belum bisa diterima.")


@dataclass(frozen=True)
class _Look:
    """The case under an officer's eyes."""

    case: Case
    spec: KindSpec
    by: Actor
    at: datetime

    def begun(self, event: CaseEvent) -> None:
        """The first mark says that the check has begun."""
        self.case.state = once_looked_at(self.case.state)
        kept(self.case, at=self.at)
        publish(event, by=self.by, at=self.at)


def _look(case_id: UUID, event: type[CaseEvent], *, by: Actor, at: datetime) -> _Look:
    case = locked(case_id)
    require_checking(case, by)
    still_to_do(Verb.CHECK, event, case, by=by, seen=None)
    return _Look(case, spec_of(case.kind_version_id), by, at)


@transaction.atomic
def accept_document(*, case_id: UUID, document: str, by: Actor, at: datetime) -> RequiredDocument:
    """A document is in order; marks on it are taken away. Raises Refusal 404 for an unknown, 409 for a missing one."""
    look = _look(case_id, DocumentAccepted, by=by, at=at)
    row = RequiredDocument.objects.filter(case_id=case_id, code=document).first()
    if row is None:
        raise _no_such_target()
    if row.state == RequiredDocument.State.ACCEPTED:
        return row
    if row.file_id is None:
        raise Refusal("case.document_missing", _NOT_THERE)
    row.state, row.changed_at = RequiredDocument.State.ACCEPTED, at
    row.save(update_fields=["state", "changed_at"])
    _draft_items(look.case).filter(target=document).delete()
    look.begun(DocumentAccepted(case_id=case_id, kind=look.case.kind, document=document))
    return row


@transaction.atomic
def mark_defect(
    *, case_id: UUID, target: str, code: str, message: str, by: Actor, at: datetime, page: int | None = None
) -> CorrectionItem:
    """Note a coded defect on a field or document, in words the applicant can act on; she sees it once it is sent.

    Marking the same defect again changes its words. Raises Refusal 422 for a code the kind does not know or a message
    that says nothing, 404 for an unknown target.
    """
    look = _look(case_id, DefectMarked, by=by, at=at)
    _require_clear(look.spec, target, code, message)
    item, _new = CorrectionItem.objects.update_or_create(
        correction=_draft(look.case), target=target, code=code, defaults={"message": message.strip(), "page": page}
    )
    rows = RequiredDocument.objects.filter(case_id=case_id, code=target)
    rows.exclude(state=RequiredDocument.State.WAIVED).update(state=RequiredDocument.State.DEFECTIVE, changed_at=at)
    look.begun(DefectMarked(case_id=case_id, kind=look.case.kind, target=target, code=code))
    return item


@transaction.atomic
def clear_defect(*, case_id: UUID, target: str, by: Actor, at: datetime) -> Case:
    """Take every mark on a field or document away; a document then waits to be looked at. Repeatable."""
    look = _look(case_id, DefectCleared, by=by, at=at)
    gone, _kinds = _draft_items(look.case).filter(target=target).delete()
    if gone:
        rows = RequiredDocument.objects.filter(case_id=case_id, code=target, state=RequiredDocument.State.DEFECTIVE)
        rows.filter(file__isnull=False).update(state=RequiredDocument.State.UPLOADED, changed_at=at)
        rows.filter(file=None).update(state=RequiredDocument.State.MISSING, changed_at=at)
        look.begun(DefectCleared(case_id=case_id, kind=look.case.kind, target=target))
    return look.case


def _draft_items(case: Case) -> "QuerySet[CorrectionItem]":
    return CorrectionItem.objects.filter(correction__case_id=case.pk, correction__state=Correction.State.DRAFT)


def _draft(case: Case) -> Correction:
    draft = Correction.objects.filter(case_id=case.pk, state=Correction.State.DRAFT).first()
    if draft is None:
        last = Correction.objects.filter(case_id=case.pk).aggregate(last=Max("round"))["last"] or 0
        draft = Correction.objects.create(case=case, round=last + 1, stage=case.turn)
    return draft


def _require_clear(spec: KindSpec, target: str, code: str, message: str) -> None:
    if target not in spec.fields and target not in spec.needs:
        raise _no_such_target()
    defect = spec.defect(code)
    errors = []
    if spec.defects and defect is None:
        errors.append(FieldError("code", _("Pilih jenis cacat dari daftar.")))
    if not message.strip():
        errors.append(FieldError("message", _SAY_WHAT))
    if len(message) > LONGEST_MESSAGE:
        errors.append(FieldError("message", _("Terlalu panjang. Tulis paling banyak 1.000 huruf.")))
    if errors:
        raise Refusal("case.defect_unclear", errors[0].sentence, status=422, errors=errors)


def _no_such_target() -> Refusal:
    return Refusal("case.no_such_target", _("Bagian ini tidak ada di formulir layanan ini."), status=404)
