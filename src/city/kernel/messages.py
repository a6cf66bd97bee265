"""The message port: whoever must send a code or a letter says it here; upper floors register what carries it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from city.kernel.registry import Registry


@dataclass(frozen=True)
class Message:
    """A text for one address. `channel` is "email", "sms" or "whatsapp"; `kind` says what for ("code", "notice")."""

    channel: str
    to: str
    subject: str
    body: str
    kind: str = "notice"
    language: str = "id"
    facts: dict[str, str] = field(default_factory=dict)


Carrier = Callable[[Message], None]
CARRIERS: Registry[Carrier] = Registry("message channel")


class NotCarried(Exception):
    """Nobody carries this channel, or the carrier could not; the caller may try later."""


def carry(message: Message) -> None:
    """Hand the message over now. Raises NotCarried; never call it inside a transaction."""
    carrier = CARRIERS.get(message.channel)
    if carrier is None:
        raise NotCarried(message.channel)
    carrier(message)
