"""What a page of the form sends: each field as typed, and what had stood there when the page was drawn."""

from django.http import HttpRequest

from city.cases.actions import Typed
from city.cases.declare import Drawn, drawn_digest

_OWN_WORDS = ("csrfmiddlewaretoken", "seen", "go")  # of the page, not of the applicant
_DRAWN, _SENT = "drawn-", "sent-"  # before a field's name; a field's own name has no hyphen


def typed(request: HttpRequest) -> Typed:
    """A field she cleared is empty, one the page did not show is absent."""
    posted = request.POST
    own = [name for name in posted if name not in _OWN_WORDS and not name.startswith((_DRAWN, _SENT))]
    drawn = {
        name: Drawn(
            shown=frozenset(posted.getlist(_DRAWN + name)),
            sent=frozenset(drawn_digest(text) for text in posted.getlist(_SENT + name)),
        )
        for name in own
        if _DRAWN + name in posted or _SENT + name in posted
    }
    return Typed({name: str(posted[name]) for name in own}, drawn)
