"""A document comes into the books by its rule: balanced, numbered, once."""

from city.ledger.models import Balance, Line
from city.ledger.tests.make import (
    CASH_BUD,
    RECEIVABLE,
    REVENUE_LO,
    RK_PPKD,
    RK_SKPD,
    a_document,
    agencies,
    posted,
    reversed_,
)


def lines() -> set[tuple[str, str, str, int, int]]:
    return set(Line.objects.values_list("entity", "book", "account", "debit", "credit"))


def test_an_assessment_is_owed_and_earned(db: None) -> None:
    agencies("BPKAD")
    [skrd] = posted(a_document("SKRD"))
    assert (skrd.number, skrd.label, len(skrd.entries)) == (1, "SKRD/BPKAD/2026/000001", 1)
    assert lines() == {
        ("BPKAD", "finansial", RECEIVABLE, 162_000_000, 0),
        ("BPKAD", "finansial", REVENUE_LO, 0, 162_000_000),
    }


def test_a_straight_receipt_moves_both_entities_and_three_books(db: None) -> None:
    agencies("BPKAD")
    [note] = posted(a_document("NK", amount=5))
    assert len(note.entries) == 3
    assert ("PPKD", "finansial", CASH_BUD, 5, 0) in lines()
    assert ("PPKD", "finansial", RK_SKPD, 0, 5) in lines()
    assert ("BPKAD", "finansial", RK_PPKD, 5, 0) in lines()
    assert Balance.objects.get(account=RK_SKPD).counterpart == "BPKAD"


def test_the_same_paper_told_twice_is_booked_once(db: None) -> None:
    agencies("BPKAD")
    paper = a_document()
    first, again = posted(paper), posted(paper)
    assert first == again
    assert Line.objects.count() == 2


def test_a_document_is_taken_back_by_a_new_one_once(db: None) -> None:
    agencies("BPKAD")
    [skrd] = posted(a_document())
    undone = reversed_(skrd.id)
    assert undone.label == "KOREKSI/BPKAD/2026/000001"
    assert reversed_(skrd.id) == undone
    assert [(b.debit, b.credit) for b in Balance.objects.order_by("account")] == [(162_000_000, 162_000_000)] * 2
