"""The documents of a case as its page draws them: rows with their state, and a way to send each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from city.cases.models import Case
from city.cases.queries import DocumentRow, documents_of, spec_of
from city.documents import queries as files
from city.documents.actions import FileOffer, UploadSlot, ticket_for
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.permits.queries.filling import DOCUMENTS, Filling
from city.permits.queries.steps import step_rows
from city.ui.environment import language
from city.ui.rules.formats import bytes_size


@dataclass(frozen=True)
class PaperRow:
    """One document as ui's file row takes it. `slot` is the form to send one; None where nothing may be sent now."""

    code: str
    label: str
    hint: str
    limits: str
    max_bytes: int
    optional: bool
    state: str
    words: str
    note: str
    reason: str
    href: str
    thumbnail: str
    slot: UploadSlot | None

    @property
    def has_file(self) -> bool:
        return bool(self.href) or self.state in ("checking", "uploading", "bad")


def purpose_of(case_id: UUID, document: str) -> str:
    """What a file is opened for; a file sent for one place is taken in no other."""
    return f"case:{case_id}:{document}"


def sent_for(case_id: UUID, document: str, file_id: UUID) -> None:
    """Refuses (404) a file that was sent for another case or document."""
    if files.file(file_id).purpose != purpose_of(case_id, document):
        raise Refusal("file.unknown", _("Berkas ini tidak ada. Pilih berkasnya lagi."), status=404)


def offer_of(case: Case, document: str, announced: Mapping[str, str] = {}) -> FileOffer:
    """A place for one document of a case; `announced` may give name and type. Refuses (404) what nobody asks for."""
    need = spec_of(case.kind_version_id).needs.get(document)
    if need is None:
        raise Refusal("case.no_such_document", _("Layanan ini tidak meminta berkas itu."), status=404)
    return FileOffer(
        file_id=new_id(),
        subject_id=case.applicant_id,
        purpose=purpose_of(case.pk, document),
        rule=need.rule,
        name=announced.get("name", ""),
        declared_type=announced.get("type", ""),
    )


def slot_for(case: Case, document: str, *, by: Actor, at: datetime) -> UploadSlot:
    """The form of one document: posted without script, it comes back to the case."""
    back = reverse("permits-arrived", args=[case.pk, document])
    return ticket_for(offer_of(case, document), back=back, by=by, at=at)


def row_of(case: Case, document: DocumentRow, *, fault: str = "", slot: UploadSlot | None = None) -> PaperRow:
    need, file = document.need, document.file
    state, words = _state(document, sent=case.state != "draft")
    refused = files.why(file) if file is not None else ""
    shown = file is not None and file.state == "ready"
    args = [case.pk, need.code]
    return PaperRow(
        code=need.code,
        label=str(need.label),
        hint=str(need.hint),
        limits=need.rule.limits_text,
        max_bytes=need.rule.max_bytes,
        optional=not document.needed,
        state="bad" if refused or (fault and state != "defective") else state,
        words=words,
        note=_note(document, sending=slot is not None),
        reason=fault or refused,
        href=reverse("permits-document", args=args) if shown else "",
        thumbnail=reverse("permits-thumbnail", args=args) if shown and file and file.thumbnail_id else "",
        slot=slot,
    )


def _state(document: DocumentRow, *, sent: bool) -> tuple[str, str]:
    """ui's state of a row, and its words."""
    file = document.file
    if file is None:
        return "wait", _("Belum diunggah")
    if file.state in ("receiving", "received"):
        return "checking", _("Sampai. Kami periksa sebentar.")
    return {
        "accepted": ("accepted", _("Diterima petugas")),
        "defective": ("defective", _("Perlu diperbaiki")),
        "replaced": ("ok", _("Sudah diganti")),
    }.get(document.state, ("ok", _("Terkirim") if sent else _("Siap dikirim")))


def _note(document: DocumentRow, *, sending: bool) -> str:
    """Name, size and version of what is there; before it is sent, what may be sent."""
    file, row = document.file, document.row
    limits = document.need.rule.limits_text
    if file is None:
        return f"{document.need.hint} {limits}".strip()
    version = _(", versi %(version)s") % {"version": row.version} if row and row.version > 1 else ""
    name = f"{file.name}, {bytes_size(file.size, language())}{version}"
    return f"{name}. {limits}" if sending else name


def papers_page(
    filling: Filling, *, by: Actor, at: datetime, faults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the documents step shows; `faults` are sentences for files that could not be taken just now."""
    case, told = filling.case, faults or {}
    rows = [
        row_of(case, one, fault=told.get(one.code, ""), slot=slot_for(case, one.code, by=by, at=at))
        for one in filling.documents
    ]
    return {
        "filling": filling,
        "case": case,
        "rows": rows,
        "code": DOCUMENTS,
        "errors": [(f"d-{code}", sentence) for code, sentence in told.items()],
        "steps": step_rows(filling, DOCUMENTS),
    }


def papers_url_name(case: Case) -> str:
    """The page on which this case's documents are sent now."""
    return "permits-answer" if case.state == "returned" else "permits-documents"


def fault_of_upload(code: str, file_id: UUID | None) -> str:
    """The sentence for a file that could not be taken; its own where the file has a row."""
    if file_id is not None:
        try:
            return files.why(files.file(file_id)) or files.sentence(code)
        except Refusal:
            pass
    return files.sentence(code or "upload.none")


def file_of(case: Case, document: str) -> UUID:
    """Refuses (404) a document that is not there."""
    row = next((one for one in documents_of(case.pk) if one.code == document), None)
    if row is None or row.file is None:
        raise Refusal("file.unknown", _("Berkas ini tidak ada, atau sudah diganti."), status=404)
    return row.file.pk


def thumbnail_of(case: Case, document: str) -> HttpResponse:
    """A small picture of the document; 404 where there is none."""
    body = files.thumbnail(file_of(case, document))
    if body is None:
        raise Refusal("file.no_thumbnail", _("Berkas ini tidak punya gambar kecil."), status=404)
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type="image/jpeg", headers=headers)
