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
from city.ledger.queries.months import MonthRow, months
from city.ledger.queries.posting_rules import WholeRule, posting_rule, reviewed_rules, waiting_rules
from city.ledger.queries.reading import require_view

__all__ = [
    "Card",
    "CardLine",
    "CardOf",
    "MonthRow",
    "TrialBalance",
    "TrialRow",
    "WholeDocument",
    "WholeRule",
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
    "months",
    "posting_rule",
    "require_view",
    "reviewed_rules",
    "trial_balance",
    "waiting_rules",
]
