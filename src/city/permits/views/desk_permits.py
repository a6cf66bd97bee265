"""What an office decides about a permit it gave: suspend, reinstate, revoke."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from city.cases.queries import case_for
from city.kernel.http import actor_of
from city.permits import actions
from city.permits.queries import permit_for
from city.permits.views import desk_forms as shapes
from city.permits.views.desk_verbs import Press, answer


def _decide(request: HttpRequest, permit_id: UUID, name: str, act: Callable[..., object], done: Any) -> HttpResponse:
    actor = actor_of(request)
    permit = permit_for(actor, permit_id)

    def acted(sent: dict[str, Any]) -> object:
        grounds = actions.Grounds(sent["reason"], sent["article"])
        return act(permit_id=permit_id, grounds=grounds, by=actor, at=timezone.now())

    return answer(request, case_for(actor, permit.case_id).pk, Press(name, shapes.Measure(request.POST), acted, done))


@require_POST
def suspend(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    done = _("Izin dibekukan. Pemegangnya diberi tahu.")
    return _decide(request, permit_id, "suspension", actions.suspend, done)


@require_POST
def reinstate(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    done = _("Izin berlaku kembali. Pemegangnya diberi tahu.")
    return _decide(request, permit_id, "reinstatement", actions.reinstate, done)


@require_POST
def revoke(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    done = _("Izin dicabut. Pemegangnya diberi tahu.")
    return _decide(request, permit_id, "revocation", actions.revoke, done)
