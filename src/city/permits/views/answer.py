"""Answering a return: what was asked, mended and sent back in one go."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from city.cases.models import Case
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.views.own import own_case, see, seen_in
from city.permits.views.typed import typed


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Mend what was asked, and send it back in one go."""
    found = own_case(request, case_id)
    if request.method != "POST":
        return answer_page(request, found)
    given, seen = typed(request), seen_in(request)
    try:
        actions.mend(case_id=found.pk, typed=given, seen=seen, by=actor_of(request), at=timezone.now())
    except Refusal as refused:
        if not refused.errors:
            raise
        return answer_page(request, found, queries.Slips(refused.errors, given.answers))
    messages.success(request, _("Perbaikan terkirim. Petugas melanjutkan pemeriksaan."))
    return see("permits-case", found.pk)


def answer_page(request: HttpRequest, case: Case, slips: queries.Slips = queries.NO_SLIPS) -> HttpResponse:
    """Everything that was asked, with what the request just made found wrong."""
    mending = queries.mending_of(case, by=actor_of(request), at=timezone.now(), slips=slips)
    if mending is None:
        return see("permits-case", case.pk)
    wrong = [
        (f"d-{one.field}" if one.field in mending.filling.spec.needs else f"f-{one.field}", one.sentence)
        for one in slips.errors
    ]
    shown = {"mending": mending, "case": case, "errors": wrong}
    return render(request, "permits/answer.html", shown, status=slips.status if wrong else 200)
