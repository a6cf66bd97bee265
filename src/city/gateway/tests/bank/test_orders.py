"""What the city asks of its bank, over HTTP to the bank's own process: codes, accounts, inquiry, statement, refunds."""

import dataclasses
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from city.billing.declare import BankRefused, BankUnreachable, read_statement
from city.gateway.agencies.bank.client import Line
from city.gateway.agencies.bank.options import ensure_demo_agreement
from city.gateway.agencies.bank.simulator.books import OPENING
from city.gateway.agencies.bank.snap import SnapBank
from city.gateway.agencies.bank.wire import WIB
from city.gateway.tests.bank.make import (
    NOWHERE,
    BankProcess,
    a_bank,
    a_bank_process,
    a_qris_order,
    a_transfer,
    an_account_order,
    in_days,
)


def today() -> date:
    return in_days(0).astimezone(WIB).date()


def test_a_qris_code_is_given_for_a_bill_and_nothing_is_paid_yet(bank: SnapBank) -> None:
    order = a_qris_order()
    code = bank.ask_qris(order)
    assert code.payload.startswith("000201010212")
    assert code.expires_at == order.expires_at
    assert bank.inquire("qris", code.reference) == []


def test_the_same_order_asked_twice_gets_two_codes_and_both_are_known(bank: SnapBank) -> None:
    order = a_qris_order()
    first, second = bank.ask_qris(order), bank.ask_qris(order)
    assert first.reference != second.reference
    assert bank.inquire("qris", first.reference) == bank.inquire("qris", second.reference) == []


def test_a_virtual_account_begins_with_the_citys_number_and_is_its_own_reference(bank: SnapBank) -> None:
    account = bank.ask_account(an_account_order())
    assert account.number == account.reference
    assert account.number.startswith("88001")
    assert len(account.number) == 17
    assert bank.inquire("va", account.reference) == []


@pytest.mark.parametrize("channel", ["qris", "va"])
def test_inquiry_finds_every_payment_of_an_order(bank: SnapBank, running: BankProcess, channel: str) -> None:
    if channel == "qris":
        qris = bank.ask_qris(a_qris_order())
        code, reference = qris.payload, qris.reference
    else:
        code = reference = bank.ask_account(an_account_order()).number
    running.do(code, "drop", payer="Sari Utami")
    running.do(code, "amount", amount={"value": "5000.00", "currency": "IDR"})
    first, second = bank.inquire(channel, reference)
    assert (first.amount, first.payer_name, first.channel) == (405_000, "Sari Utami", channel)
    assert second.amount == 5_000
    assert first.bank_reference != second.bank_reference
    assert {first.reference, second.reference} == {reference}


def test_a_late_payment_says_when_it_was_made(bank: SnapBank, running: BankProcess) -> None:
    code = bank.ask_qris(a_qris_order())
    running.do(code.payload, "late")
    (receipt,) = bank.inquire("qris", code.reference)
    assert receipt.paid_at > code.expires_at


def test_an_inquiry_about_an_order_nobody_made_finds_nothing(bank: SnapBank) -> None:
    assert bank.inquire("qris", "NEVER-ASKED") == []
    assert bank.inquire("va", "88001000000000000") == []


def test_above_the_qris_limit_the_payer_is_sent_to_the_other_way(bank: SnapBank) -> None:
    with pytest.raises(BankRefused) as refused:
        bank.ask_qris(a_qris_order(10_000_001))
    assert refused.value.code == "qris.limit"
    assert "virtual account" in str(refused.value.sentence)
    assert bank.ask_account(an_account_order(10_000_001)).number


def test_money_goes_back_once_however_often_it_is_asked(bank: SnapBank) -> None:
    order = a_transfer()
    reference = bank.transfer_back(order)
    assert bank.transfer_back(order) == reference
    back = [line for line in read_statement(bank.statement(today())).lines if line.reference == reference]
    assert [line.amount for line in back] == [-405_000]
    assert back[0].kind == "out"


def test_money_to_the_citys_own_bank_goes_within_the_bank(bank: SnapBank) -> None:
    order = a_transfer(to_bank="999")
    assert bank.transfer_back(order) == bank.transfer_back(order)


def test_money_goes_back_once_when_two_ask_at_the_same_moment(running: BankProcess) -> None:
    order, given = a_transfer(1_234), list[str]()
    threads = [
        threading.Thread(target=lambda: given.append(a_bank(running).transfer_back(order)), daemon=True)
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(given) == 6
    assert len(set(given)) == 1
    lines = read_statement(a_bank(running).statement(today())).lines
    assert [line.amount for line in lines if line.reference == given[0]] == [-1_234]


def test_more_than_the_account_holds_waits_for_money_and_moves_nothing(bank: SnapBank) -> None:
    """No other account of the payer's mends that: the order stands and is sent again."""
    with pytest.raises(BankUnreachable) as refused:
        bank.transfer_back(a_transfer(OPENING * 9))
    assert refused.value.code == "4031814"
    assert all(abs(line.amount) < OPENING for line in read_statement(bank.statement(today())).lines)


def test_the_days_statement_adds_up_and_names_our_orders(bank: SnapBank, running: BankProcess) -> None:
    qris, account = bank.ask_qris(a_qris_order(7_001)), bank.ask_account(an_account_order(7_002))
    running.do(qris.payload, "drop")
    running.do(account.number, "drop")
    statement = read_statement(bank.statement(today()))
    assert statement.day == today()
    by_reference = {line.reference: line for line in statement.lines}
    assert (by_reference[qris.reference].kind, by_reference[qris.reference].amount) == ("qris", 7_001)
    assert (by_reference[account.number].kind, by_reference[account.number].amount) == ("va", 7_002)
    (receipt,) = bank.inquire("qris", qris.reference)
    assert by_reference[qris.reference].bank_reference == receipt.bank_reference


def test_a_day_without_movements_opens_and_closes_alike(bank: SnapBank) -> None:
    statement = read_statement(bank.statement(today() - timedelta(days=30)))
    assert (statement.opening, statement.closing, statement.lines) == (OPENING, OPENING, ())


def test_a_bank_that_is_down_is_said_in_one_sentence(running: BankProcess) -> None:
    dead = SnapBank(lambda: Line(running.agreement, NOWHERE))
    asked = (
        lambda: dead.ask_qris(a_qris_order()),
        lambda: dead.ask_account(an_account_order()),
        lambda: dead.inquire("qris", "X"),
        lambda: dead.statement(today()),
        lambda: dead.transfer_back(a_transfer()),
    )
    for ask in asked:
        with pytest.raises(BankUnreachable, match="Bank sedang tidak menjawab"):
            ask()


def test_a_city_with_other_keys_is_not_believed(running: BankProcess, tmp_path: Path) -> None:
    stranger = SnapBank(lambda: Line(ensure_demo_agreement(tmp_path), running.url))
    with pytest.raises(BankRefused) as refused:
        stranger.ask_qris(a_qris_order())
    assert refused.value.code == "4017300"


@pytest.mark.slow
def test_orders_and_payments_outlive_kill_9_of_the_bank(tmp_path: Path) -> None:
    with a_bank_process(tmp_path) as running:
        bank = a_bank(running)
        code = bank.ask_qris(a_qris_order())
        running.do(code.payload, "drop")
        running.kill()
        with pytest.raises(BankUnreachable):
            bank.inquire("qris", code.reference)
        running.start()
        (receipt,) = bank.inquire("qris", code.reference)  # the old token is forgotten there: it fetches another
        assert receipt.amount == 405_000


def test_during_an_outage_nothing_is_known_and_afterwards_all_is_well(running: BankProcess) -> None:
    try:
        running.teller("/teller/outage", {"seconds": 600})
        with pytest.raises(BankUnreachable):
            a_bank(running).ask_account(an_account_order())
    finally:
        running.teller("/teller/outage", {"seconds": 0})
    assert a_bank(running).ask_account(an_account_order()).number


def test_a_bank_that_hangs_does_not_hold_those_who_ask_later(running: BankProcess) -> None:
    line = Line(running.agreement, NOWHERE)
    bank = SnapBank(lambda: line)
    with pytest.raises(BankUnreachable):
        bank.statement(today())
    line.url = running.url  # it is back, but for a while nobody waits for it
    with pytest.raises(BankUnreachable):
        bank.statement(today())
    line._rests_until = 0
    assert read_statement(bank.statement(today()))


def test_an_unsigned_or_repeated_request_is_refused_by_the_bank_too(running: BankProcess) -> None:
    agreement = running.agreement
    wrong = dataclasses.replace(agreement, contract=dataclasses.replace(agreement.contract, partner_id="8800000000"))
    with pytest.raises(BankRefused) as refused:
        SnapBank(lambda: Line(wrong, running.url)).inquire("qris", "X")
    assert refused.value.code == "4015100"


def test_money_is_not_sent_to_a_bank_nobody_knows(bank: SnapBank) -> None:
    with pytest.raises(BankRefused) as refused:
        bank.transfer_back(a_transfer(to_bank="Bank Antah Berantah"))
    assert refused.value.code == "transfer.bank"
    assert "Bank BCA" in str(refused.value.sentence)
