"""The officer's desk: her queue, a file found by its number, one file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from city.cases.queries import Wanted, by_receipt, case_for, may_see
from city.kernel.http import actor_of
from city.permits.actions.desk_seen import note_seen
from city.permits.queries.desk_queue import desk_queue
from city.permits.views.desk_page import case_page

FEW, MANY = 50, 100


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this officer, most urgent first; `kind` narrows it, `rows=100` shows twice as many at once."""
    wanted = Wanted(*(str(request.GET.get(name, "")) for name in ("bucket", "kind", "after")))
    size = MANY if request.GET.get("rows") == str(MANY) else FEW
    page = desk_queue(actor_of(request), wanted, at=timezone.now(), size=size)
    return render(request, "permits/desk/queue.html", {"page": page, "after": wanted.after, "many": size == MANY})


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A file by its receipt number, as somebody read it out over the telephone."""
    number = str(request.GET.get("q", ""))[:60]
    found = by_receipt(number)
    if found is not None and may_see(found, actor_of(request)):
        return redirect(reverse("permits-desk-case", args=[found.pk]))
    messages.error(
        request, _("Tidak ada berkas bernomor %(number)s di meja ini. Periksa nomornya.") % {"number": number}
    )
    return redirect(reverse("permits-desk"))


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One file with its documents, its time and what can be done; whoever opens it leaves her name."""
    actor = actor_of(request)
    found = case_for(actor, case_id)
    note_seen(person_id=found.applicant_id, by=actor, at=timezone.now())
    return case_page(request, found)
