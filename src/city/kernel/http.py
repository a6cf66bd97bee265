"""What a view may ask about its request."""

from django.http import HttpRequest

from city.kernel.actor import NOBODY, Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking, in the role chosen for this session; NOBODY when signed out."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor
