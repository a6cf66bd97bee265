"""Cash at the counter (TBP) and on its way to the city's account (STS)."""

import pytest

from city.billing import actions, queries
from city.billing.declare import BankReceipt
from city.billing.models import Applied, Deposit, Held, Receipt
from city.billing.tests.make import (
    AT,
    Treasury,
    a_bill,
    complaints,
    events_of,
    fresh,
    later,
    lines_of,
    pay,
    refused,
)
from city.kernel.ids import new_id
from city.kernel.models import EventRecord


def test_cash_settles_a_bill_and_waits_in_the_till(treasury: Treasury) -> None:
    bill, key = a_bill(treasury), new_id()
    for _ in range(2):
        receipt = actions.receive_cash(bill_id=bill.pk, amount=1_620_000, key=key, actor=treasury.keeper, at=AT)
    assert (fresh(bill).state, receipt.label) == ("settled", "TBP/BPKAD/2026/000001")
    assert ("BPKAD", "finansial", "D 1.1.01.02.01.0001", 1_620_000) in lines_of(receipt.pk)
    assert events_of(bill) == ["BillIssued", "PaymentReceived", "BillSettled"]
    assert queries.cash_by_agency() == [{"entity": "BPKAD", "count": 1, "amount": 1_620_000}]
    assert Receipt.objects.count() == 1
    assert complaints() == []


@pytest.mark.parametrize("amount", [0, -1, 1_620_001])
def test_a_sum_the_counter_does_not_take(treasury: Treasury, amount: int) -> None:
    with refused("cash.amount", 422):
        actions.receive_cash(bill_id=a_bill(treasury).pk, amount=amount, key=new_id(), actor=treasury.keeper, at=AT)
    assert not Receipt.objects.exists()


def test_only_the_treasurer_takes_cash(treasury: Treasury) -> None:
    for actor in (treasury.her, treasury.decider):
        with refused("actor.not_permitted", 403):
            actions.receive_cash(bill_id=a_bill(treasury).pk, amount=1, key=new_id(), actor=actor, at=AT)


def test_all_cash_is_deposited_once_in_both_books(treasury: Treasury) -> None:
    for amount in (20_000, 600_000):
        actions.receive_cash(bill_id=a_bill(treasury).pk, amount=amount, key=new_id(), actor=treasury.keeper, at=AT)
    for _ in range(2):
        row = actions.deposit(agency="BPKAD", slip="SLIP-01", actor=treasury.keeper, at=later(1))
    assert (row.amount, row.label, Deposit.objects.count()) == (620_000, "STS/BPKAD/2026/000001", 1)
    assert sorted(lines_of(row.pk)) == [
        ("BPKAD", "finansial", "D 3.1.03.01.01.0001", 620_000),
        ("BPKAD", "finansial", "K 1.1.01.02.01.0001", 620_000),
        ("PPKD", "finansial", "D 1.1.01.01.01.0001", 620_000),
        ("PPKD", "finansial", "K 1.1.13.01.01.0001", 620_000),
    ]
    assert EventRecord.objects.filter(name="CashDeposited").count() == 1
    assert queries.cash_by_agency() == []
    assert complaints() == []
    with refused("deposit.nothing", 409):
        actions.deposit(agency="BPKAD", slip="SLIP-02", actor=treasury.keeper, at=later(1))


@pytest.mark.usefixtures("bank")
def test_a_slip_that_says_nothing_or_is_another_payment(treasury: Treasury) -> None:
    actions.receive_cash(bill_id=a_bill(treasury).pk, amount=5, key=new_id(), actor=treasury.keeper, at=AT)
    pay(a_bill(treasury), treasury, mark="BK-1")
    with refused("deposit.slip", 422):
        actions.deposit(agency="BPKAD", slip=" ", actor=treasury.keeper, at=AT)
    with refused("deposit.slip_used", 422):
        actions.deposit(agency="BPKAD", slip="bk-1", actor=treasury.keeper, at=AT)


def a_slip_told_first(treasury: Treasury, amount: int = 620_000) -> None:
    """Two payments in cash go to the bank, whose day is read before anybody notes the slip; a third came since."""
    for taken in (20_000, 600_000, 5_000):
        cash = {"amount": taken, "key": new_id(), "actor": treasury.keeper, "at": AT}
        actions.receive_cash(bill_id=a_bill(treasury).pk, **cash)  # type: ignore[arg-type]
    actions.receive(receipt=BankReceipt("transfer", "", "SLIP-7", amount, AT), at=AT)


def test_a_slip_that_the_bank_told_of_first_is_that_cash_and_no_new_money(treasury: Treasury) -> None:
    a_slip_told_first(treasury)
    for slip in ("slip -7", "SLIP-7"):
        row = actions.deposit(agency="BPKAD", slip=slip, actor=treasury.keeper, at=later(1))
    told = Receipt.objects.get(bank_reference="SLIP-7")
    assert (row.amount, row.receipt, Held.objects.get().left, Deposit.objects.count()) == (620_000, told, 0, 1)
    assert queries.bank_in_ledger() == 620_000
    assert queries.cash_by_agency() == [{"entity": "BPKAD", "count": 1, "amount": 5_000}]
    assert complaints() == []


def test_a_slip_of_another_sum_or_whose_money_was_used_is_refused(treasury: Treasury) -> None:
    a_slip_told_first(treasury, 620_001)
    told = {"agency": "BPKAD", "slip": "SLIP-7", "actor": treasury.keeper, "at": later(1)}
    with refused("deposit.other_sum", 422):
        actions.deposit(**told)  # type: ignore[arg-type]
    actions.match_receipt(held_id=Held.objects.get().pk, bill_id=a_bill(treasury).pk, actor=treasury.keeper, at=AT)
    with refused("deposit.slip_used", 422):
        actions.deposit(**told)  # type: ignore[arg-type]
    lowered = {"reason": "Salah orang", "actor": treasury.decider, "at": later(1)}
    actions.cancel(bill_id=Applied.objects.exclude(held=None)[0].bill_id, **lowered)  # type: ignore[arg-type]
    with refused("deposit.slip_used", 422):
        actions.deposit(**told)  # type: ignore[arg-type]
    assert not Deposit.objects.exists()
    assert complaints() == []
