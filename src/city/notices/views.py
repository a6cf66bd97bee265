"""The inbox: what the city told a person, and the way on from each notice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from city.kernel.http import actor_of
from city.notices import actions, queries


def _see(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person_id = queries.owner_of_inbox(actor_of(request))
    after = request.GET.get("sesudah", "")
    shown = {
        "page": queries.inbox_of(person_id, after),
        "unread": queries.unread_count(person_id),
        "channel": queries.channel_of(person_id),
        "after": after,
    }
    return render(request, "notices/inbox.html", shown)


@login_required
@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Opening a notice marks it read and leads to the page it is about."""
    opened = actions.open_notice(notice_id=notice_id, by=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(opened.link)


@login_required
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    actions.read_all(by=actor_of(request), at=timezone.now())
    return _see(reverse("notices-inbox"))


@login_required
@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """What could not be sent, for the platform's operators."""
    actor_of(request).require("platform.admin")
    after = request.GET.get("sesudah", "")
    return render(request, "notices/failures.html", {"page": queries.failed_dispatches(after), "after": after})


@login_required
@require_POST
def sending(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    actions.resend(dispatch_id=dispatch_id, by=actor_of(request), at=timezone.now())
    messages.success(request, _("Pesan ini kami kirim lagi."))
    return _see(reverse("notices-failures"))
