"""The applicant's case: what happens now, withdrawing, the decision and its paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from city.cases import actions as cases
from city.cases.queries import case_for, is_own
from city.documents import queries as papers
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits import queries
from city.permits.views.own import own_case, see, seen_in


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
