"""The library's pages: its front, what a search finds, and one title."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from city.library import queries
from city.library.forms import asked_by


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    shown = {"counts": queries.counts_of_all(), "newest": queries.newest(), "narrow": _addresses({})}
    return render(request, "library/front.html", shown)


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """What answers; every choice is an address of its own, so that it can be kept and sent on."""
    asked, told = asked_by(request.GET)
    after = request.GET.get("sesudah", "")
    found = queries.search(asked, after)
    for row in found.page.rows:
        row["kinds_named"] = ", ".join(map(queries.kind_name, row["kinds"]))
        row["languages_named"] = ", ".join(map(queries.named, row["languages"]))
    shown = {
        "asked": asked,
        "found": found,
        "after": after,
        "here": _address(told),
        "next": _address({**told, "sesudah": found.page.next_key}) if found.page.next_key else "",
        "narrow": _addresses(told),
        "wider": {name: _address({**told, name: ""}) for name in ("language", "kind", "decade") if told.get(name)},
        "kind_name": queries.kind_name,
        "named": queries.named,
    }
    return render(request, "library/works.html", shown)


def _address(told: dict[str, str]) -> str:
    return f"{reverse('library-works')}?{urlencode({name: value for name, value in told.items() if value})}"


def _addresses(told: dict[str, str]):  # type: ignore[no-untyped-def]
    """Gives the page the address of the same question, narrowed once more."""
    return lambda name, value: _address({**told, name: value})


@require_safe
def work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    page = queries.title_page(work_id)
    if page is None:
        raise Http404(_("Judul ini tidak ada di katalog."))
    return render(request, "library/work.html", {"page": page, "narrow": _addresses({})})
