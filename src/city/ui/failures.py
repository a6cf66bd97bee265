"""The page for when something went wrong: what happened, what to do now, what is safe. It needs no database."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from city.kernel.errors import Refusal


def _way_back(request: HttpRequest) -> str:
    """The page the person came from, when it is one of ours and not this one."""
    came_from = str(request.META.get("HTTP_REFERER", ""))
    try:
        house = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
    ours = came_from.startswith(f"{house}/")
    return came_from if ours and came_from != f"{house}{request.get_full_path()}" else ""


def failure_page(request: HttpRequest, status: int, refusal: Refusal | None = None, why: str = "") -> HttpResponse:
    """`why` picks the words (a status or "csrf"); a refusal brings its own sentence and the fields to mend.

    Rendered without the request's context, so that it works when sessions and database do not.
    """
    words = {
        "why": why or str(status),
        "refusal": refusal,
        "back": _way_back(request),
        "again": request.get_full_path() if request.method == "GET" else "",
    }
    return HttpResponse(render_to_string("ui/error.html", words), status=status)
