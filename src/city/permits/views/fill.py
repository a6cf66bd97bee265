"""The form, a step a page: kept field by field with script, page by page without."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from city.cases.actions import Arrival, Waited
from city.kernel.errors import FieldError
from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.views.own import own_case, see
from city.ui.phone.reader import same_reader

_OWN_WORDS = ("csrfmiddlewaretoken", "seen", "go")  # of the page, not of the applicant


def typed(request: HttpRequest) -> dict[str, str]:
    """What the applicant typed, by field; a field she cleared is empty, one the page did not show is absent."""
    sent = request.POST.items()
    return {name: str(value) for name, value in sent if name not in _OWN_WORDS and not name.startswith("was:")}


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
    """Fields as they are left, kept one by one; wrong ones are kept too, and named. With an Idempotency-Key they waited
    in a phone, and `left` names those that were answered elsewhere since."""
    same_reader(request)
    case, at, by = own_case(request, case_id), timezone.now(), actor_of(request)
    if "Idempotency-Key" in request.headers:
        arrival = actions.deliver(case_id=case.pk, key=_key_of(request), waited=_waited(request), by=by, at=at)
    else:
        arrival = Arrival(actions.fill(case_id=case.pk, answers=typed(request), by=by, at=at))
    errors = {one.field: str(one.sentence) for one in arrival.errors}
    return JsonResponse({"saved_at": at.isoformat(), "errors": errors, "left": list(arrival.left)})


def _key_of(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers["Idempotency-Key"])
    except ValueError as wrong:
        raise BadRequest("Idempotency-Key") from wrong


def _waited(request: HttpRequest) -> dict[str, Waited]:
    return {name: Waited(text, request.POST.getlist(f"was:{name}")) for name, text in typed(request).items()}
