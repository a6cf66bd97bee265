"""Posting rules are agreed on by two people: one drafts, another reviews."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.types.json import Jsonb

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.ledger.actions.refusing import refusals
from city.ledger.declare import RuleDraft
from city.ledger.events import PostingRuleDrafted, PostingRuleReviewed
from city.ledger.models import PostingRule
from city.ledger.rules import line_of


@transaction.atomic
def draft_posting_rule(*, rule: RuleDraft, actor: Actor, at: datetime) -> UUID:
    """Propose a rule; it counts when somebody else has reviewed it. Raises Refusal 403, 422."""
    actor.require("ledger.draft_rule")
    told = as_told(rule)
    said: list[Any] = [Jsonb(told), actor.ref, at]
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_draft_rule(%s, %s, %s)", said)
    rule_id = UUID(told["id"])
    publish(PostingRuleDrafted(rule_id=rule_id, type=rule.type, variant=rule.variant), by=actor, at=at)
    return rule_id


def as_told(rule: RuleDraft) -> dict[str, Any]:
    """As the drafting function reads it. Raises Refusal 422 for a line that cannot be read."""
    try:
        lines = [line_of(words) for words in rule.lines]
    except ValueError as error:
        said = _("Baris ini tidak terbaca: “%(line)s”. Tulis: S|B, buku, D|K, akun, jumlah.")
        raise Refusal("ledger.rule_line", said % {"line": error}, status=422) from error
    return {
        "id": str(new_id()),
        "type": rule.type,
        "variant": rule.variant,
        "title": rule.title,
        "source": rule.source,
        "audit": rule.audit,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        "lines": lines,
    }


@transaction.atomic
def review_posting_rule(*, rule: UUID, actor: Actor, at: datetime) -> bool:
    """Agree to a rule that somebody else drafted; False when it was reviewed already. Raises Refusal 403, 422."""
    actor.require("ledger.review_rule")
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_review_rule(%s, %s, %s)", [rule, actor.ref, at])
        new = bool(cursor.fetchone()[0])
    if new:
        kept = PostingRule.objects.get(pk=rule)
        publish(PostingRuleReviewed(rule_id=rule, type=kept.type, variant=kept.variant), by=actor, at=at)
    return new
