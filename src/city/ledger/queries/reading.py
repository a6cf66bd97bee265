"""Who may read the books."""

from city.kernel.actor import Actor

READ, AUDIT = "ledger.read", "audit.read"


def require_view(actor: Actor) -> None:
    """Whoever keeps the books or audits them. Raises Refusal 403."""
    if not actor.may(AUDIT):
        actor.require(READ)
