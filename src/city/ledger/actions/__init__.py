"""What can be done to the books: post, reverse, close a month, agree on a rule."""

from city.ledger.actions.close_month import close_month
from city.ledger.actions.post import post, reverse
from city.ledger.actions.posting_rule import draft_posting_rule, review_posting_rule

__all__ = ["close_month", "draft_posting_rule", "post", "reverse", "review_posting_rule"]
