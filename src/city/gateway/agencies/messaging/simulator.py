"""No mail server, no SMS contract: the demo city keeps what it would have sent and shows it as "simulasi"."""

from django.conf import settings

from city.gateway.models import SimulatedMessage
from city.kernel.messages import Message, NotCarried


def keep(message: Message) -> None:
    """Keep the message for the demo page, once per reference. Raises NotCarried outside the demo city."""
    if not settings.DEMO:
        raise NotCarried(message.channel)
    row = {
        "channel": message.channel,
        "to": message.to,
        "subject": message.subject[:200],
        "body": message.body,
        "kind": message.kind,
        "language": message.language,
    }
    reference = message.facts.get("reference")
    if reference:
        SimulatedMessage.objects.get_or_create(reference=reference, defaults=row)
    else:
        SimulatedMessage.objects.create(**row)
