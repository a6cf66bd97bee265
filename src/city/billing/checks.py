"""What `city verify` asks of money: billing's rows against themselves, the ledger and the bank. Rupiah."""

from collections.abc import Iterator

from city.billing.models import BankDay
from city.billing.queries import agencies, bank_by_receipts, bank_in_ledger, books_of, reconciliation_of
from city.kernel.checks import broken_rows, check


@check("billing: claims in the ledger are the open bills")
def claims_agree() -> Iterator[str]:
    """Finance invariant 27, per agency: assessments and interest less corrections and payments."""
    for agency in agencies():
        books = books_of(agency)
        if books.claims != books.claims_in_ledger:
            yield f"{agency}: open bills are Rp {books.claims}, 1.1.04 in the ledger is Rp {books.claims_in_ledger}."


@check("billing: the city's account in the ledger is receipts, deposits and refunds")
def bank_agrees() -> Iterator[str]:
    """Finance invariant 16, our side: what came by the bank and the counter's deposits, less what was sent back."""
    rows, ledger = bank_by_receipts(), bank_in_ledger()
    if rows != ledger:
        yield f"Receipts, deposits and refunds come to Rp {rows}, 1.1.01.01 in the ledger is Rp {ledger}."


@check("billing: held money is the debt in the ledger")
def debt_agrees() -> Iterator[str]:
    for agency in agencies():
        books = books_of(agency)
        if books.debt != books.debt_in_ledger:
            yield f"{agency}: held money is Rp {books.debt}, 2.1.07.01.02 in the ledger is Rp {books.debt_in_ledger}."


@check("billing: the counters' cash is in the ledger")
def tills_agree() -> Iterator[str]:
    for agency in agencies():
        books = books_of(agency)
        if books.till != books.till_in_ledger:
            yield f"{agency}: undeposited cash is Rp {books.till}, 1.1.01.02 in the ledger Rp {books.till_in_ledger}."


@check("billing: the newest bank statement is explained by listed items")
def statement_is_explained() -> Iterator[str]:
    """Finance invariant 16, the bank's side: BUD's book = the statement ± listed items, on the newest day read."""
    day = BankDay.objects.order_by("-day").values_list("day", flat=True).first()
    result = reconciliation_of(day) if day else None
    if result is not None and result.unexplained:
        yield f"{day}: bank Rp {result.bank}, books Rp {result.books}, Rp {result.unexplained} in no listed item."


@check("billing: every bill is paid by its payments and charged by its charges")
def bills_add_up() -> Iterator[str]:
    yield from broken_rows(
        "SELECT b.number, b.paid, coalesce(a.sum, 0) FROM billing_bill b LEFT JOIN"
        " (SELECT bill_id, sum(amount) FROM billing_applied GROUP BY 1) a ON a.bill_id = b.id"
        " WHERE b.paid <> coalesce(a.sum, 0) ORDER BY 1",
        "Bill {0} says Rp {1} was paid, its payments are Rp {2}.",
    )
    yield from broken_rows(
        "SELECT b.number, b.interest, coalesce(c.sum, 0) FROM billing_bill b LEFT JOIN"
        " (SELECT bill_id, sum(amount) FROM billing_interestcharge GROUP BY 1) c ON c.bill_id = b.id"
        " WHERE b.interest <> coalesce(c.sum, 0) ORDER BY 1",
        "Bill {0} says Rp {1} of interest, its charges are Rp {2}.",
    )


@check("billing: each rupiah received is on a bill, held, or given back")
def receipts_add_up() -> Iterator[str]:
    """Nothing that came is lost, nothing is counted twice."""
    yield from broken_rows(
        "SELECT r.bank_reference, r.amount, coalesce(a.sum, 0) + coalesce(h.free, 0) + coalesce(f.sum, 0)"
        " + coalesce(d.amount, 0) FROM billing_receipt r LEFT JOIN billing_deposit d ON d.receipt_id = r.id"
        " LEFT JOIN (SELECT receipt_id, sum(amount) FROM billing_applied GROUP BY 1) a ON a.receipt_id = r.id"
        " LEFT JOIN (SELECT receipt_id, sum(amount - used) AS free FROM billing_held GROUP BY 1) h"
        " ON h.receipt_id = r.id"
        " LEFT JOIN (SELECT h.receipt_id, sum(f.amount) FROM billing_refund f JOIN billing_held h ON h.id = f.held_id"
        " WHERE f.state <> 'refused' GROUP BY 1) f ON f.receipt_id = r.id"
        " WHERE r.amount <> coalesce(a.sum, 0) + coalesce(h.free, 0) + coalesce(f.sum, 0) + coalesce(d.amount, 0)"
        " ORDER BY 1",
        "Receipt {0} of Rp {1}: Rp {2} of it can be found.",
    )


@check("billing: who waits for a settled bill waits for one that is settled")
def settled_was_said() -> Iterator[str]:
    """A settled bill said so by an event after it last said otherwise; an open one did not."""
    yield from broken_rows(
        "SELECT b.number, b.state, coalesce(e.name, 'nothing') FROM billing_bill b LEFT JOIN LATERAL"
        " (SELECT name FROM kernel_eventrecord WHERE subject_kind = 'bill' AND subject_id = b.id"
        " AND name IN ('BillSettled', 'BillReopened') ORDER BY id DESC LIMIT 1) e ON true"
        " WHERE b.state <> 'cancelled'"
        " AND (b.state = 'settled') <> (coalesce(e.name, '') = 'BillSettled') ORDER BY 1",
        "Bill {0} is {1}, but the last word was {2}.",
    )
