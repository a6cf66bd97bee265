"""Receipt numbers follow one another: whoever goes through them all is stopped, whoever follows her own file is not."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.people.actions import tally
from city.ui.environment import language
from city.ui.rules.formats import time_wib

# Mobile operators here put many phones behind one address.
BY_NETWORK = tally.Limit("track-from", 120, timedelta(minutes=10))
BY_PERSON = tally.Limit("track", 40, timedelta(minutes=10))


def count_look_up(*, network: str, by: Actor, at: datetime) -> None:
    """Refuses (429) with the time from which numbers are looked up again. Counts fingerprints, never who looked."""
    known = by.person_id is not None
    again = tally.spend(BY_PERSON if known else BY_NETWORK, str(by.person_id) if known else network, at=at)
    if again is not None:
        said = _("Terlalu banyak nomor dicari dari sini. Coba lagi mulai %(time)s. Permohonan Anda tidak terpengaruh.")
        raise Refusal("track.too_many", said % {"time": time_wib(again, language())}, status=429)
