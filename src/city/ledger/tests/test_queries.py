"""What others read: balances to a day, the trial balance of a month, the card of an account, the paper behind it."""

from datetime import UTC, date, datetime

import pytest

from city.kernel.ids import new_id
from city.ledger import queries
from city.ledger.declare import SOURCES
from city.ledger.models import Line
from city.ledger.tests.make import (
    CASH_BUD,
    RECEIVABLE,
    REVENUE_LO,
    REVENUE_LRA,
    RK_SKPD,
    a_document,
    agencies,
    posted,
    reversed_,
)


@pytest.fixture
def year(db: None) -> None:
    """BPKAD assesses 100 a month from October 2025 on and is paid 60 each time on the fifteenth."""
    agencies("BPKAD", "DISHUB")
    for year, month in ((2025, 10), (2025, 12), (2026, 1), (2026, 10), (2026, 11)):
        at = datetime(year, month, 20, 3, tzinfo=UTC)
        posted(
            a_document("SKRD", amount=100, value_date=date(year, month, 5)),
            a_document("NK", amount=60, value_date=date(year, month, 15)),
            at=at,
        )
    posted(a_document("SKRD", entity="DISHUB", amount=7, value_date=date(2026, 11, 1)))


@pytest.mark.parametrize(
    ("account", "entity", "book", "until", "sum"),
    [
        (RECEIVABLE, "BPKAD", "finansial", None, 200),
        (RECEIVABLE, None, "finansial", None, 207),
        ("1.1.04", "BPKAD", "finansial", None, 200),
        ("1.1.0", "BPKAD", "finansial", None, 0),
        (RECEIVABLE, "BPKAD", "finansial", date(2026, 11, 4), 160),
        (RECEIVABLE, "BPKAD", "finansial", date(2026, 11, 5), 260),
        (RECEIVABLE, "BPKAD", "finansial", date(2026, 11, 15), 200),
        (RECEIVABLE, "BPKAD", "finansial", date(2025, 12, 31), 80),
        (RECEIVABLE, "BPKAD", "lra", None, 0),
        (REVENUE_LRA, "BPKAD", "lra", date(2026, 9, 30), -180),
        (CASH_BUD, "PPKD", "finansial", None, 300),
    ],
)
def test_a_balance_to_a_day(
    year: None, account: str, entity: str | None, book: str, until: date | None, sum: int
) -> None:
    assert queries.balance(account, entity, book, until) == sum


def test_the_trial_balance_of_a_month(year: None) -> None:
    trial = queries.trial_balance("BPKAD", "finansial", 2026, 11)
    rows = {row.account: (row.opening, row.debit, row.credit, row.closing) for row in trial.rows}
    assert rows[RECEIVABLE] == (160, 100, 60, 200)
    assert rows[REVENUE_LO] == (-400, 0, 100, -500)
    assert trial.apart == 0
    assert trial.debit == trial.credit == 160


def test_the_trial_balance_of_all_entities_together(year: None) -> None:
    trial = queries.trial_balance(None, "finansial", 2026, 11)
    closing = {row.account: row.closing for row in trial.rows}
    assert closing[RECEIVABLE] == 207
    assert closing[RK_SKPD] == -300
    assert sum(value for code, value in closing.items() if code.startswith(("1.1.13", "3.1.03"))) == 0
    assert trial.apart == 0


def test_the_cash_books_begin_each_year_with_nothing(year: None) -> None:
    rows = {row.account: row for row in queries.trial_balance("BPKAD", "lra", 2026, 1).rows}
    assert (rows[REVENUE_LRA].opening, rows[REVENUE_LRA].closing) == (0, -60)
    assert queries.trial_balance("BPKAD", "anggaran", 2026, 1).rows == []


def test_the_card_carries_the_balance_from_page_to_page(year: None) -> None:
    whole = queries.account_card(queries.CardOf(RECEIVABLE, "BPKAD", "finansial"), year=2026)
    assert (whole.brought, [line.balance for line in whole.lines]) == (80, [180, 120, 220, 160, 260, 200])
    assert whole.next_key == ""
    after = ""
    seen: list[int] = []
    while True:
        page = queries.account_card(queries.CardOf(RECEIVABLE, "BPKAD", "finansial"), after, year=2026, size=1)
        assert page.brought == (seen[-1] if seen else 80)
        seen += [line.balance for line in page.lines]
        after = page.next_key
        if not after:
            break
    assert seen == [line.balance for line in whole.lines]


def test_the_card_of_a_year_without_lines(year: None) -> None:
    card = queries.account_card(queries.CardOf(RECEIVABLE, "BPKAD", "finansial"), year=2027)
    assert (card.brought, card.carried, list(card.lines)) == (200, 200, [])
    assert queries.account_card(queries.CardOf(REVENUE_LRA, "BPKAD", "lra"), year=2027).brought == 0


def test_what_was_booked_for_a_paper_corrections_too(db: None) -> None:
    agencies("BPKAD")
    paper = new_id()
    [skrd] = posted(a_document(source=paper))
    undone = reversed_(skrd.id)
    entries = queries.entries_of("tests.paper", paper)
    assert [entry.document.label for entry in entries] == [skrd.label, undone.label]
    assert [[line.debit for line in entry.lines.all()] for entry in entries] == [[162_000_000, 0], [0, 162_000_000]]


def test_a_document_leads_to_its_paper_and_its_correction(db: None) -> None:
    agencies("BPKAD")
    SOURCES.add("tests.paper", lambda paper: ("Surat contoh", f"/contoh/{paper}"))
    try:
        paper = a_document()
        [skrd] = posted(paper)
        undone = reversed_(skrd.id)
        whole = queries.document(skrd.id)
        assert whole is not None
        assert whole.paper == ("Surat contoh", f"/contoh/{paper.source}")
        assert whole.reversed_by is not None
        assert whole.reversed_by.pk == undone.id
        assert whole.document.rule is not None
        assert [line.account.name for line in whole.entries[0].lines.all()] != []
    finally:
        del SOURCES._things["tests.paper"]
    assert queries.document(new_id()) is None
    assert Line.objects.count() == 4
