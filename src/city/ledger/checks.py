"""What `city verify` asks of the books, past everything that should have made it impossible."""

from collections.abc import Iterator
from typing import Any

from city.kernel.checks import broken_rows, check
from city.kernel.models import Seal
from city.kernel.seals import broken_links, sealed_ids
from city.ledger.models import Entry, Unsealed
from city.ledger.queries.chain import PREFIX, entry_texts


@check("ledger: every entry is balanced")
def entries_balance() -> Iterator[str]:
    """Per document, entity and book debit is credit, over at least two lines."""
    yield from broken_rows(
        "SELECT e.id, d.label, coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), count(l.id) FROM ledger_entry e"
        " JOIN ledger_document d ON d.id = e.document_id LEFT JOIN ledger_line l ON l.entry_id = e.id"
        " GROUP BY e.id, d.label HAVING count(l.id) < 2 OR sum(l.debit) <> sum(l.credit) ORDER BY e.id",
        "Entry {0} of {1} has {4} lines with debit {2} and credit {3}.",
    )
    yield from broken_rows(
        "SELECT d.label FROM ledger_document d"
        " WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.document_id = d.id) ORDER BY d.label",
        "Document {0} has no entry.",
    )


@check("ledger: the books are pure")
def books_are_pure() -> Iterator[str]:
    """Each book holds its own classes, on leaf accounts in force; a line says what its entry says."""
    yield from broken_rows(
        "SELECT l.id, l.account, l.book FROM ledger_line l JOIN ledger_account a ON a.code = l.account"
        " JOIN ledger_entry e ON e.id = l.entry_id WHERE NOT ledger_fits(l.book, l.account) OR a.level <> 6"
        " OR l.booked_on < a.valid_from OR l.booked_on > a.valid_until"
        " OR (l.entity, l.book, l.year, l.month, l.booked_on) IS DISTINCT FROM"
        " (e.entity, e.book, e.year, e.month, e.booked_on) ORDER BY l.id",
        "Line {0} on account {1} does not belong in book {2} of its entry.",
    )


@check("ledger: RK SKPD and RK PPKD mirror each other")
def mirrors_agree() -> Iterator[str]:
    """For each SKPD, what the treasury has on 1.1.13 is what the SKPD has on 3.1.03; consolidated, nothing is left."""
    yield from broken_rows(
        "SELECT whose, skpd, ppkd FROM ("
        " SELECT CASE WHEN account LIKE '1.1.13.%' THEN counterpart ELSE entity END AS whose,"
        " coalesce(sum(debit - credit) FILTER (WHERE account LIKE '1.1.13.%'), 0) AS ppkd,"
        " coalesce(sum(credit - debit) FILTER (WHERE account LIKE '3.1.03.%'), 0) AS skpd"
        " FROM ledger_line WHERE book = 'finansial' AND (account LIKE '1.1.13.%' OR account LIKE '3.1.03.%')"
        " GROUP BY 1) mirror WHERE skpd <> ppkd ORDER BY whose",
        "RK of {0}: the SKPD says {1} sen, the treasury {2}.",
    )


@check("ledger: monthly balances are their lines")
def balances_are_lines() -> Iterator[str]:
    """Each month's balance is the sum of its lines, and no line is without one."""
    yield from broken_rows(
        "SELECT entity, book, account, year, month FROM ("
        " SELECT entity, book, account, counterpart, year, month, sum(debit) AS debit, sum(credit) AS credit"
        " FROM ledger_line GROUP BY 1, 2, 3, 4, 5, 6) lines FULL JOIN ("
        " SELECT entity, book, account, counterpart, year, month, sum(debit) AS debit, sum(credit) AS credit"
        " FROM ledger_balance GROUP BY 1, 2, 3, 4, 5, 6) b"
        " USING (entity, book, account, counterpart, year, month)"
        " WHERE (lines.debit, lines.credit) IS DISTINCT FROM (b.debit, b.credit)"
        " ORDER BY 1, 2, 3, 4, 5",
        "The balance of {2} in {0}, {1}, {3}-{4} is not the sum of its lines.",
    )


@check("ledger: numbers leave no hole")
def numbers_are_gapless() -> Iterator[str]:
    """Per entity, type and year: one to the last, each once, and never an earlier date than the number before."""
    yield from broken_rows(
        "SELECT coalesce(s.type, d.type), coalesce(s.entity, d.entity), coalesce(s.year, d.year),"
        " s.last, d.many, d.highest"
        " FROM ledger_series s FULL JOIN (SELECT entity, type, year, count(*) AS many, max(number) AS highest"
        " FROM ledger_document GROUP BY 1, 2, 3) d ON d.entity = s.entity AND d.type = s.type AND d.year = s.year"
        " WHERE (s.last, s.last) IS DISTINCT FROM (d.many, d.highest) AND coalesce(s.last, d.many) > 0"
        " ORDER BY 1, 2, 3",
        "Series {0}/{1}/{2} counts to {3}, but has {4} documents up to number {5}.",
    )
    yield from broken_rows(
        "SELECT label FROM (SELECT label, posted_on,"
        " lag(posted_on) OVER (PARTITION BY entity, type, year ORDER BY number) AS before FROM ledger_document) d"
        " WHERE posted_on < before ORDER BY label",
        "Document {0} was posted on an earlier day than the number before it.",
    )


def _rows_of(link: Seal) -> Iterator[bytes]:
    return entry_texts(row_id for low, high in link.row_ids for row_id in range(low, high + 1))


def _chains() -> list[str]:
    kept = Seal.objects.filter(chain__startswith=PREFIX).values_list("chain", flat=True)
    return sorted(set(kept))


@check("ledger: the chains of seals hold")
def seals_hold() -> Iterator[str]:
    """Of every entity: each seal follows the one before, over entries that are as they were."""
    for chain in _chains():
        yield from broken_links(chain, _rows_of, f"Entries of {chain.removeprefix(PREFIX)}")


@check("ledger: nothing outside the seals but the fresh tail")
def no_strays() -> Iterator[str]:
    """An entry is in its entity's chain or waits for the sealer; another came past the front door or left it."""
    waiting = set(Unsealed.objects.values_list("pk", flat=True))
    sealed: dict[str, set[int]] = {}
    rows: Any = Entry.objects.order_by("pk").values_list("pk", "entity")
    for row_id, entity in rows.iterator():
        if entity not in sealed:
            sealed[entity] = sealed_ids(f"{PREFIX}{entity}")
        if row_id not in sealed[entity] and row_id not in waiting:
            yield f"Entry {row_id} of {entity} is in no seal and is not waiting for one."
