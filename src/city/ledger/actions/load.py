"""The chart and the rules the city begins with, from this app's files into its tables; only the owner can."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from city.ledger.actions.posting_rule import as_told
from city.ledger.declare import TREASURY, RuleDraft
from city.ledger.models import PostingRule
from city.ledger.rules import words_of

DATA = Path(__file__).parents[1] / "data"
BEGIN = date(2021, 1, 1)  # Permendagri 77/2020 is in force with the budget year 2021
_AT = datetime(2021, 1, 1, tzinfo=UTC)
_IDS = UUID("5e1b0b0e-58f4-4d2a-9a3c-6c1f2f0a77d1")
_CHART = "Permendagri 90/2019; Kepmendagri 900.1.15.5-1317/2023"
_SOURCES = {"A": _CHART, "B": f"{_CHART} (kode contoh, belum dicocokkan)"}

_ACCOUNT = """
    INSERT INTO ledger_account (code, name, level, valid_from, valid_until, source, confirmed)
    VALUES (%s, %s, %s, %s, NULL, %s, false)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, source = excluded.source
    WHERE (ledger_account.name, ledger_account.source) IS DISTINCT FROM (excluded.name, excluded.source)
"""
_SLACK = """
    INSERT INTO ledger_setting (name, value) VALUES ('clock_slack_days', %s)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE ledger_setting.value <> excluded.value
"""
_TREASURY = "INSERT INTO ledger_entity (code, opened_at) VALUES (%s, %s) ON CONFLICT DO NOTHING"


@transaction.atomic
def load() -> None:
    """Place what is missing. Raises RuntimeError when a shipped rule was altered, not succeeded by a newer one."""
    with connection.cursor() as cursor:
        cursor.executemany(_ACCOUNT, list(_accounts()))
        cursor.execute(_TREASURY, [TREASURY, _AT])
        # A demo city lives through years at once; elsewhere a posting is told today's date, or yesterday's at midnight.
        cursor.execute(_SLACK, [36_500 if settings.DEMO else 1])
        for rule in shipped_rules():
            _place(cursor, rule)


def _accounts() -> Iterator[tuple[Any, ...]]:
    with (DATA / "chart.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"], row["code"].count(".") + 1, BEGIN, _SOURCES[row["source"]]


def shipped_rules() -> Iterator[RuleDraft]:
    """The rules of data/rules.toml."""
    for told in tomllib.loads((DATA / "rules.toml").read_text())["rules"]:
        yield RuleDraft(**{"valid_from": BEGIN, **told, "lines": tuple(told["lines"])})


def _place(cursor: Any, rule: RuleDraft) -> None:
    rule_id = uuid5(_IDS, f"{rule.type} {rule.variant} {rule.valid_from}")
    known = PostingRule.objects.filter(pk=rule_id).first()
    if known is None:
        told = {**as_told(rule), "id": str(rule_id)}
        cursor.execute("SELECT ledger_draft_rule(%s, %s, %s)", [Jsonb(told), "system:rules", _AT])
        cursor.execute("SELECT ledger_review_rule(%s, %s, %s)", [rule_id, "system:release", _AT])
    elif tuple(words_of(line) for line in known.lines.order_by("no")) != rule.lines:
        raise RuntimeError(f"posting rule {rule.type} {rule.variant} was changed: add one with a later valid_from")
