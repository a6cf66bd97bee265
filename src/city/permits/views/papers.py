"""The documents of a case: sent, replaced, taken back, looked at."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from city.cases import actions as cases
from city.cases.queries import case_for
from city.documents import queries as files
from city.kernel.errors import FieldError, Refusal
from city.kernel.http import actor_of
from city.permits import queries
from city.permits.forms import Arrived
from city.permits.views.answer import answer_page
from city.permits.views.own import own_case, see
from city.ui.middleware import wants_json
from city.ui.phone.reader import same_reader


@login_required
@require_safe
def step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every document asked for, its limits before the choice, its state after."""
    case = own_case(request, case_id)
    if case.state != "draft":
        return see("permits-case", case.pk)
    shown = queries.papers_page(queries.filling_of(case, timezone.now()), by=actor_of(request), at=timezone.now())
    return render(request, "permits/documents.html", shown)


@login_required
@require_POST
def attachment(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    """A file has arrived whole: it takes the document's place."""
    same_reader(request)
    case, form = own_case(request, case_id), Arrived(request.POST)
    if not form.is_valid():
        raise Refusal("file.unknown", files.sentence("upload.unknown"), status=404)
    _attach(request, case.pk, document, form.cleaned_data["file"])
    if wants_json(request):
        return JsonResponse({"file": str(form.cleaned_data["file"])})
    return see(queries.papers_url_name(case), case.pk, fragment=f"d-{document}")


@login_required
@require_safe
def ticket(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    """A fresh ticket for a file that waited in a phone longer than the page's own lasts."""
    case = own_case(request, case_id)
    if case.state not in ("draft", "returned"):
        raise Refusal("case.not_asked", _("Permohonan ini sudah dikirim. Berkas yang menunggu tidak diperlukan lagi."))
    slot = queries.slot_for(case, document, by=actor_of(request), at=timezone.now())
    return JsonResponse({"ticket": slot.ticket})


@login_required
@require_safe
def arrived(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    """Back from the uploads process without script: `berkas` is the file, `galat` why it could not be taken."""
    case, fault = own_case(request, case_id), request.GET.get("galat", "")
    form = Arrived({"file": request.GET.get("berkas", "")})
    if not fault and form.is_valid():
        _attach(request, case.pk, document, form.cleaned_data["file"])
        return see(queries.papers_url_name(case), case.pk, fragment=f"d-{document}")
    said = queries.fault_of_upload(fault, form.cleaned_data.get("file") if form.is_valid() else None)
    if case.state != "draft":
        return answer_page(request, case, queries.Slips([FieldError(document, said)], files={document: said}))
    shown = queries.papers_page(
        queries.filling_of(case, timezone.now()), by=actor_of(request), at=timezone.now(), faults={document: said}
    )
    return render(request, "permits/documents.html", shown, status=422)


def _attach(request: HttpRequest, case_id: UUID, document: str, file_id: UUID) -> None:
    queries.sent_for(case_id, document, file_id)
    cases.attach(case_id=case_id, document=document, file_id=file_id, by=actor_of(request), at=timezone.now())


@login_required
@require_POST
def removal(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    case = own_case(request, case_id)
    cases.detach(case_id=case.pk, document=document, by=actor_of(request), at=timezone.now())
    return see(queries.papers_url_name(case), case.pk, fragment=f"d-{document}")


@login_required
@require_safe
def document(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    """The file itself, for whoever may see the case."""
    case = case_for(actor_of(request), case_id)
    return files.response(queries.file_of(case, document), download="unduh" in request.GET)


@login_required
@require_safe
def thumbnail(request: HttpRequest, case_id: UUID, document: str) -> HttpResponse:
    case = case_for(actor_of(request), case_id)
    return queries.thumbnail_of(case, document)
