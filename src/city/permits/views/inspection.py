"""The inspector's page, made for a phone at the place: a day, the report as it is written, photos, the signature."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from city.cases import actions
from city.cases.queries import case_for
from city.documents import queries as files
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.rules import WIB
from city.permits.forms import Arrived
from city.permits.queries.inspection import VisitPage, photo_file, photo_thumbnail, visit_page, visited_case
from city.permits.queries.papers import fault_of_upload
from city.permits.views.own import see, seen_in

_WHEN = gettext_lazy("Tulis hari dan jam kunjungan.")


class Appointment(forms.Form):
    """The day and the hour of a visit, in WIB."""

    day = forms.DateField(error_messages={"required": _WHEN, "invalid": _WHEN})
    hour = forms.TimeField(error_messages={"required": _WHEN, "invalid": _WHEN})

    @property
    def visit_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=WIB)


@login_required
@require_safe
def inspection(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _shown(request, _page(request, case_id, checked="periksa" in request.GET))


def _page(
    request: HttpRequest, case_id: UUID, *, typed: dict[str, str] | None = None, checked: bool = False
) -> VisitPage:
    actor = actor_of(request)
    return visit_page(visited_case(actor, case_id), by=actor, at=timezone.now(), typed=typed, checked=checked)


def _shown(request: HttpRequest, page: VisitPage, refusal: Refusal | None = None, **more: object) -> HttpResponse:
    """The page, with the city's sentence on top and each fault beside its part."""
    errors = [(f"f-{one.field}", str(one.sentence)) for one in refusal.errors] if refusal else []
    errors = errors or ([("h-now", str(refusal.sentence))] if refusal else [])
    if refusal is None and page.missing:
        errors = [(f"f-{name}", said) for name, said in page.missing.items()]
    faults = {name.removeprefix("f-"): said for name, said in errors}
    shown = {"page": page, "errors": errors, "faults": faults, **more}
    return render(request, "permits/inspection.html", shown, status=refusal.status if refusal else 200)


@login_required
@require_POST
def visit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Set the day, or move it."""
    case, form = visited_case(actor_of(request), case_id), Appointment(request.POST)
    typed = {"day": request.POST.get("day", ""), "hour": request.POST.get("hour", "")}
    try:
        if not form.is_valid():
            raise Refusal("case.visit_time", _WHEN, status=422)
        actions.schedule_inspection(
            case_id=case.pk,
            visit_at=form.visit_at,
            by=actor_of(request),
            at=timezone.now(),
            seen=seen_in(request),
        )
    except Refusal as refusal:
        return _shown(request, _page(request, case_id), _on_page(refusal), appointment=typed)
    messages.success(request, _("Jadwal tersimpan. Pemohon kami beri tahu."))
    return see("permits-inspection", case.pk)


def _on_page(refusal: Refusal) -> Refusal:
    """What belongs to no case of hers goes its own way; the rest is said on the page."""
    if refusal.status == 404:
        raise refusal
    return refusal


@login_required
@require_POST
def no_show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case, reason = visited_case(actor_of(request), case_id), request.POST.get("missed_reason", "")
    try:
        actions.note_no_show(
            case_id=case.pk, reason=reason, by=actor_of(request), at=timezone.now(), seen=seen_in(request)
        )
    except Refusal as refusal:
        return _shown(request, _page(request, case_id), _on_page(refusal), missed_reason=reason)
    messages.success(request, _("Tercatat. Jadwalkan kunjungan berikutnya."))
    return see("permits-inspection", case.pk)


@login_required
@require_POST
def report(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the report as far as it goes; what is still missing is said, and nothing is lost."""
    case = visited_case(actor_of(request), case_id)
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        missing = actions.save_report(case_id=case.pk, typed=typed, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return _shown(request, _page(request, case_id, typed=typed), _on_page(refusal))
    if missing:
        messages.info(request, _("Tersimpan. Yang masih kurang kami tandai."))
        return _checked(case.pk)
    messages.success(request, _("Berita acara tersimpan. Tambahkan foto, lalu tanda tangani."))
    return see("permits-inspection", case.pk, fragment="foto")


def _checked(case_id: UUID) -> HttpResponse:
    answer = see("permits-inspection", case_id)
    answer["Location"] += "?periksa"
    return answer


@login_required
@require_POST
def signature(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = visited_case(actor_of(request), case_id)
    try:
        actions.sign_report(
            case_id=case.pk,
            digest=request.POST.get("digest", ""),
            agreed=request.POST.get("agreed") == "on",
            by=actor_of(request),
            at=timezone.now(),
            seen=seen_in(request),
        )
    except Refusal as refusal:
        return _shown(request, _page(request, case_id, checked=True), _on_page(refusal))
    messages.success(request, _("Berita acara ditandatangani. Terima kasih sudah datang ke lokasi."))
    return see("permits-inspection", case.pk)


@login_required
@require_POST
def photos(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A photo has arrived whole."""
    case, form = visited_case(actor_of(request), case_id), Arrived(request.POST)
    if not form.is_valid():
        raise Refusal("file.unknown", files.sentence("upload.unknown"), status=404)
    actions.add_photo(case_id=case.pk, file_id=form.cleaned_data["file"], by=actor_of(request), at=timezone.now())
    return see("permits-inspection", case.pk, fragment="foto")


@login_required
@require_safe
def arrived(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Back from the uploads process without script: `berkas` is the photo, `galat` why it could not be taken."""
    case, fault = visited_case(actor_of(request), case_id), request.GET.get("galat", "")
    form = Arrived({"file": request.GET.get("berkas", "")})
    file_id = form.cleaned_data.get("file") if form.is_valid() else None
    try:
        if fault or file_id is None:
            raise Refusal("file.refused", fault_of_upload(fault, file_id), status=422)
        actions.add_photo(case_id=case.pk, file_id=file_id, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        return _shown(request, _page(request, case_id), _on_page(refusal), photo_fault=str(refusal.sentence))
    return see("permits-inspection", case.pk, fragment="foto")


@login_required
@require_POST
def removal(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    case = visited_case(actor_of(request), case_id)
    actions.remove_photo(case_id=case.pk, file_id=file_id, by=actor_of(request), at=timezone.now())
    return see("permits-inspection", case.pk, fragment="foto")


@login_required
@require_safe
def photo(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """The photo itself, for whoever may see the case."""
    return files.response(photo_file(case_for(actor_of(request), case_id), file_id))


@login_required
@require_safe
def thumbnail(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    return photo_thumbnail(case_for(actor_of(request), case_id), file_id)
