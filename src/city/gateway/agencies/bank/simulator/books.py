"""The bank's own books in a file of SQLite: orders, payments, transfers, and what it still has to tell the city."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from city.gateway.agencies.bank.wire import WIB

GONE_BACK = frozenset({"04", "05", "06"})  # statuses of a transfer whose money is on the account again
OPENING = 250_000_000  # rupiah on the city's account before the first movement

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    reference TEXT PRIMARY KEY, channel TEXT NOT NULL, code TEXT NOT NULL UNIQUE, amount INTEGER NOT NULL,
    label TEXT NOT NULL, payer TEXT NOT NULL, expires_at TEXT NOT NULL, bank_reference TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS payments (
    bank_reference TEXT PRIMARY KEY, reference TEXT NOT NULL REFERENCES orders, amount INTEGER NOT NULL,
    paid_at TEXT NOT NULL, payer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS transfers (
    partner_reference TEXT PRIMARY KEY, bank_reference TEXT NOT NULL, service TEXT NOT NULL, amount INTEGER NOT NULL,
    to_name TEXT NOT NULL, remark TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS transfer_states (
    partner_reference TEXT PRIMARY KEY REFERENCES transfers, status TEXT NOT NULL, back_reference TEXT, back_at TEXT);
CREATE TABLE IF NOT EXISTS calls (day TEXT NOT NULL, external_id TEXT NOT NULL, PRIMARY KEY (day, external_id));
CREATE TABLE IF NOT EXISTS news (
    id INTEGER PRIMARY KEY AUTOINCREMENT, payment TEXT NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL,
    due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '');
"""


@dataclass(frozen=True)
class Order:
    """`code` is what a payer types or scans: the QRIS text, or the account's number."""

    reference: str
    channel: str
    code: str
    amount: int
    label: str
    payer: str
    expires_at: datetime
    bank_reference: str


@dataclass(frozen=True)
class Payment:
    bank_reference: str
    reference: str
    amount: int
    paid_at: datetime
    payer: str


@dataclass(frozen=True)
class News:
    """One thing to tell the city. `kind` is "true" or "forged"; `state` is waiting, told, refused, dropped or lost."""

    id: int
    payment: str
    reference: str
    kind: str
    tries: int
    state: str
    answer: str


class Taken(Exception):
    """The reference, the code or the message's id was met before."""


def _order(row: sqlite3.Row) -> Order:
    return Order(**{**dict(row), "expires_at": datetime.fromisoformat(row["expires_at"])})


def _payment(row: sqlite3.Row) -> Payment:
    return Payment(**{**dict(row), "paid_at": datetime.fromisoformat(row["paid_at"])})


class Books:
    """One connection, one writer at a time; every method is one transaction that survives kill -9."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_TABLES)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except sqlite3.IntegrityError as error:
                self._db.execute("ROLLBACK")
                raise Taken(str(error)) from error
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, question: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(question, values).fetchall()

    def note_call(self, day: date, external_id: str) -> None:
        """Raises Taken for an id that was used that day."""
        with self._writing() as db:
            db.execute("INSERT INTO calls VALUES (?, ?)", (day.isoformat(), external_id))

    def add_order(self, order: Order) -> None:
        """Raises Taken."""
        row = (*_values(order)[:6], order.expires_at.isoformat(), order.bank_reference)
        with self._writing() as db:
            db.execute("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def order_of(self, reference: str) -> Order | None:
        return next(map(_order, self._rows("SELECT * FROM orders WHERE reference = ?", reference)), None)

    def order_with(self, code: str) -> Order | None:
        return next(map(_order, self._rows("SELECT * FROM orders WHERE code = ?", code)), None)

    def pay(self, payment: Payment, due: float | None) -> None:
        """Money in, and with it the duty to tell the city: at `due` (epoch seconds), or never where that is None."""
        row = (payment.bank_reference, payment.reference, payment.amount, payment.paid_at.isoformat(), payment.payer)
        with self._writing() as db:
            db.execute("INSERT INTO payments VALUES (?, ?, ?, ?, ?)", row)
            self._tell(db, payment, "true", due)

    def tell(self, payment: Payment, kind: str, due: float) -> None:
        with self._writing() as db:
            self._tell(db, payment, kind, due)

    def _tell(self, db: sqlite3.Connection, payment: Payment, kind: str, due: float | None) -> None:
        db.execute(
            "INSERT INTO news (payment, reference, kind, due, state) VALUES (?, ?, ?, ?, ?)",
            (payment.bank_reference, payment.reference, kind, due or 0, "dropped" if due is None else "waiting"),
        )

    def payments_of(self, reference: str) -> list[Payment]:
        found = self._rows("SELECT * FROM payments WHERE reference = ? ORDER BY paid_at, rowid", reference)
        return list(map(_payment, found))

    def payment(self, bank_reference: str) -> Payment | None:
        found = self._rows("SELECT * FROM payments WHERE bank_reference = ?", bank_reference)
        return next(map(_payment, found), None)

    def news_due(self, now: float) -> list[News]:
        return _news(self._rows("SELECT * FROM news WHERE state = 'waiting' AND due <= ? ORDER BY due, id", now))

    def news_of(self, reference: str) -> list[News]:
        return _news(self._rows("SELECT * FROM news WHERE reference = ? ORDER BY id", reference))

    def close_news(self, news: News, state: str, answer: str, due: float = 0) -> None:
        with self._writing() as db:
            db.execute(
                "UPDATE news SET state = ?, answer = ?, due = ?, tries = tries + 1 WHERE id = ?",
                (state, answer, due, news.id),
            )

    def transfer(self, row: tuple[str, str, str, int, str, str, datetime], status: str) -> None:
        """partner's reference, ours, service, amount, name, remark, moment. Raises Taken."""
        with self._writing() as db:
            db.execute("INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?, ?)", (*row[:6], row[6].isoformat()))
        self.put_transfer(row[0], status, row[6])

    def put_transfer(self, partner_reference: str, status: str, at: datetime) -> None:
        """Where it stands now. One that failed or was refunded puts its money back, under a number of its own."""
        back = (f"B{partner_reference}", at.isoformat()) if status in GONE_BACK else (None, None)
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO transfer_states VALUES (?, ?, ?, ?)", (partner_reference, status, *back))

    def status_of(self, partner_reference: str) -> str:
        found = self._rows("SELECT status FROM transfer_states WHERE partner_reference = ?", partner_reference)
        return str(found[0]["status"]) if found else "00"

    def transfer_of(self, partner_reference: str) -> sqlite3.Row | None:
        found = self._rows("SELECT * FROM transfers WHERE partner_reference = ?", partner_reference)
        return found[0] if found else None

    def balance(self) -> int:
        (row,) = self._rows(
            "SELECT (SELECT coalesce(sum(amount), 0) FROM payments) - (SELECT coalesce(sum(amount), 0) FROM transfers"
            " LEFT JOIN transfer_states USING (partner_reference) WHERE back_reference IS NULL)"
        )
        return OPENING + int(row[0])

    def movements(self) -> list[tuple[datetime, str, str, str, int, str]]:
        """All of them, oldest first: moment, our reference, kind, the partner's reference, amount, words."""
        came = self._rows("SELECT p.*, o.channel, o.label, o.code FROM payments p JOIN orders o USING (reference)")
        went = self._rows("SELECT * FROM transfers LEFT JOIN transfer_states USING (partner_reference)")
        found = [
            (
                datetime.fromisoformat(one["paid_at"]), one["bank_reference"], one["channel"],
                one["code"] if one["channel"] == "va" else one["reference"], int(one["amount"]),
                f"{one['channel'].upper()} {one['label']} {one['payer']}",
            )
            for one in came
        ] + [
            (
                datetime.fromisoformat(one["at"]), one["bank_reference"], "out", one["bank_reference"],
                -int(one["amount"]), f"Transfer {one['to_name']} {one['remark']}",
            )
            for one in went
        ] + [
            (
                datetime.fromisoformat(one["back_at"]), one["back_reference"], "back", one["bank_reference"],
                int(one["amount"]), f"Kembali {one['to_name']} {one['remark']}",
            )
            for one in went if one["back_reference"]
        ]  # fmt: skip
        return sorted(found)


def _values(order: Order) -> tuple[Any, ...]:
    return (order.reference, order.channel, order.code, order.amount, order.label, order.payer)


def _news(rows: list[sqlite3.Row]) -> list[News]:
    return [News(**{key: row[key] for key in News.__dataclass_fields__}) for row in rows]


def day_of(at: datetime) -> date:
    return at.astimezone(WIB).date()


def now() -> datetime:
    return datetime.now(UTC)
