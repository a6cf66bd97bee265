"""Several at once, on real connections with real commits: each rupiah once, nobody stuck, nobody told a lie."""

from collections import Counter
from functools import partial
from threading import Barrier

import pytest

from city.billing import actions
from city.billing.actions import Answer
from city.billing.declare import BankReceipt, QrisCode, QrisOrder, StatementLine
from city.billing.models import Applied, Bill, Deposit, Held, Receipt, Refund
from city.billing.queries import bank_in_ledger
from city.billing.tests.make import (
    AT,
    CITY,
    DAY,
    HOUSE,
    TestBank,
    Treasury,
    a_bill,
    a_treasury,
    an_order,
    asked,
    complaints,
    events_of,
    fresh,
    held_of,
    later,
    paid,
    pay,
    to_account,
)
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.tests.together import Deed, at_once


@pytest.fixture
def treasury(own_city: str, bank: TestBank) -> Treasury:
    return a_treasury()


def test_one_callback_on_eight_lines_settles_the_bill_once(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    assert at_once([partial(actions.receive, receipt=told, at=AT)] * 8) == ["done"] * 8
    assert (Receipt.objects.count(), Applied.objects.count(), Held.objects.count()) == (1, 1, 0)
    assert events_of(bill).count("BillSettled") == events_of(bill).count("PaymentReceived") == 1
    assert complaints() == []


def test_two_payments_race_for_one_bill_and_one_is_held(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    deeds = [partial(actions.receive, receipt=paid(bill, 1_620_000), at=AT) for _ in range(2)]
    assert at_once(deeds) == ["done"] * 2
    assert fresh(bill).state == "settled"
    assert held_of(bill).amount == 1_620_000
    assert events_of(bill).count("BillSettled") == 1
    assert complaints() == []


def test_unknown_money_told_at_once_is_kept_once(treasury: Treasury) -> None:
    told = BankReceipt("transfer", "", "BK-1", 5_000, AT)
    assert at_once([partial(actions.receive, receipt=told, at=AT)] * 4) == ["done"] * 4
    assert (Receipt.objects.count(), Held.objects.count()) == (1, 1)
    assert complaints() == []


def test_paying_and_cancelling_at_once_loses_no_money(treasury: Treasury) -> None:
    for _ in range(5):
        bill = asked(a_bill(treasury), treasury)
        said = at_once(
            [
                partial(actions.receive, receipt=paid(bill, 1_620_000), at=AT),
                partial(actions.cancel, bill_id=bill.pk, reason="Ditarik", actor=CITY, at=AT),
                partial(actions.charge_interest, bill_id=bill.pk, at=later(40)),
            ]
        )
        assert said == ["done"] * 3
        assert fresh(bill).state == "cancelled"
        assert sum(one.left for one in bill.held.all()) == 1_620_000
    assert complaints() == []


def test_one_subject_assessed_at_once_has_one_bill_and_no_number_is_lost(treasury: Treasury) -> None:
    order = an_order(treasury.payer)
    deed = partial(actions.assess, order=order, actor=treasury.assessor, at=AT)
    assert at_once([deed] * 4) == ["done"] * 4
    assert a_bill(treasury).number == "SKRD/BPKAD/2026/000002"
    assert EventRecord.objects.filter(name="BillIssued").count() == 2
    assert complaints() == []


def test_a_code_pressed_twice_gives_two_codes_and_each_rupiah_counts_once(
    treasury: Treasury, bank: TestBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bank names its orders and knows of no double press. Both codes can be paid: what is too much is held."""
    bill, both, ask = a_bill(treasury), Barrier(2, timeout=20), bank.ask_qris

    def together(order: QrisOrder) -> QrisCode:
        both.wait()
        return ask(order)

    monkeypatch.setattr(bank, "ask_qris", together)
    press = partial(actions.ask_payment, bill_id=bill.pk, channel="qris", actor=treasury.her, at=AT)
    assert at_once([press] * 2) == ["done"] * 2
    assert len(set(bill.requests.values_list("reference", flat=True))) == 2
    assert events_of(bill).count("PaymentAsked") == 2
    assert press().pk in bill.requests.values_list("pk", flat=True), "a third press is given one of them"
    told = [BankReceipt("qris", one.reference, f"BK-{one.pk}", one.amount, AT) for one in bill.requests.all()]
    assert at_once([partial(actions.receive, receipt=one, at=AT) for one in told * 2]) == ["done"] * 4
    assert (Receipt.objects.count(), fresh(bill).state, fresh(bill).paid) == (2, "settled", 1_620_000)
    assert (held_of(bill).reason, held_of(bill).amount) == ("paid_twice", 1_620_000)
    assert complaints() == []


def test_cash_pressed_twice_and_deposited_from_two_desks(treasury: Treasury) -> None:
    bill, key = a_bill(treasury), new_id()
    press = partial(actions.receive_cash, bill_id=bill.pk, amount=1_000, key=key, actor=treasury.keeper, at=AT)
    assert at_once([press] * 3) == ["done"] * 3
    said = at_once(
        [partial(actions.deposit, agency="BPKAD", slip=slip, actor=treasury.keeper, at=AT) for slip in ("S1", "S2")]
    )
    assert Counter(said) == {"done": 1, "deposit.nothing": 1}
    assert Deposit.objects.get().amount == 1_000
    assert complaints() == []


def test_a_slip_is_noted_while_the_banks_day_is_read_and_is_one_and_the_same_money(
    treasury: Treasury, bank: TestBank
) -> None:
    for n in range(6):
        cash = {"amount": 1_000, "key": new_id(), "actor": treasury.keeper, "at": AT}
        actions.receive_cash(bill_id=a_bill(treasury).pk, **cash)  # type: ignore[arg-type]
        bank.lines.append(StatementLine(AT, f"SLIP-{n}", "transfer", "", 1_000, "SETORAN"))
        read = partial(actions.reconcile, day=DAY, statement=bank.statement(DAY), actor=treasury.keeper, at=later(1))
        note = partial(actions.deposit, agency="BPKAD", slip=f"slip-{n}", actor=treasury.keeper, at=AT)
        assert at_once([read, note]) == ["done", "done"]
        assert sum(one.left for one in Held.objects.all()) == 0
        assert (Deposit.objects.count(), bank_in_ledger()) == (n + 1, 1_000 * (n + 1))
        assert complaints() == []


def test_held_money_is_matched_and_asked_back_at_once_and_used_once(treasury: Treasury) -> None:
    for _ in range(4):
        first, second = a_bill(treasury), a_bill(treasury)
        pay(first, treasury, 2_000_000)
        held = held_of(first)
        said = at_once(
            [
                partial(actions.match_receipt, held_id=held.pk, bill_id=second.pk, actor=treasury.keeper, at=AT),
                partial(actions.ask_refund, held_id=held.pk, to=to_account(), actor=treasury.her, at=AT),
                partial(actions.ask_refund, held_id=held.pk, to=to_account(), actor=treasury.keeper, at=AT),
            ]
        )
        assert Counter(said) == {"done": 1, "held.used_up": 2}
    assert complaints() == []


def test_two_workers_send_one_refund(treasury: Treasury, bank: TestBank) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury, 2_000_000)
    row = actions.ask_refund(held_id=held_of(bill).pk, to=to_account(), actor=treasury.her, at=AT)
    actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    assert at_once([partial(actions.send_refund, refund_id=row.pk, at=AT)] * 3) == ["done"] * 3
    assert len(bank.moved) == 1
    assert Refund.objects.get().state == "sent"
    assert EventRecord.objects.filter(name="RefundSent").count() == 1
    assert complaints() == []


def test_money_crosses_two_agencies_books_both_ways_and_nobody_is_stuck(treasury: Treasury) -> None:
    """Eight clients at once: held money of each agency pays bills of the other, and callbacks come in between."""
    bills: list[tuple[Bill, Held]] = []
    for n in range(8):
        mine = a_bill(treasury) if n % 2 else _house(treasury)
        other = _house(treasury) if n % 2 else a_bill(treasury)
        pay(mine, treasury, mine.amount + 50_000)
        bills.append((asked(other, treasury), held_of(mine)))
    deeds: list[Deed] = []
    for n, (bill, held) in enumerate(bills):
        if n < 6:
            match = {"held_id": held.pk, "bill_id": bill.pk, "actor": treasury.keeper, "at": AT}
            deeds.append(partial(actions.match_receipt, **match))  # type: ignore[arg-type]
        else:
            deeds.append(partial(actions.receive, receipt=paid(bill, 10_000), at=AT))
    assert at_once(deeds) == ["done"] * 8
    assert complaints() == []


def _house(treasury: Treasury) -> Bill:
    return a_bill(treasury, formula="pbg", factors=HOUSE, agency="DPUPR")
