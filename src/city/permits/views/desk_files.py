"""Documents and drafts of a file, for officers: whole in a page of their own, or page by page as pictures."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from city.cases.queries import case_for, decision_of, documents_of
from city.documents.models import StoredFile
from city.documents.queries import file, page_image, response
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits.queries.desk_papers import draft_paper


def _file(request: HttpRequest, case_id: UUID, code: str, *, earlier: bool = False) -> StoredFile:
    case = case_for(actor_of(request), case_id)
    row = next((one.row for one in documents_of(case.pk) if one.code == code), None)
    file_id = None if row is None else row.previous_id if earlier else row.file_id
    if file_id is None:
        raise Refusal("file.unknown", _("Berkas ini tidak ada, atau sudah dihapus."), status=404)
    return file(file_id)


@require_safe
def whole(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """The document as it was handed in, where nothing in it can run."""
    return response(_file(request, case_id, code).pk)


@require_safe
def earlier(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """The document as it was before it was replaced."""
    return response(_file(request, case_id, code, earlier=True).pk)


@require_safe
def page(request: HttpRequest, case_id: UUID, code: str, number: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    return _picture(_file(request, case_id, code), number)


@require_safe
def draft_page(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """One page of the prepared decision, as it will be signed."""
    case = case_for(actor_of(request), case_id)
    return _picture(draft_paper(decision_of(case.pk)).shown, number)


@require_safe
def draft(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The prepared decision whole."""
    case = case_for(actor_of(request), case_id)
    return response(draft_paper(decision_of(case.pk)).shown.pk)


def _picture(found: StoredFile, number: int) -> HttpResponse:
    """A page drawn in a process of its own, so that no foreign PDF runs in her browser or in the city's server; it is
    for this officer alone, and her browser does not keep it."""
    picture = page_image(found.pk, number)
    if picture is None:
        raise Refusal("document.no_such_page", _("Halaman ini tidak ada di dokumen itu."), status=404)
    kept = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/jpeg", headers=kept)
