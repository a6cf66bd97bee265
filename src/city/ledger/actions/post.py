"""The books are written here and nowhere else, by one function of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from city.kernel.actor import Actor
from city.ledger.actions.refusing import refusals
from city.ledger.declare import Document, Posted, Reversal

_POST = "SELECT id, number, label, entries FROM ledger_post(%s, %s, %s)"


def post(*, documents: Sequence[Document | Reversal], actor: Actor, at: datetime) -> list[Posted]:
    """Book documents in the caller's transaction, all or none, in one call: give all of a transaction's at once, for
    the function locks counters and balances in one order.

    A document told again (same type, source and part) is answered as it stands. Posted in the month of its value date
    while that is open, else today. Raises Refusal 422 (`ledger.…`), RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("post inside the transaction that makes it true")
    told: list[Any] = [Jsonb([document.told() for document in documents]), actor.ref, at]
    with refusals(), connection.cursor() as cursor:
        cursor.execute(_POST, told)
        return [Posted(id, number, label, tuple(entries)) for id, number, label, entries in cursor.fetchall()]


def reverse(*, document: UUID, reason: str, actor: Actor, at: datetime) -> Posted:
    """Take a document back by a new one, in the caller's transaction; a second time answers the first's. Raises as
    `post` does; a reversal is not reversed."""
    return post(documents=[Reversal(document, reason)], actor=actor, at=at)[0]
