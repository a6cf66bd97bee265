"""The books on the screen: what stands in them, the months that are closed, the rules by which they are written."""

from city.ledger.views.books import account, document, trial_balance
from city.ledger.views.months import months
from city.ledger.views.posting_rules import draft, rule, rules

__all__ = ["account", "document", "draft", "months", "rule", "rules", "trial_balance"]
