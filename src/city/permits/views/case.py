"""The applicant's case: what happens now, answering a return, withdrawing, the decision and its paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import case_for, is_own
from city.documents import queries as papers
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.views.own import own_case, see, seen_in
from city.permits.views.typed import typed


@login_required
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The applicant's page; an officer is led to her own desk's page of the same case."""
    found = case_for(actor_of(request), case_id)
    if not is_own(found, actor_of(request)):
        return see("permits-desk-case", found.pk)
    if found.state == "draft":
        return see("permits-resume", found.pk)
    return render(request, "permits/case.html", {"page": queries.case_page(found, timezone.now())})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Mend what was asked, and send it back in one go."""
    found = own_case(request, case_id)
    if request.method != "POST":
        return _answer_page(request, found)
    given, seen = typed(request), seen_in(request)
    try:
        actions.mend(case_id=found.pk, typed=given, seen=seen, by=actor_of(request), at=timezone.now())
    except Refusal as refused:
        if not refused.errors:
            raise
        return _answer_page(request, found, queries.Slips(refused.errors, given.answers))
    messages.success(request, _("Perbaikan terkirim. Petugas melanjutkan pemeriksaan."))
    return see("permits-case", found.pk)


def _answer_page(request: HttpRequest, case: Case, slips: queries.Slips = queries.NO_SLIPS) -> HttpResponse:
    mending = queries.mending_of(case, by=actor_of(request), at=timezone.now(), slips=slips)
    if mending is None:
        return see("permits-case", case.pk)
    wrong = [
        (f"d-{one.field}" if one.field in mending.filling.spec.needs else f"f-{one.field}", one.sentence)
        for one in slips.errors
    ]
    shown = {"mending": mending, "case": case, "errors": wrong}
    return render(request, "permits/answer.html", shown, status=slips.status if wrong else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is lost, in words; then the one press that does it."""
    found = own_case(request, case_id)
    if request.method != "POST":
        return render(request, "permits/withdrawal.html", {"page": queries.case_page(found, timezone.now())})
    cases.withdraw(case_id=found.pk, by=actor_of(request), at=timezone.now(), seen=seen_in(request))
    if found.state == "draft":
        messages.success(request, _("Draf dihapus."))
        return see("permits-mine")
    messages.success(request, _("Permohonan ditarik."))
    return see("permits-case", found.pk)


@login_required
@require_safe
def decision(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A refusal, with its reason, its article and the way to object."""
    found = case_for(actor_of(request), case_id)
    refusal = queries.refusal_page(found)
    if refusal is None:
        return see("permits-case", found.pk)
    return render(request, "permits/decision.html", {"page": refusal})


@login_required
@require_safe
def letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The signed PDF itself, byte for byte as it was issued."""
    found = case_for(actor_of(request), case_id)
    paper_id = queries.letter_of(found)
    if paper_id is None:
        raise Refusal("paper.not_yet", _("Suratnya belum terbit. Kami kabari begitu siap diunduh."), status=404)
    return papers.paper_response(paper_id, download=True)


@login_required
@require_safe
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A receipt to print: the number, and where anyone can follow it."""
    found = own_case(request, case_id)
    if found.receipt is None:
        return see("permits-resume", found.pk)
    return render(request, "permits/receipt.html", queries.receipt_page(found, timezone.now()))
