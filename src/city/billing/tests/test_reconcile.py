"""The bank's day: what it shows and nobody told us is received; what differs is listed and explains the whole gap."""

from datetime import timedelta

import pytest

from city.billing import actions, queries
from city.billing.actions import Answer
from city.billing.declare import Statement, StatementLine, write_statement
from city.billing.models import BankDay, BankLine, Held, Receipt, ReceiptConflict
from city.billing.tests.make import (
    AT,
    DAY,
    TestBank,
    Treasury,
    a_bill,
    asked,
    complaints,
    fresh,
    held_of,
    later,
    paid,
    pay,
    refused,
    to_account,
)
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.ledger import actions as ledger

HEAD = Actor(ref="person:22222222-2222-4222-8222-222222222222", permissions=frozenset({"ledger.close"}))


def read(treasury: Treasury, bank: TestBank, *, days: int = 0) -> BankDay:
    day = DAY + timedelta(days=days)
    return actions.reconcile(day=day, statement=bank.statement(day), actor=treasury.keeper, at=later(days + 1))


def line(mark: str, amount: int, *, kind: str = "qris", reference: str = "") -> StatementLine:
    return StatementLine(AT, mark, kind, reference, amount, "MUTASI")


def test_a_day_that_agrees_has_no_items(treasury: Treasury, bank: TestBank) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    actions.receive(receipt=told, at=AT)
    bank.lines = [line(told.bank_reference, 1_620_000, reference=told.reference)]
    read(treasury, bank)
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert (result.bank, result.books, result.items, result.unexplained) == (1_620_000, 1_620_000, (), 0)
    assert complaints() == []


def test_a_callback_that_never_came_is_received_from_the_statement(treasury: Treasury, bank: TestBank) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    bank.lines = [line("BK-LOST", 1_620_000, reference=told.reference), line("BK-ODD", 9_000, kind="transfer")]
    for _ in range(2):
        read(treasury, bank)
    assert fresh(bill).state == "settled"
    assert Held.objects.get(reason="unknown").amount == 9_000
    assert (Receipt.objects.count(), BankDay.objects.count(), BankLine.objects.count()) == (2, 1, 2)
    assert EventRecord.objects.filter(name="StatementRead").count() == 1
    assert complaints() == []


def test_every_kind_of_difference_is_listed(treasury: Treasury, bank: TestBank) -> None:
    bill = asked(a_bill(treasury), treasury)
    actions.receive(receipt=paid(bill, 620_000, mark="BK-1"), at=AT)
    actions.receive(receipt=paid(bill, 100_000, mark="BK-2"), at=AT)
    bank.opening = 5_000_000
    bank.lines = [
        line("BK-1", 600_000, reference=paid(bill, 1).reference),  # another sum than was told
        line("BIAYA", -6_500, kind="out"),  # the bank's own charge
    ]
    read(treasury, bank)
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert {(one.kind, one.reference, one.amount) for one in result.items} == {
        ("opening", "", 5_000_000),
        ("other_amount", "BK-1", -20_000),
        ("in_books_only", "BK-2", -100_000),
        ("at_bank_only", "BIAYA", -6_500),
    }
    assert result.unexplained == 0
    assert ReceiptConflict.objects.get().amount == 600_000
    assert complaints() == []


def test_a_refund_is_confirmed_by_the_statement(treasury: Treasury, bank: TestBank) -> None:
    bill = a_bill(treasury)
    receipt = pay(bill, treasury, 2_000_000)
    row = actions.ask_refund(held_id=held_of(bill).pk, to=to_account(), actor=treasury.her, at=AT)
    actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    actions.send_refunds(AT)
    row.refresh_from_db()
    bank.lines = [line(receipt.bank_reference, 2_000_000, reference=receipt.reference)]
    read(treasury, bank)
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert [(one.kind, one.amount) for one in result.items] == [("in_books_only", 380_000)], "on its way"
    bank.lines.append(line(row.bank_reference, -380_000, kind="out"))
    read(treasury, bank)
    row.refresh_from_db()
    assert row.state == "confirmed"
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert (result.items, result.unexplained) == ((), 0)
    assert complaints() == []


def test_a_deposit_on_the_statement_is_no_new_money(treasury: Treasury, bank: TestBank) -> None:
    actions.receive_cash(bill_id=a_bill(treasury).pk, amount=50_000, key=new_id(), actor=treasury.keeper, at=AT)
    actions.deposit(agency="BPKAD", slip="SLIP-9", actor=treasury.keeper, at=AT)
    bank.lines = [line("SLIP-9", 50_000, kind="transfer")]
    read(treasury, bank)
    assert Receipt.objects.count() == 1
    result = queries.reconciliation_of(DAY)
    assert result is not None
    assert (result.items, result.unexplained) == ((), 0)
    assert complaints() == []


def test_a_file_that_is_none_or_another_days_is_refused(treasury: Treasury, bank: TestBank) -> None:
    with refused("statement.no_head", 422):
        actions.reconcile(day=DAY, statement=b"halo\ndunia", actor=treasury.keeper, at=AT)
    with refused("statement.other_day", 422):
        actions.reconcile(day=DAY, statement=bank.statement(DAY - timedelta(days=1)), actor=treasury.keeper, at=AT)
    with refused("actor.not_permitted", 403):
        actions.reconcile(day=DAY, statement=bank.statement(DAY), actor=treasury.decider, at=AT)
    assert not BankDay.objects.exists()


def test_a_day_without_a_statement_has_no_answer(treasury: Treasury) -> None:
    assert queries.reconciliation_of(DAY) is None


@pytest.mark.parametrize(
    ("days", "bucket"), [(0, -1), (30, -1), (31, 0), (60, 0), (61, 31), (121, 91), (300, 181), (400, 366)]
)
def test_ageing_counts_each_open_bill_once(treasury: Treasury, days: int, bucket: int) -> None:
    a_bill(treasury)
    ages = queries.ageing(DAY + timedelta(days=days))
    assert [(one.least, one.count, one.amount) for one in ages if one.count] == [(bucket, 1, 1_620_000)]


def test_the_statement_of_another_account_is_refused(treasury: Treasury, bank: TestBank) -> None:
    told = Statement("9999.0001", DAY, 0, 5_000, (line("BK-FOREIGN", 5_000, kind="transfer"),))
    with refused("statement.other_account", 422):
        actions.reconcile(day=DAY, statement=write_statement(told), actor=treasury.keeper, at=AT)
    assert not BankDay.objects.exists()
    assert not Receipt.objects.exists()


def test_what_is_told_after_its_month_was_closed_is_missed_by_the_bank_until_the_day_it_was_booked(
    treasury: Treasury, bank: TestBank
) -> None:
    """Paid on 23 November and told on 5 December, when November is closed: the books have it from 5 December."""
    bill = asked(a_bill(treasury), treasury)
    bank.lines = []
    read(treasury, bank)
    ledger.close_month(year=2026, month=11, actor=HEAD, at=later(12))
    actions.receive(receipt=paid(bill, 1_620_000, mark="BK-LATE"), at=later(12))
    bank.lines = [line("BK-LATE", 1_620_000)]
    read(treasury, bank)
    closed = queries.reconciliation_of(DAY)
    assert closed is not None
    assert [(one.kind, one.reference, one.amount) for one in closed.items] == [("at_bank_only", "BK-LATE", 1_620_000)]
    assert closed.unexplained == 0
    assert queries.listed_bank_items(later(12).date()) == []
    assert complaints() == []
