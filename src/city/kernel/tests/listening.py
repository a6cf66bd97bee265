"""Events handed out within a test."""

from datetime import UTC, datetime

from city.kernel.events import deliver_pending
from city.kernel.models import Delivery

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def deliver(*, deaf: str = "-") -> None:
    """Hand out what happened, and what listeners publish. In a test's one transaction the queue's clock stands still.

    A listener that fails fails the test: in a city it would be tried again. `deaf` names an app of a floor above
    ("city.permits") that does not know what the test made up, and hears nothing.
    """
    handed = 1
    while handed:
        Delivery.objects.filter(listener__startswith=deaf).update(state=Delivery.State.DONE)
        Delivery.objects.update(next_try_at=_LONG_AGO)
        handed = deliver_pending()
        assert list(Delivery.objects.exclude(error="").values_list("listener", "error")) == []
