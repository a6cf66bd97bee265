"""Whoever holds the application's password and speaks SQL cannot bend the books; nor can the owner by a slip."""

import json
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from django.db import Error, connection, transaction
from psycopg.types.json import Jsonb

from city.ledger.models import Document, Line, Series
from city.ledger.tests.make import ACCOUNTS, AT, a_document, agencies, posted, the_owner

KEYS = {"account": "code", "entity": "code", "setting": "name"}
TABLES = [
    *("account", "balance", "closing", "document", "entity", "entry"),
    *("line", "postingrule", "ruleline", "series", "setting"),
]


def raw(sentence: str, *values: Any) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence, list(values))
        return cursor.fetchall() if cursor.description else None


@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_the_books_is_written_by_hand(db: None, table: str) -> None:
    for sentence in (
        "INSERT INTO ledger_{0} SELECT * FROM ledger_{0} LIMIT 0",
        "UPDATE ledger_{0} SET {1} = NULL",
        "DELETE FROM ledger_{0}",
        "TRUNCATE ledger_{0} CASCADE",
    ):
        with pytest.raises(Error, match="permission denied"):
            raw(sentence.format(table, KEYS.get(table, "id")))


@pytest.mark.parametrize(
    "sentence",
    [
        "SELECT ledger_write('{}'::uuid[] || (SELECT id FROM ledger_document LIMIT 1), 0)",
        "SELECT ledger_lock_series('BPKAD', 'SKRD', 2026, now()::date)",
        "SELECT setval(pg_get_serial_sequence('ledger_entry', 'id'), 1)",
        "ALTER TABLE ledger_line DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION ledger_fits(book text, account text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET session_replication_role = replica",
        "SET ROLE city_owner",
    ],
)
def test_what_stands_behind_the_function_stays_shut(db: None, sentence: str) -> None:
    agencies("BPKAD")
    posted(a_document())
    with pytest.raises(Error, match=r"permission denied|must be owner"):
        raw(sentence)


POST = "SELECT * FROM ledger_post(%s, 'person:x',"


def told(**other: Any) -> dict[str, Any]:
    return {**a_document().told(), **other}


TWISTED: Mapping[str, dict[str, Any]] = {
    "ledger.unbalanced": {
        "type": "SP2D",
        "variant": "ls_salary",
        "amounts": {"gross": 100, "net": 90, "tax": 5, "contributions": 4},
        "accounts": {"expense": "8.1.01.01.01.0001", "spending": "5.1.01.01.01.0001"},
    },
    "ledger.nothing": {"amounts": {"amount": 0}},
    "ledger.amount_form": {"amounts": {"amount": -5}},
    "ledger.amount_missing": {"amounts": {}},
    "ledger.amount_unknown": {"amounts": {"amount": 5, "bonus": 5}},
    "ledger.account_missing": {"accounts": {"receivable": ACCOUNTS["SKRD"]["receivable"]}},
    "ledger.account_wrong": {"accounts": {**ACCOUNTS["SKRD"], "receivable": "1.1.01.01.01.0001"}},
    "ledger.account_unknown": {"accounts": {**ACCOUNTS["SKRD"], "receivable": "1.1.04.99.99.9999"}},
    "ledger.account_not_leaf": {"accounts": {**ACCOUNTS["SKRD"], "receivable": "1.1.04.02"}},
    "ledger.placeholder_unknown": {"accounts": {**ACCOUNTS["SKRD"], "cash": "1.1.01.01.01.0001"}},
    "ledger.rule_unknown": {"type": "KADO"},
    "ledger.entity_unknown": {"entity": "DINAS-KARANGAN"},
    "ledger.value_date": {"value_date": "2027-01-30"},
    "ledger.audit_period": {"audit_year": 2025},
}


@pytest.mark.parametrize("code", TWISTED)
def test_the_function_refuses_by_itself(db: None, code: str) -> None:
    agencies("BPKAD")
    with pytest.raises(Error, match=code):
        raw("SELECT * FROM ledger_post(%s, 'person:x', %s)", Jsonb([told(**TWISTED[code])]), AT)
    assert not Line.objects.exists()
    assert not Series.objects.exists(), "a refused document takes no number"


@pytest.mark.parametrize("documents", [[], {}, None])
def test_nothing_to_post_is_refused(db: None, documents: Any) -> None:
    with pytest.raises(Error, match=r"ledger\.nothing"):
        raw("SELECT * FROM ledger_post(%s, 'person:x', %s)", Jsonb(documents), AT)


def test_nobody_chooses_a_number_or_a_date(db: None) -> None:
    agencies("BPKAD")
    chosen = told(number=900, label="SKRD/900", id="00000000-0000-4000-8000-000000000000", posted_on="2020-01-01")
    raw("SELECT * FROM ledger_post(%s, 'person:x', %s)", Jsonb([chosen]), AT)
    document = Document.objects.get()
    assert (document.number, document.label, document.posted_on.isoformat()) == (
        1,
        "SKRD/BPKAD/2026/000001",
        "2026-11-23",
    )


def test_an_expired_account_is_refused(own_city: str) -> None:
    agencies("BPKAD")
    with the_owner(own_city) as owner:
        owner.execute("UPDATE ledger_account SET valid_until = '2026-10-31' WHERE code LIKE '1.1.04.02.%'")
    with pytest.raises(Error, match=r"ledger\.account_expired"):
        raw("SELECT * FROM ledger_post(%s, 'person:x', %s)", Jsonb([told()]), AT)
    raw("SELECT * FROM ledger_post(%s, 'person:x', %s)", Jsonb([told(value_date="2026-10-31")]), AT)


def test_a_posting_date_far_from_the_clock_is_refused_outside_a_demo(own_city: str) -> None:
    agencies("BPKAD")
    with the_owner(own_city) as owner:
        owner.execute("UPDATE ledger_setting SET value = 1 WHERE name = 'clock_slack_days'")
    for shift in ("- interval '2 days'", "+ interval '2 days'"):
        with pytest.raises(Error, match=r"ledger\.posting_date"):
            raw(f"{POST} now() {shift})", Jsonb([told()]))
        with pytest.raises(Error, match=r"ledger\.posting_date"):
            raw("SELECT ledger_close(2020, 1, 'person:x', now() " + shift + ")")


def test_an_old_snapshot_does_not_post(own_city: str) -> None:
    """It would not see a month that somebody closed meanwhile."""
    agencies("BPKAD")
    with connection.cursor() as cursor:
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            cursor.execute(f"BEGIN ISOLATION LEVEL {level}")
            with pytest.raises(Error, match=r"ledger\.isolation"):
                cursor.execute("SELECT * FROM ledger_post(%s, 'person:x', %s)", [json.dumps([told()]), AT])
            cursor.execute("ROLLBACK")


LINES = (
    "INSERT INTO ledger_line (entry_id, no, account, entity, book, year, month, booked_on, counterpart, debit, credit)"
)
ENTRY = (
    "INSERT INTO ledger_entry (uid, document_id, entity, book, year, month, booked_on)"
    " VALUES (gen_random_uuid(), %s, 'BPKAD', 'lra', 2026, 11, '2026-11-23') RETURNING id"
)
AGAIN = (
    "INSERT INTO ledger_document (id, type, variant, entity, year, number, label, source_kind, source, part,"
    " value_date, posted_on, description, told, actor, at) SELECT gen_random_uuid(), type, variant, entity, year, 2,"
    " 'x', source_kind, gen_random_uuid(), '', value_date, posted_on, '', told, actor, at"
    " FROM ledger_document RETURNING id"
)


class TestTheOwnersSlips:
    """Statements by hand with every right in the world: triggers answer."""

    def slip(self, owner: "psycopg.Connection[Any]", sentence: str, code: str) -> None:
        with pytest.raises(psycopg.Error, match=code), owner.transaction():
            owner.execute(sentence)

    def line(self, account: str, debit: int, credit: int) -> str:
        at = "e.entity, e.book, e.year, e.month, e.booked_on"
        return f"{LINES} SELECT e.id, {debit}, '{account}', {at}, '', {debit}, {credit} FROM ledger_entry e"  # noqa: S608

    def test_lines_come_with_their_entry(self, own_city: str) -> None:
        agencies("BPKAD")
        posted(a_document())
        with the_owner(own_city) as owner:
            debit, credit = self.line("1.1.04.02.01.0001", 5, 0), self.line("7.1.02.02.01.0001", 0, 5)
            self.slip(owner, f"WITH a AS ({debit}) {credit}", r"ledger\.later_line")
            later = ENTRY.replace("%s", "(SELECT id FROM ledger_document)")
            self.slip(owner, later, r"ledger\.later_entry")

    def test_nothing_is_changed_or_taken_away(self, own_city: str) -> None:
        agencies("BPKAD")
        posted(a_document())
        with the_owner(own_city) as owner:
            for table in ("document", "entry", "line", "closing", "ruleline"):
                for verb in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
                    self.slip(owner, verb.format(f"ledger_{table}"), "append-only")

    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            ((("3.1.02.05.01.0001", 5, 0), ("4.1.02.02.01.0001", 0, 6)), r"ledger\.unbalanced"),
            ((("3.1.02.05.01.0001", 5, 0), ("1.1.01.01.01.0001", 0, 5)), r"ledger\.book_mixed"),
            ((("3.1.02.05.01", 5, 0), ("4.1.02.02.01.0001", 0, 5)), r"ledger\.account_not_leaf"),
            ((("3.1.02.05.01.0001", 5, 0),), r"ledger\.unbalanced"),
            ((("3.1.02.05.01.0001", 0, 0), ("4.1.02.02.01.0001", 0, 0)), "line_on_one_side"),
            ((("3.1.02.05.01.0001", -5, 0), ("4.1.02.02.01.0001", 0, -5)), "line_on_one_side"),
            ((), r"ledger\.unbalanced"),
        ],
    )
    def test_a_whole_entry_by_hand(self, own_city: str, lines: Any, code: str) -> None:
        agencies("BPKAD")
        posted(a_document())
        with the_owner(own_city) as owner, pytest.raises(psycopg.Error, match=code):
            self.write(owner, lines)

    def write(self, owner: "psycopg.Connection[Any]", lines: Any) -> None:
        """A document, its entry and these lines in one transaction, as only the owner could."""
        with owner.transaction():
            document = owner.execute(AGAIN).fetchall()[0][0]
            made = owner.execute(ENTRY, [document]).fetchall()[0][0]
            rows = ", ".join(
                f"({made}, {no}, '{account}', 'BPKAD', 'lra', 2026, 11, '2026-11-23', '', {debit}, {credit})"
                for no, (account, debit, credit) in enumerate(lines)
            )
            if rows:
                owner.execute(f"{LINES} VALUES {rows}")
