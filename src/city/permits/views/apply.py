"""Begin an application, and find those already begun."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from city.cases import actions as cases
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.permits import actions, queries
from city.permits.forms import Opening
from city.permits.views.own import see


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """In whose name, and a draft to go on with; posting opens the draft the page has named."""
    form = Opening(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _opened(request, form)
    asked = Opening({**request.GET.dict(), "case_id": new_id()})
    service = queries.kind_called(request.GET.get("kind", ""))
    earlier = _earlier(request, asked) if asked.is_valid() else None
    person_id = earlier.case.applicant_id if earlier else queries.applicant_for(actor_of(request), timezone.now())
    shown = {
        "service": service,
        "case_id": asked.data["case_id"],
        "applicant": queries.person_shown(person_id),
        "drafts": queries.drafts_of(person_id, service.code),
        "earlier": earlier,
    }
    return render(request, "permits/new.html", shown)


def _earlier(request: HttpRequest, form: Opening) -> queries.Earlier | None:
    found = form.cleaned_data["earlier"]
    return queries.earlier_for(actor_of(request), found) if found else None


def _opened(request: HttpRequest, form: Opening) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    if earlier := _earlier(request, form):
        again = actions.open_again(case_id=form.cleaned_data["case_id"], earlier=earlier, by=actor, at=at)
        return see("permits-resume", again.pk)
    case = cases.open_draft(
        case_id=form.cleaned_data["case_id"],
        kind=queries.kind_called(form.cleaned_data["kind"]).code,
        applicant_id=queries.applicant_for(actor, at),
        by=actor,
        at=at,
    )
    return see("permits-form", case.pk, queries.filling_of(case, at).codes[0])


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The applicant's own cases and permits, the newest first."""
    at = timezone.now()
    person_id = queries.applicant_for(actor_of(request), at)
    after = request.GET.get("sesudah", "")
    shown = {
        "page": queries.own_cases(person_id, after, at),
        "permits": [] if after else queries.own_permits(person_id, at),
        "after": after,
    }
    return render(request, "permits/mine.html", shown)
