"""What people gives the frame: who reads, in which roles she may act, the doors of her account."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from city.kernel.http import actor_of
from city.people.middleware import ROLE
from city.people.models import Account
from city.people.queries import MANDATE
from city.people.queries import Role as Held
from city.ui import declare

SCOPES = {"permits": _("Kuasa perizinan")}


def _note(held: Held) -> str:
    return str(SCOPES.get(held.place, _("Kuasa"))) if held.value.startswith(MANDATE) else held.place


def reader(request: HttpRequest) -> declare.Reader | None:
    account = request.user
    if not isinstance(account, Account):
        return None
    held: list[Held] = list(request.roles)  # type: ignore[attr-defined]
    chosen = str(request.session.get(ROLE) or "")
    now = next((one for one in held if one.value == chosen), None)
    herself = declare.Role("", account.person.name, str(_("Diri sendiri")), current=now is None)
    offered = [declare.Role(one.value, one.title, _note(one), current=one is now) for one in held]
    return declare.Reader(
        name=account.person.name,
        role=now.title if now else str(_("Diri sendiri")),
        office=now.place if now and actor_of(request).is_official else "",
        roles=[herself, *offered],
    )


declare.readers.add("people", reader)
_MENU = frozenset({"account"})
declare.places.add("account", declare.Place(_("Data saya"), "account-profile", _MENU, order=10, signed_in=True))
declare.places.add("security", declare.Place(_("Keamanan akun"), "mfa_index", _MENU, order=20, signed_in=True))
