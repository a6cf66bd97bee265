"""The front page, the search, help, my data's log, and the demo city's own page."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from city.cases.queries import queue_counts
from city.gateway.queries import simulated_messages
from city.kernel.http import actor_of
from city.kernel.rules import WIB
from city.notices.queries import owner_of_inbox
from city.people.queries import network_of
from city.permits.actions import count_look_up
from city.permits.queries import fault_in_receipt
from city.portal import queries
from city.portal.declare import CASTS

LONGEST_QUERY = 120


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """An official sees her desk's counts where a citizen sees her errands."""
    actor, now = actor_of(request), timezone.now()
    desk = queue_counts(actor, now) if actor.is_official else {}
    mine, more = ([], False) if actor.person_id is None or actor.is_official else queries.errands(actor.person_id, now)
    shown = {
        "actor": actor,
        "desk": desk,
        "errands": mine,
        "more": more,
        "news": queries.news(now.astimezone(WIB).date()),
        "doors": queries.doors(),
        "share": queries.share(),
    }
    return render(request, "portal/home.html", shown)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]  # no column takes a NUL
    actor = actor_of(request)
    if not fault_in_receipt(query):
        count_look_up(network=network_of(request), by=actor, at=timezone.now())
    found = queries.found(query, None if actor.is_official else actor.person_id, timezone.now()) if query else None
    return render(request, "portal/search.html", {"query": query, "found": found})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html")


@login_required
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    person_id = owner_of_inbox(actor_of(request))
    after = request.GET.get("sesudah", "")
    page = queries.looks_at(person_id, timezone.now(), after)
    return render(request, "portal/seen.html", {"page": page, "after": after})


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Whom to sign in as, and what the city pretended to send. Outside the demo city there is no such page."""
    if not settings.DEMO:
        raise Http404
    after = request.GET.get("sesudah", "")
    shown = {
        "cast": [] if after else [row for cast in CASTS for row in cast()],
        "page": simulated_messages(after=after, size=20),
        "after": after,
    }
    return render(request, "portal/demo.html", shown)
