"""What each of the applicant's views asks first: is this case hers, and is it now."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from city.cases.models import Case
from city.cases.queries import case_for, is_own, no_such_case
from city.kernel.http import actor_of


def own_case(request: HttpRequest, case_id: UUID) -> Case:
    """The case, for its applicant or the counter that filed it. Refuses (404) everybody else."""
    actor = actor_of(request)
    case = case_for(actor, case_id)
    if not is_own(case, actor):
        raise no_such_case()
    return case


def see(name: str, *args: object, fragment: str = "") -> HttpResponseRedirect:
    """On to a page after something was done (303)."""
    address = reverse(name, args=args)
    return HttpResponseRedirect(address + (f"#{fragment}" if fragment else ""), status=303)


def seen_in(request: HttpRequest) -> int | None:
    """The version of the case that the posting page showed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
