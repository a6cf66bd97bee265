"""Every request knows who asks, in which role."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from city.kernel.actor import NOBODY, Actor
from city.people import queries
from city.people.models import Account

ROLE = "appointment"  # session key: "" for herself, an appointment's id, or "mandate:<id>"


class Acting:
    """Set `request.actor` and `request.roles`, looked up when first asked.

    Appointments are read anew at every request: whoever is dismissed loses the office's permissions at once, in the
    middle of a session. A role that no longer holds falls back to the person herself. Outside the demo city a demo
    account is nobody, even with an old session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            asked = request.user
            user: Any = SimpleLazyObject(lambda: AnonymousUser() if getattr(asked, "is_demo", False) else asked)
            request.user = user
        look_again(request)
        return self.get_response(request)


def look_again(request: HttpRequest) -> None:
    """Forget what was looked up: after signing in or out, or choosing another role."""
    request.roles = SimpleLazyObject(lambda: roles(request))  # type: ignore[attr-defined]
    request.actor = SimpleLazyObject(lambda: actor(request))  # type: ignore[attr-defined]


def roles(request: HttpRequest) -> list[queries.Role]:
    """The roles of whoever is signed in, as they are now."""
    account = request.user
    return queries.roles_of(account.person_id, timezone.now()) if isinstance(account, Account) else []


def actor(request: HttpRequest) -> Actor:
    account = request.user
    if not isinstance(account, Account):
        return NOBODY
    role = str(request.session.get(ROLE) or "")
    return queries.actor_as(account.person_id, role, request.roles if role else [])  # type: ignore[attr-defined]
