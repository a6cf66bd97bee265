"""The form, a step a page: kept field by field with script, page by page without."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from city.kernel.errors import FieldError
from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.views.own import own_case, see

_OWN_WORDS = ("csrfmiddlewaretoken", "seen", "go")  # of the page, not of the applicant


def typed(request: HttpRequest) -> dict[str, str]:
    """What the applicant typed, by field; a field she cleared is empty, one the page did not show is absent."""
    return {name: str(value) for name, value in request.POST.items() if name not in _OWN_WORDS}


@login_required
@require_safe
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where she left off, on any device."""
    case = own_case(request, case_id)
    if case.state != "draft":
        return see("permits-case", case.pk)
    return see("permits-form", case.pk, queries.filling_of(case, timezone.now()).first_open())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """One step; posting keeps it and goes on, or says what to mend with everything kept."""
    case = own_case(request, case_id)
    if case.state != "draft":
        if request.method == "POST":
            messages.warning(request, _("Permohonan ini sudah dikirim. Yang baru Anda ketik tidak disimpan."))
        return see("permits-case", case.pk)
    if request.method != "POST":
        filling = queries.filling_of(case, timezone.now())
        return _page(request, filling, code, wrong=[] if "periksa" in request.GET else None)
    kept = actions.fill(case_id=case.pk, answers=typed(request), by=actor_of(request), at=timezone.now())
    filling = queries.filling_of(case, timezone.now())
    if kept or not filling.is_done(code):
        return _page(request, filling, code, wrong=kept)
    return see("permits-form", case.pk, filling.next_of(code))


def _page(request: HttpRequest, filling: queries.Filling, code: str, wrong: list[FieldError] | None) -> HttpResponse:
    """`wrong`: what could not be kept just now, besides what is wrong already; None before anybody tried to go on."""
    shown = queries.step_page(filling, code, told=wrong is not None, also=wrong or [])
    return render(request, "permits/step.html", shown, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def answers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fields as they are left, kept one by one; wrong ones are kept too, and named."""
    case = own_case(request, case_id)
    at = timezone.now()
    wrong = actions.fill(case_id=case.pk, answers=typed(request), by=actor_of(request), at=at)
    return JsonResponse({"saved_at": at.isoformat(), "errors": {one.field: str(one.sentence) for one in wrong}})
