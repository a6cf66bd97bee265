"""Reading papers, and telling a true one from any other file."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from city.documents.authority import DemoAuthority, signatures_of_stranger
from city.documents.declare import SIGNATURES, SignatureProvider
from city.documents.models import Paper
from city.documents.queries.files import as_response, content
from city.kernel.errors import Refusal

MOST_BYTES = 20_000_000  # of a PDF that somebody asks us about


@dataclass(frozen=True)
class PdfVerdict:
    """What we can say of a PDF. `intact`: byte for byte a document we issued, which is `paper`.

    `ours`: it carries a signature that we know and that still holds; without `intact` it was changed around it, or
    never issued. `signer` is the name in that signature's certificate.
    """

    intact: bool
    ours: bool
    paper: Paper | None = None
    signer: str = ""


def paper(paper_id: UUID) -> Paper:
    """Refuses (404) an id that no paper has."""
    found = Paper.objects.filter(pk=paper_id).first()
    if found is None:
        raise Refusal("paper.unknown", _("Surat ini tidak ada."), status=404)
    return found


def unsigned_papers(before: datetime | None = None) -> QuerySet[Paper, UUID]:
    """Ids of the papers that wait for a signature; with `before`, only those prepared earlier. For a subquery."""
    waiting = Paper.objects.filter(state=Paper.State.PREPARED)
    return (waiting if before is None else waiting.filter(prepared_at__lt=before)).values_list("pk", flat=True)


def paper_response(paper_id: UUID, *, download: bool = False) -> HttpResponse:
    """The issued document, byte for byte, for whoever the caller lets have it. Refuses (404) before it is issued."""
    found = paper(paper_id)
    if found.state != Paper.State.ISSUED or found.file is None:
        raise Refusal("paper.not_issued", _("Surat ini belum terbit."), status=404)
    return as_response(content(found.file.pk), "application/pdf", found.file.name, download)


def draft_response(paper_id: UUID) -> HttpResponse:
    """The paper before its signature, for those who check and sign it; the caller knows who they are."""
    found = paper(paper_id)
    if found.state == Paper.State.VOID:
        raise Refusal("paper.void", _("Surat ini dibatalkan."), status=404)
    return as_response(content(found.prepared_id), "application/pdf", f"KONSEP-{found.prepared.name}", False)


def draft_content(paper_id: UUID) -> bytes:
    """The bytes of the paper before its signature, for pages that show it as pictures."""
    return content(paper(paper_id).prepared_id)


def paper_with_hash(sha256: str) -> Paper | None:
    """The issued document with this SHA-256 (hex, any case), as a device may compute it without sending the file."""
    wanted = sha256.strip().lower()
    return Paper.objects.filter(sha256=wanted, state=Paper.State.ISSUED).first() if len(wanted) == 64 else None


def verify_pdf(pdf: bytes) -> PdfVerdict:
    """Whether this is a document of ours, unchanged. The bytes are looked at and forgotten.

    Refuses (422) more than MOST_BYTES.
    """
    if len(pdf) > MOST_BYTES:
        said = _("Berkas ini terlalu besar untuk surat kami. Pilih PDF surat yang ingin Anda periksa.")
        raise Refusal("paper.too_large", said, status=422)
    known = paper_with_hash(hashlib.sha256(pdf).hexdigest())
    if known is not None:
        return PdfVerdict(intact=True, ours=True, paper=known)
    if not isinstance(signature_provider(), DemoAuthority):
        return PdfVerdict(intact=False, ours=False)
    held = next((one for one in signatures_of_stranger(pdf) if one.holds), None)
    return PdfVerdict(intact=False, ours=held is not None, signer=held.signer if held else "")


def signature_provider() -> SignatureProvider:
    """Who signs for this city: a real provider where one is connected, the demo authority only in a demo city.

    Refuses (409) where there is neither.
    """
    real = next((one for one in SIGNATURES if not one.simulated), None)
    found = real or (SIGNATURES.get("demo") if settings.DEMO else None)
    if found is None:
        said = _("Tanda tangan elektronik belum disambungkan di kota ini. Hubungi administrator di DKISS.")
        raise Refusal("signature.none", said)
    return found
