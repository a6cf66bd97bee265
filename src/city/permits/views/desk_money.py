"""What officers do about money and other systems: assess a fee, hand a case over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from city.cases import actions
from city.kernel.http import actor_of
from city.permits.views import desk_forms as shapes
from city.permits.views.desk_verbs import Press, answer


@require_POST
def assess(request: HttpRequest, case_id: UUID) -> HttpResponse:
    by, at = actor_of(request), timezone.now()
    press = Press(
        "step",
        shapes.Step(request.POST),
        lambda sent: actions.assess(case_id=case_id, by=by, at=at, seen=sent["seen"]),
        _("Retribusi ditetapkan. Tagihannya dikirim ke pemohon."),
    )
    return answer(request, case_id, press)


@require_POST
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    by, at = actor_of(request), timezone.now()
    press = Press(
        "step",
        shapes.Step(request.POST),
        lambda sent: actions.hand_over(case_id=case_id, by=by, at=at, seen=sent["seen"]),
        _("Diserahkan. Sistem penerbit sudah menampilkan berkasnya."),
    )
    return answer(request, case_id, press)
