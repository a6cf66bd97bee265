"""The demo city: invented people in real offices, a calendar, signers, and a few cases made by the real actions."""

from datetime import datetime

from django.conf import settings

from city.operate.demo.cast import EVERYBODY, PASSWORD, POSTS
from city.operate.demo.crowd import crowd
from city.operate.demo.days_off import place_holidays
from city.operate.demo.place import place_cast, place_person, place_signers
from city.operate.demo.shelves import place_books
from city.operate.demo.stories import small_city
from city.operate.demo.walking import walk


def load(whole: bool = False, *, at: datetime) -> None:
    """Fill the city with its cast, calendar and cases; loading again changes nothing. `whole` adds a year's cases.

    Raises RuntimeError outside the demo city: invented people never stand beside real ones.
    """
    if not settings.DEMO:
        raise RuntimeError("The demo city's people are placed in a demo city alone (CITY_DEMO=1).")
    place_holidays()
    place_cast(at)
    place_signers(at)
    place_books(at)
    for story in small_city():
        walk(story, at)
    for story in crowd() if whole else []:
        place_person(story.applicant, at)
        walk(story, at)


def accounts() -> list[tuple[str, str, str, str]]:
    """Name, part with office, sign-in and password of everybody who can sign in, citizens first."""
    titles = {post.code: post.title if post.agency in post.title else f"{post.title}, {post.agency}" for post in POSTS}
    return [
        (one.name, ": ".join(filter(None, (titles.get(one.post), one.part))), one.sign_in, PASSWORD)
        for one in EVERYBODY.values()
        if one.sign_in
    ]
