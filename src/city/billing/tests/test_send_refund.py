"""A refund on its way through the bank: what goes wrong there costs nobody money, and holds nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest

from city.billing import actions, queries
from city.billing.actions import Answer
from city.billing.actions.posting import Paper, given_back
from city.billing.declare import BankUnreachable, StatementLine
from city.billing.models import Held, Refund
from city.billing.tests.make import (
    AT,
    DAY,
    TestBank,
    Treasury,
    a_bill,
    a_person,
    complaints,
    held_of,
    later,
    lines_of,
    pay,
    to_account,
)
from city.kernel.models import EventRecord
from city.kernel.subjects import erase
from city.ledger.declare import Document

SENDING = import_module("city.billing.actions.send_refund")  # its name in the package is the verb


def approved(treasury: Treasury) -> Refund:
    bill = a_bill(treasury)
    pay(bill, treasury, 2_000_000)
    row = actions.ask_refund(held_id=held_of(bill).pk, to=to_account(), actor=treasury.her, at=AT)
    return actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)


def sent(treasury: Treasury) -> Refund:
    return actions.send_refund(refund_id=approved(treasury).pk, at=AT)


def refusals(row: Refund) -> int:
    return EventRecord.objects.filter(name="RefundRefused", data__refund_id=str(row.pk)).count()


def left(row: Refund) -> int:
    return Held.objects.get(pk=row.held_id).left


def test_what_the_bank_gives_back_is_held_again_and_the_payer_is_told(treasury: Treasury, bank: TestBank) -> None:
    row = sent(treasury)
    bank.returned = {row.pk}
    assert [actions.follow_refunds(later(1)) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    assert (row.state, row.bank_reference, left(row)) == ("refused", f"TB-{row.pk}", 380_000)
    assert "Bank tujuan mengembalikan" in row.answer
    assert ("PPKD", "finansial", "D 1.1.01.01.01.0001", 380_000) in lines_of(row.pk)
    assert (queries.bank_in_ledger(), queries.bank_by_receipts()) == (2_000_000, 2_000_000)
    assert refusals(row) == 1
    assert complaints() == []
    again = actions.ask_refund(held_id=row.held_id, to=to_account(), actor=treasury.her, at=later(1))
    actions.decide_refund(refund_id=again.pk, answer=Answer(True), actor=treasury.decider, at=later(1))
    assert actions.send_refunds(later(1)) == 1
    assert complaints() == []


def test_what_arrived_or_is_on_its_way_does_not_come_back(treasury: Treasury, bank: TestBank) -> None:
    row = sent(treasury)
    assert actions.follow_refunds(later(1)) == 0
    bank.down = BankUnreachable("diam")
    assert actions.follow_refunds(later(1)) == 0
    row.refresh_from_db()
    assert (row.state, left(row), refusals(row)) == ("sent", 0, 0)


def test_a_refund_never_sent_cannot_come_back(treasury: Treasury, bank: TestBank) -> None:
    row = actions.take_back_refund(refund_id=approved(treasury).pk, at=AT, bank_reference="B-1")
    assert (row.state, left(row), row.returned_on) == ("approved", 0, None)


@pytest.mark.parametrize("asked_first", [False, True])
def test_a_statement_that_shows_it_back_after_it_was_confirmed(
    treasury: Treasury, bank: TestBank, asked_first: bool
) -> None:
    """On the first day it leaves, on the second it is back: both days are explained, and it is no payment."""
    row = sent(treasury)
    receipt = row.held.receipt
    bank.lines = [
        StatementLine(AT, receipt.bank_reference, "qris", receipt.reference, 2_000_000),
        StatementLine(AT, row.bank_reference, "out", row.bank_reference, -380_000),
    ]
    if asked_first:
        bank.returned = {row.pk}
        assert actions.follow_refunds(later(1)) == 1
    actions.reconcile(day=DAY, statement=bank.statement(DAY), actor=treasury.keeper, at=later(1))
    row.refresh_from_db()
    assert row.state == ("refused" if asked_first else "confirmed")

    day = later(1).date()
    bank.opening = 1_620_000
    bank.lines = [StatementLine(later(1), "BACK-1", "back", row.bank_reference, 380_000)]
    for _ in range(2):
        actions.reconcile(day=day, statement=bank.statement(day), actor=treasury.keeper, at=later(1))
    row.refresh_from_db()
    assert (row.state, row.return_reference, left(row), refusals(row)) == ("refused", "BACK-1", 380_000, 1)
    result = queries.reconciliation_of(day)
    assert result is not None
    assert (result.items, result.unexplained) == ((), 0)
    assert complaints() == []


def test_money_back_of_a_transfer_nobody_knows_is_listed_and_is_no_payment(treasury: Treasury, bank: TestBank) -> None:
    bank.lines = [StatementLine(AT, "BACK-9", "back", "T-UNKNOWN", 5_000)]
    actions.reconcile(day=DAY, statement=bank.statement(DAY), actor=treasury.keeper, at=AT)
    assert not Held.objects.exists()
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert [(one.kind, one.reference, one.amount) for one in result.items] == [("at_bank_only", "BACK-9", 5_000)]
    assert result.unexplained == 0


def test_a_refund_whose_account_was_erased_holds_nobody_elses(treasury: Treasury, bank: TestBank) -> None:
    lost = approved(treasury)
    erase(treasury.payer.pk, at=AT)
    other = approved(replace(treasury, payer=a_person("Lain")))
    assert actions.send_refunds(AT) == 1
    lost.refresh_from_db()
    other.refresh_from_db()
    assert (lost.state, other.state, left(lost)) == ("approved", "sent", 0)
    assert "sudah dihapus" in lost.trouble
    assert complaints() == []


def test_a_refund_that_fails_in_any_way_says_so_and_holds_nobody_elses(
    treasury: Treasury, bank: TestBank, caplog: pytest.LogCaptureFixture
) -> None:
    odd, fine = approved(treasury), approved(treasury)
    bank.moved[odd.pk] = ""  # a bank that names no reference breaks the row's rule
    assert actions.send_refunds(AT) == 1
    odd.refresh_from_db()
    fine.refresh_from_db()
    assert (odd.state, fine.state) == ("approved", "sent")
    assert "kesalahan" in odd.trouble
    assert str(odd.pk) in caplog.text
    bank.moved[odd.pk] = "TB-9"
    assert actions.send_refunds(AT) == 1
    odd.refresh_from_db()
    assert (odd.state, odd.trouble) == ("sent", "")
    assert complaints() == []


def test_more_bad_refunds_than_one_round_takes_do_not_hold_the_next(
    treasury: Treasury, bank: TestBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SENDING, "ROUND", 2)
    bad = [approved(treasury) for _ in range(2)]
    for row in bad:
        bank.moved[row.pk] = ""
    fine = approved(treasury)
    assert [actions.send_refunds(AT) for _ in range(2)] == [0, 1]
    fine.refresh_from_db()
    assert fine.state == "sent"


def test_one_question_that_fails_does_not_hold_the_other_questions(treasury: Treasury, bank: TestBank) -> None:
    odd, back = sent(treasury), sent(treasury)
    bank.returned = {odd.pk, back.pk}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SENDING, "given_back", _broken_for(odd))
        assert actions.follow_refunds(later(1)) == 1
    assert {row.pk: row.state for row in Refund.objects.all()} == {odd.pk: "sent", back.pk: "refused"}


def _broken_for(row: Refund) -> Callable[..., Document]:
    """Posting that fails for this refund alone."""

    def told(entity: str, paper: Paper, amount: int) -> Document:
        if paper.id == row.pk:
            raise RuntimeError("planted")
        return given_back(entity, paper, amount)

    return told
