"""What others ask of the books."""

from city.ledger.queries.balances import TrialBalance, TrialRow, account, balance, by_entity, trial_balance
from city.ledger.queries.cards import Card, CardLine, CardOf, account_card
from city.ledger.queries.documents import (
    WholeDocument,
    booked_days,
    booked_late,
    document,
    document_of,
    entities,
    entries_of,
)
from city.ledger.queries.reading import require_view

__all__ = [
    "Card",
    "CardLine",
    "CardOf",
    "TrialBalance",
    "TrialRow",
    "WholeDocument",
    "account",
    "account_card",
    "balance",
    "booked_days",
    "booked_late",
    "by_entity",
    "document",
    "document_of",
    "entities",
    "entries_of",
    "require_view",
    "trial_balance",
]
