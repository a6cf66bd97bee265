"""What notices puts in every page's frame: how many are unread, and the operators' door to what was not sent."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from city.kernel.http import actor_of
from city.notices.queries import unread_count
from city.ui.declare import Place, places, unread


def unread_here(request: HttpRequest) -> int:
    person_id = actor_of(request).person_id
    return unread_count(person_id) if person_id else 0


unread.add("notices", unread_here)
places.add("inbox", Place(_("Kotak masuk"), "notices-inbox", frozenset({"account"}), order=10, signed_in=True))
places.add(
    "notices-failures",
    Place(_("Pesan gagal terkirim"), "notices-failures", frozenset({"desk"}), order=80, permission="platform.admin"),
)
