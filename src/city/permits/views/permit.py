"""A permit already given: what it is worth, and the ways on for its holder."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from city.kernel.http import actor_of
from city.permits import actions, queries
from city.permits.forms import Opening
from city.permits.views.own import see


@login_required
@require_safe
def permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    found = queries.permit_for(actor_of(request), permit_id)
    return render(request, "permits/permit.html", queries.permit_page(found, actor_of(request), timezone.now()))


@login_required
@require_POST
def renewal(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    return _continued(request, permit_id, actions.renew)


@login_required
@require_POST
def amendment(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    return _continued(request, permit_id, actions.amend)


def _continued(request: HttpRequest, permit_id: UUID, act: Callable[..., object]) -> HttpResponse:
    form = Opening({**request.POST.dict(), "kind": "any"})
    if not form.is_valid():
        raise queries.no_such_permit()
    case = act(permit_id=permit_id, case_id=form.cleaned_data["case_id"], by=actor_of(request), at=timezone.now())
    return see("permits-resume", getattr(case, "pk", None))
