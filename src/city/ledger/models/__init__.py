"""Rows of the ledger: the chart, the rules, the books."""

from city.ledger.models.books import (
    Balance,
    Book,
    Closing,
    Document,
    Entity,
    Entry,
    Line,
    Series,
    Setting,
    Unsealed,
)
from city.ledger.models.chart import Account
from city.ledger.models.posting_rules import PostingRule, RuleLine

__all__ = [
    "Account",
    "Balance",
    "Book",
    "Closing",
    "Document",
    "Entity",
    "Entry",
    "Line",
    "PostingRule",
    "RuleLine",
    "Series",
    "Setting",
    "Unsealed",
]
