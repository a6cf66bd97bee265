"""Reading files."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from city.documents import vault
from city.documents.inspection import page_picture
from city.documents.models import StoredFile
from city.documents.queries.keys import key_of
from city.documents.rules import sentence_for
from city.kernel.errors import Refusal
from city.kernel.keyring import KeyLost
from city.kernel.plain import fetch, fetch_many

# Whatever a browser may find inside a file, it must not run it here: no script, no form, no other address.
_SAFE_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'"
# A browser's own PDF viewer draws with plugins and styles of its own, and needs nothing of our origin.
_FOR_PDF = "sandbox; default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def file(file_id: UUID) -> StoredFile:
    """Refuses (404) an id that no file has."""
    found = fetch(StoredFile, pk=file_id)
    if found is None:
        raise _gone()
    return found


def files(ids: Iterable[UUID]) -> dict[UUID, StoredFile]:
    """Several files with one question to the database; an id without a file is left out."""
    return fetch_many(StoredFile, list(ids))


def content(file_id: UUID) -> bytes:
    """The bytes of a ready file. Refuses (404) one that is not ready, discarded, or erased with its subject."""
    found = file(file_id)
    if found.state != StoredFile.State.READY:
        raise _gone()
    try:
        return vault.read(found.place, key_of(found), file_id=found.pk)
    except KeyLost as error:
        raise _gone() from error


def thumbnail(file_id: UUID) -> bytes | None:
    """A small JPEG of the picture or of the PDF's first page; None when there is none."""
    thumbnail_id = StoredFile.objects.filter(pk=file_id).values_list("thumbnail_id", flat=True).first()
    return content(thumbnail_id) if thumbnail_id else None


def page_image(file_id: UUID, number: int = 1) -> bytes | None:
    """A JPEG of one page of a ready file, wide enough to read, for pages that may not show a PDF; None past the end."""
    found = file(file_id)
    return page_picture(content(file_id), found.content_type, number)


def known_places() -> set[str]:
    """The names on disk that some row stands for."""
    return set(StoredFile.objects.exclude(place="").values_list("place", flat=True).iterator())


def response(file_id: UUID, *, download: bool = False) -> HttpResponse:
    """The file for a browser that may see it: never cached, never run. `download` saves it instead of showing it."""
    found = file(file_id)
    return as_response(content(file_id), found.content_type, found.name, download)


def as_response(body: bytes, content_type: str, name: str, download: bool) -> HttpResponse:
    """Bytes with the headers that keep them harmless."""
    answer = HttpResponse(body, content_type=content_type, headers=_SAFE_HEADERS)
    answer["Content-Security-Policy"] = _FOR_PDF if content_type == "application/pdf" else _SANDBOX
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    shown = "attachment" if download else "inline"
    answer["Content-Disposition"] = f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def sentence(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """The sentence for a code (`file.too_large`, a form's `?galat=`), in the reader's language."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return sentence_for(code, facts, say=gettext, language=language)


def why(found: StoredFile) -> str:
    """Why a file was refused, in the reader's language; empty when it was not."""
    return sentence(found.reason, found.facts) if found.reason else ""


def _gone() -> Refusal:
    return Refusal("file.unknown", _("Berkas ini tidak ada, atau sudah dihapus."), status=404)
