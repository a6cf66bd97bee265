"""Whose things a phone keeps: a mark that names nobody and is the same each time the same person signs in."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from city.kernel.errors import Refusal
from city.kernel.http import actor_of

_LENGTH = 24


def mark_of(request: HttpRequest) -> str:
    """The reader's mark; empty for a stranger, whose typing is kept nowhere. A change of role does not change it."""
    person_id = actor_of(request).person_id
    return salted_hmac("city.phone", str(person_id)).hexdigest()[:_LENGTH] if person_id else ""


def same_reader(request: HttpRequest) -> None:
    """What waited in a phone comes with its owner's mark. Refuses (409) to take it in anybody else's session."""
    if request.headers.get("X-Reader", mark_of(request)) != mark_of(request):
        raise Refusal("phone.other_reader", _("Isian ini milik akun lain. Masuk dengan akun itu untuk mengirimnya."))
