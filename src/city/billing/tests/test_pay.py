"""Money comes: on time, late, twice, too much, too little, out of order, on a bill that takes none; once each."""

from datetime import timedelta

import pytest

from city.billing import actions, queries
from city.billing.declare import BankReceipt, BankRefused, BankUnreachable
from city.billing.models import Applied, Bill, Held, PaymentRequest, Receipt, ReceiptConflict
from city.billing.tests.make import (
    AT,
    CITY,
    DAY,
    TestBank,
    Treasury,
    a_bill,
    a_person,
    asked,
    booked,
    complaints,
    events_of,
    fresh,
    held_of,
    herself,
    later,
    lines_of,
    paid,
    pay,
    refused,
)
from city.kernel.models import EventRecord

pytestmark = pytest.mark.usefixtures("bank")


def test_a_qr_code_is_asked_outside_and_kept_once(treasury: Treasury, bank: TestBank) -> None:
    bill = a_bill(treasury)
    rows = [
        actions.ask_payment(bill_id=bill.pk, channel="qris", actor=treasury.her, at=AT + timedelta(minutes=n))
        for n in range(2)
    ]
    assert rows[0].pk == rows[1].pk
    assert len(bank.asked) == 1
    assert (rows[0].amount, rows[0].simulated) == (1_620_000, True)
    assert rows[0].code.startswith("000201")
    assert events_of(bill) == ["BillIssued", "PaymentAsked"]


def test_a_virtual_account_names_the_payer_and_ends_with_the_due_day(treasury: Treasury, bank: TestBank) -> None:
    bill = a_bill(treasury)
    row = actions.ask_payment(bill_id=bill.pk, channel="va", actor=treasury.her, at=AT)
    assert bank.asked[0].payer_name == "Sri Wahyuni"
    assert bank.asked[0].label == bill.number
    assert row.expires_at <= AT + timedelta(days=31)
    assert row.code.isdigit()


def test_an_expired_code_is_asked_anew(treasury: Treasury, bank: TestBank) -> None:
    """The old code can still be paid somewhere: its money counts for the bill like any other."""
    bill = asked(a_bill(treasury), treasury)
    asked(bill, treasury, at=later(2))
    assert len(bank.asked) == 2
    old, new = PaymentRequest.objects.filter(bill=bill).order_by("asked_at")
    assert old.reference != new.reference
    for order in (old, new):
        told = BankReceipt("qris", order.reference, f"BK-{order.pk}", order.amount, later(2))
        for _ in range(2):
            actions.receive(receipt=told, at=later(2))
    assert (fresh(bill).state, fresh(bill).paid, held_of(bill).amount) == ("settled", 1_620_000, 1_620_000)
    assert complaints() == []


@pytest.mark.parametrize(
    ("trouble", "code", "status"),
    [(BankUnreachable("diam"), "bank.silent", 503), (BankRefused("QRIS tutup"), "bank.refused", 422)],
)
def test_a_bank_in_trouble_leaves_nothing_behind(
    treasury: Treasury, bank: TestBank, trouble: BankRefused, code: str, status: int
) -> None:
    bill, bank.down = a_bill(treasury), trouble
    with refused(code, status):
        actions.ask_payment(bill_id=bill.pk, channel="qris", actor=treasury.her, at=AT)
    assert not PaymentRequest.objects.exists()
    assert events_of(bill) == ["BillIssued"]


def test_a_stranger_cannot_ask(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    for actor in (herself(a_person("Orang lain")), treasury.keeper):
        with refused("bill.unknown", 404):
            actions.ask_payment(bill_id=bill.pk, channel="qris", actor=actor, at=AT)


def test_an_unknown_channel_is_refused(treasury: Treasury) -> None:
    with refused("bill.no_channel", 422):
        actions.ask_payment(bill_id=a_bill(treasury).pk, channel="cek", actor=treasury.her, at=AT)


def test_paid_on_time_it_is_settled_and_booked_straight_to_the_city(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    receipt = pay(bill, treasury)
    bill = fresh(bill)
    assert (bill.state, bill.paid, bill.outstanding, bill.settled_at) == ("settled", 1_620_000, 0, AT)
    assert events_of(bill) == ["BillIssued", "PaymentAsked", "PaymentReceived", "BillSettled"]
    assert receipt.label == "NK/BPKAD/2026/000001"
    assert sorted(lines_of(receipt.pk)) == sorted(
        [
            ("BPKAD", "finansial", "D 3.1.03.01.01.0001", 1_620_000),
            ("BPKAD", "finansial", "K 1.1.04.02.01.0001", 1_620_000),
            ("BPKAD", "lra", "D 3.1.02.05.01.0001", 1_620_000),
            ("BPKAD", "lra", "K 4.1.02.02.01.0001", 1_620_000),
            ("PPKD", "finansial", "D 1.1.01.01.01.0001", 1_620_000),
            ("PPKD", "finansial", "K 1.1.13.01.01.0001", 1_620_000),
        ]
    )
    assert complaints() == []


def test_told_ten_times_it_counts_once(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    receipts = {actions.receive(receipt=told, at=later(n)).pk for n in range(10)}
    assert len(receipts) == 1
    assert events_of(bill).count("PaymentReceived") == 1
    assert (Receipt.objects.count(), Applied.objects.count(), Held.objects.count()) == (1, 1, 0)
    assert complaints() == []


def test_told_again_with_another_sum_it_is_a_contradiction_to_look_into(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    receipt = actions.receive(receipt=told, at=AT)
    other = BankReceipt(told.channel, told.reference, told.bank_reference, 620_000, AT)
    for _ in range(2):
        assert actions.receive(receipt=other, at=AT).pk == receipt.pk
    conflict = ReceiptConflict.objects.get()
    assert (conflict.receipt_id, conflict.amount) == (receipt.pk, 620_000)
    assert EventRecord.objects.filter(name="PaymentContradicted", subject_id=receipt.pk).count() == 1
    assert fresh(bill).paid == 1_620_000
    assert list(queries.conflicts()) == [conflict]
    assert complaints() == []


def test_paid_in_parts_by_anyone_in_any_order(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    for amount, day in ((1_000_000, 3), (20_000, 1), (600_000, 2)):
        actions.receive(receipt=paid(bill, amount, at=later(day)), at=later(4))
        state = fresh(bill).state
    assert state == Bill.State.SETTLED
    assert events_of(bill).count("BillSettled") == 1
    assert complaints() == []


def test_partly_paid_is_not_settled(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury, 1_619_999)
    assert (fresh(bill).state, fresh(bill).outstanding) == ("partly_paid", 1)
    assert "BillSettled" not in events_of(bill)
    assert complaints() == []


def test_too_much_is_held_for_its_payer(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    receipt = pay(bill, treasury, 2_000_000)
    assert fresh(bill).state == "settled"
    held = held_of(bill)
    assert (held.amount, held.reason, held.left) == (380_000, "overpaid", 380_000)
    assert booked(receipt.pk) == [("NK", "", 1_620_000), ("NK", "overpaid", 380_000)]
    assert ("BPKAD", "finansial", "K 2.1.07.01.02.0001", 380_000) in lines_of(receipt.pk)
    assert complaints() == []


def test_paid_twice_the_second_is_held_whole(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury)
    pay(bill, treasury, 1_620_000)
    assert fresh(bill).paid == 1_620_000
    assert (held_of(bill).reason, held_of(bill).amount) == ("paid_twice", 1_620_000)
    assert events_of(bill).count("BillSettled") == 1
    assert complaints() == []


def test_paid_on_a_cancelled_bill_it_is_held(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    actions.cancel(bill_id=bill.pk, reason="Permohonan ditarik", actor=CITY, at=AT)
    pay(bill, treasury, 1_620_000, at=later(1))
    assert (fresh(bill).state, fresh(bill).paid) == ("cancelled", 0)
    assert held_of(bill).reason == "cancelled_bill"
    assert "BillSettled" not in events_of(bill)
    assert complaints() == []


def test_money_for_no_bill_is_held_where_the_treasurer_sees_it(treasury: Treasury) -> None:
    told = BankReceipt("transfer", "", "BK-SALAH", 75_000, AT, "TANPA NAMA")
    receipt = actions.receive(receipt=told, at=AT)
    held = Held.objects.get()
    assert (held.bill, held.reason, held.entity) == (None, "unknown", "BPKAD")
    assert list(queries.unmatched()) == [held]
    assert booked(receipt.pk) == [("NK", "overpaid", 75_000)]
    assert complaints() == []


@pytest.mark.parametrize(
    "told",
    [
        BankReceipt("qris", "x", "BK1", 0, AT),
        BankReceipt("qris", "x", "BK1", -5, AT),
        BankReceipt("cash", "x", "BK1", 5, AT),
        BankReceipt("qris", "x", "", 5, AT),
    ],
)
def test_what_no_bank_would_tell_is_refused(treasury: Treasury, told: BankReceipt) -> None:
    with refused("receipt.senseless", 422):
        actions.receive(receipt=told, at=AT)
    assert not Receipt.objects.exists()


def test_the_bank_is_asked_again_and_a_lost_callback_is_found(treasury: Treasury, bank: TestBank) -> None:
    bill = asked(a_bill(treasury), treasury)
    told = paid(bill, 1_620_000)
    bank.known[told.reference] = [told]
    assert [actions.inquire(bill_id=bill.pk, actor=treasury.her, at=AT) for _ in range(2)] == [1, 0]
    assert fresh(bill).state == "settled"
    assert complaints() == []


def test_a_silent_bank_at_an_inquiry_changes_nothing(treasury: Treasury, bank: TestBank) -> None:
    bill = asked(a_bill(treasury), treasury)
    bank.down = BankUnreachable("diam")
    with refused("bank.silent", 503):
        actions.inquire(bill_id=bill.pk, actor=treasury.her, at=AT)
    assert fresh(bill).state == "open"


def test_a_payment_counts_from_its_own_day(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    receipt = actions.receive(receipt=paid(bill, 1_620_000, at=AT), at=later(3))
    assert (receipt.paid_on, receipt.received_at) == (DAY, later(3))


def test_her_money_never_lands_in_the_future(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    receipt = actions.receive(receipt=paid(bill, 1_000, at=later(40)), at=AT)
    assert receipt.paid_on == DAY
    assert complaints() == []
