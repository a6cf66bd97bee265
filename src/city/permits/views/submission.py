"""Look everything through, then send it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from city.cases import actions as cases
from city.cases.models import Case
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits import queries
from city.permits.views.own import own_case, see, seen_in


@login_required
@require_safe
def review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = own_case(request, case_id)
    return see("permits-case", case.pk) if case.state != "draft" else _page(request, case)


@login_required
@require_POST
def submission(request: HttpRequest, case_id: UUID) -> HttpResponse:
    try:
        sent = cases.submit(case_id=case_id, by=actor_of(request), at=timezone.now(), seen=seen_in(request))
    except Refusal as refused:
        if refused.status != 422:
            raise
        return _page(request, own_case(request, case_id), status=422)
    messages.success(request, _("Permohonan terkirim. Nomor resi Anda %(receipt)s.") % {"receipt": sent.receipt})
    return see("permits-case", sent.pk)


def _page(request: HttpRequest, case: Case, status: int = 200) -> HttpResponse:
    shown = queries.review_page(queries.filling_of(case, timezone.now()))
    return render(request, "permits/review.html", shown, status=status)
