"""What others may read of the gateway."""

from city.gateway.models import SimulatedMessage
from city.kernel.paging import Page, page_of


def simulated_messages(*, after: str = "", size: int = 50) -> Page[dict[str, object]]:
    """What the demo city pretended to send, newest first: id, channel, to, subject, body, kind, at."""
    rows = SimulatedMessage.objects.values("id", "channel", "to", "subject", "body", "kind", "at")
    return page_of(rows, by=("-at", "-id"), after=after, size=size)
