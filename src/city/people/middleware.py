"""Every request knows who asks, in which role."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from city.kernel.actor import NOBODY, Actor
from city.people import queries
from city.people.models import Account

ROLE = "appointment"  # session key: "" for herself, an appointment's id, or "mandate:<id>"


class Acting:
    """Set `request.actor`, looked up when first asked.

    Appointments are read anew at every request: whoever is dismissed loses the office's permissions at once, in the
    middle of a session. A role that no longer holds falls back to the person herself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    account = request.user
    if not isinstance(account, Account) or (account.is_demo and not settings.DEMO):
        return NOBODY
    return queries.actor_in_role(account, str(request.session.get(ROLE) or ""), at=timezone.now())
