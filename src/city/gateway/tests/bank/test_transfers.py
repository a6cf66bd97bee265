"""Money sent back by a bank that is slow, loses its answer or changes its mind: it moves once, nothing is guessed."""

from collections.abc import Iterator
from typing import Any

import pytest

from city.billing.declare import BankRefused, BankUnreachable, TransferOrder, read_statement
from city.gateway.agencies.bank.client import Line
from city.gateway.agencies.bank.options import ensure_demo_agreement
from city.gateway.agencies.bank.snap import SnapBank
from city.gateway.tests.bank.make import BankProcess, a_transfer
from city.gateway.tests.bank.test_orders import today


@pytest.fixture(autouse=True)
def _good_mood(running: BankProcess) -> Iterator[None]:
    yield
    mood(running)


def mood(running: BankProcess, **told: Any) -> None:
    running.teller("/teller/transfers", told)


def stands(running: BankProcess, order: TransferOrder, status: str) -> None:
    running.teller("/teller/transfers", {"reference": str(order.id), "status": status})


def not_settled(bank: SnapBank, order: TransferOrder) -> str:
    with pytest.raises(BankUnreachable) as silent:
        bank.transfer_back(order)
    return silent.value.code


def moved(bank: SnapBank, amount: int) -> list[int]:
    """What the account shows of a sum, out and back."""
    return [line.amount for line in read_statement(bank.statement(today())).lines if abs(line.amount) == amount]


@pytest.mark.parametrize("status", ["01", "02", "03", "07", "99", ""])
def test_an_answer_lost_and_a_transfer_under_way_is_neither_sent_nor_refused(
    bank: SnapBank, running: BankProcess, status: str
) -> None:
    order = a_transfer()
    mood(running, lose=True, status=status)
    not_settled(bank, order)
    mood(running)
    not_settled(bank, order)
    stands(running, order, "00")
    assert bank.transfer_back(order).startswith("T")


def test_an_answer_lost_after_the_money_moved_is_found_and_nothing_moves_twice(
    bank: SnapBank, running: BankProcess
) -> None:
    order = a_transfer(31_001)
    mood(running, lose=True)
    reference = bank.transfer_back(order)
    mood(running)
    assert bank.transfer_back(order) == reference
    assert moved(bank, 31_001) == [-31_001]


def test_a_question_that_is_refused_says_nothing_about_the_money(bank: SnapBank, running: BankProcess) -> None:
    order = a_transfer(31_002)
    mood(running, lose=True, busy=True)
    assert not_settled(bank, order) == "4293600"
    mood(running)
    assert bank.transfer_back(order)
    assert moved(bank, 31_002) == [-31_002]


def test_a_token_that_is_refused_says_nothing_about_the_money(running: BankProcess, tmp_path: Any) -> None:
    stranger = SnapBank(lambda: Line(ensure_demo_agreement(tmp_path), running.url))
    assert not_settled(stranger, a_transfer()) == "4017300"


def test_taken_but_not_done_is_not_sent_yet(bank: SnapBank, running: BankProcess) -> None:
    """HTTP 202: the bank took the order. It is sent when the bank says that it is done."""
    order = a_transfer(31_003)
    mood(running, status="03")
    not_settled(bank, order)
    mood(running)
    not_settled(bank, order)
    stands(running, order, "00")
    assert bank.transfer_back(order)
    assert moved(bank, 31_003) == [-31_003]


@pytest.mark.parametrize("status", ["04", "05", "06"])
def test_a_transfer_that_failed_for_good_is_refused(bank: SnapBank, running: BankProcess, status: str) -> None:
    order = a_transfer(31_100 + int(status))
    mood(running, lose=True, status=status)
    with pytest.raises(BankRefused) as refused:
        bank.transfer_back(order)
    assert not isinstance(refused.value, BankUnreachable)
    assert sum(moved(bank, order.amount)) == 0
    mood(running)
    with pytest.raises(BankRefused, match="tidak bisa sampai"):
        bank.transfer_back(order)
    assert sum(moved(bank, order.amount)) == 0


def test_an_account_that_is_none_is_refused_and_nothing_moves(bank: SnapBank) -> None:
    order = TransferOrder(a_transfer().id, "014", "000000", "Raka Pratama", 31_004, "Pengembalian")
    with pytest.raises(BankRefused) as refused:
        bank.transfer_back(order)
    assert (refused.value.code, isinstance(refused.value, BankUnreachable)) == ("4041811", False)
    assert moved(bank, 31_004) == []


def test_moved_money_without_the_banks_number_waits_for_it(bank: SnapBank, running: BankProcess) -> None:
    order = a_transfer(31_005)
    mood(running, lose=True, nameless=True)
    not_settled(bank, order)
    mood(running)
    assert bank.transfer_back(order).startswith("T")
    assert moved(bank, 31_005) == [-31_005]


def test_what_was_sent_may_come_back_later(bank: SnapBank, running: BankProcess) -> None:
    order = a_transfer(31_006)
    reference = bank.transfer_back(order)
    assert not bank.came_back(order.id, order.to_bank)
    stands(running, order, "06")
    assert bank.came_back(order.id, order.to_bank)
    back = [line for line in read_statement(bank.statement(today())).lines if line.kind == "back"]
    assert [line.amount for line in back if line.reference == reference] == [31_006]


def test_a_refused_question_is_not_money_that_came_back(bank: SnapBank, running: BankProcess) -> None:
    order = a_transfer()
    bank.transfer_back(order)
    mood(running, busy=True)
    assert not bank.came_back(order.id, order.to_bank)
