"""Posting rules as they are shown: those that wait for a second person, those that count, one with its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from city.kernel.paging import Page, page_of
from city.ledger.models import PostingRule, RuleLine
from city.people.queries import names_of

_SHOWN = ("pk", "type", "variant", "title", "source", "valid_from", "valid_until")


@dataclass(frozen=True)
class WholeRule:
    """A rule with its lines in order, and by name who drafted and who reviewed it; empty: it came with the city."""

    rule: PostingRule
    lines: Sequence[RuleLine]
    drafted_by: str
    reviewed_by: str


def waiting_rules() -> list[dict[str, Any]]:
    """Drafts that nobody has agreed to yet, the oldest first."""
    return list(PostingRule.objects.filter(reviewed_by="").order_by("drafted_at", "pk").values(*_SHOWN))


def reviewed_rules(after: str, size: int) -> Page[dict[str, Any]]:
    """Rules two people agreed on, by type and variant."""
    rows = PostingRule.objects.exclude(reviewed_by="").values(*_SHOWN)
    return page_of(rows, by=("type", "variant", "pk"), after=after, size=size)


def posting_rule(rule: UUID) -> WholeRule | None:
    """One rule as it is shown; None where there is none."""
    found = PostingRule.objects.filter(pk=rule).first()
    if found is None:
        return None
    drafter, reviewer = _person(found.drafted_by), _person(found.reviewed_by)
    names = names_of(one for one in (drafter, reviewer) if one)
    drafted, reviewed = (names.get(one, "") if one else "" for one in (drafter, reviewer))
    return WholeRule(found, list(found.lines.order_by("no")), drafted, reviewed)


def _person(ref: str) -> UUID | None:
    return UUID(ref.removeprefix("person:")) if ref.startswith("person:") else None
