"""The form, a step a page: kept field by field with script, page by page without."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from city.cases.actions import NotKept
from city.cases.declare import drawn_digest
from city.cases.models import Case
from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.views.own import own_case, see
from city.permits.views.typed import typed
from city.ui.phone.reader import same_reader


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
        return render(request, "permits/step.html", queries.step_page(filling, code, told="periksa" in request.GET))
    given = typed(request)
    errors = actions.fill(case_id=case.pk, typed=given, by=actor_of(request), at=timezone.now())
    filling = queries.filling_of(case, timezone.now())
    if errors or not filling.is_done(code):
        return _to_mend(request, filling, code, queries.Slips(errors, given.answers))
    return see("permits-form", case.pk, filling.next_of(code))


def _to_mend(request: HttpRequest, filling: queries.Filling, code: str, slips: queries.Slips) -> HttpResponse:
    """The step again. It may show a NIK just typed, so no device keeps this answer."""
    shown = queries.step_page(filling, code, told=True, slips=slips)
    answer = render(request, "permits/step.html", shown, status=slips.status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def answers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fields as they are left, kept one by one; wrong ones are kept too, and named. `unkept` names those that were not,
    `drawn` is what now stands for each field on its page. With an Idempotency-Key they waited in a phone, and `left`
    names those that were answered elsewhere since."""
    same_reader(request)
    case, at = own_case(request, case_id), timezone.now()
    if "Idempotency-Key" in request.headers:
        return _delivered(request, case, at)
    given = typed(request)
    errors = actions.fill(case_id=case.pk, typed=given, by=actor_of(request), at=at)
    lost = {one.field: one for one in errors if isinstance(one, NotKept)}
    kept = {name: text for name, text in given.answers.items() if name in given.drawn and name not in lost}
    stand = {name: one.stands for name, one in lost.items() if one.stands is not None}
    return JsonResponse(
        {
            "saved_at": at.isoformat(),
            "errors": {one.field: str(one.sentence) for one in errors},
            "unkept": list(lost),
            "drawn": {name: drawn_digest(text) for name, text in (kept | stand).items()},
        }
    )


def _delivered(request: HttpRequest, case: Case, at: datetime) -> JsonResponse:
    key, by = _key_of(request), actor_of(request)
    arrival = actions.deliver(case_id=case.pk, key=key, typed=typed(request), by=by, at=at)
    errors = {one.field: str(one.sentence) for one in arrival.errors}
    return JsonResponse({"saved_at": at.isoformat(), "errors": errors, "left": list(arrival.left)})


def _key_of(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers["Idempotency-Key"])
    except ValueError as wrong:
        raise BadRequest("Idempotency-Key") from wrong
