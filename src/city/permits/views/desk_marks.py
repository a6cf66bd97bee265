"""An officer goes through a file: accepts a document, marks a defect, takes a mark away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from city.cases import actions
from city.cases.queries import case_for, documents_of, spec_of
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.permits.views import desk_forms as shapes
from city.permits.views.desk_page import Said, case_page
from city.permits.views.desk_verbs import Press, answer, back


@require_POST
def accept(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Accept one document and go on to the next that nobody has looked at."""
    case = case_for(actor_of(request), case_id)
    code = str(request.POST.get("document", ""))
    try:
        actions.accept_document(case_id=case_id, document=code, by=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        if refusal.status != 409:
            raise
        case.refresh_from_db()
        return case_page(request, case, Said(refusal))
    return back(request, case_id, _next(case_id, code))


def _next(case_id: UUID, code: str) -> str:
    """The document after this one that is still to be looked at; else this one."""
    rows = documents_of(case_id)
    codes = [row.code for row in rows]
    start = codes.index(code) + 1 if code in codes else 0
    waiting = [row.code for row in (*rows[start:], *rows[:start]) if row.file and row.state in ("uploaded", "replaced")]
    return waiting[0] if waiting else code


@require_POST
def mark(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = case_for(actor_of(request), case_id)
    told: dict[str, Any] = {"case_id": case_id, "by": actor_of(request), "at": timezone.now()}
    shape = shapes.Mark(request.POST, spec=spec_of(case.kind_version_id))
    press = Press(
        "mark",
        shape,
        lambda sent: actions.mark_defect(
            **told, target=sent["target"], code=sent["code"], message=sent["message"], page=sent["page"]
        ),
        _("Cacat dicatat. Pemohon melihatnya setelah Anda kembalikan."),
    )
    return answer(request, case_id, press, str(request.GET.get("look", "")))


@require_POST
def clear(request: HttpRequest, case_id: UUID) -> HttpResponse:
    target = str(request.POST.get("target", ""))
    actions.clear_defect(case_id=case_id, target=target, by=actor_of(request), at=timezone.now())
    messages.success(request, _("Tanda cacat dihapus."))
    return back(request, case_id, str(request.GET.get("look", "")))
