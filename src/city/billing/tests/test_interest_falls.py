"""Interest falls away when money proves to have come in time, even where the bill needs none of it any more."""

import pytest

from city.billing import actions
from city.billing.declare import BankReceipt
from city.billing.models import Applied, Bill, Held
from city.billing.tests.make import (
    Treasury,
    a_bill,
    asked,
    booked,
    complaints,
    events_of,
    fresh,
    later,
    paid,
    pay,
    refused,
)
from city.kernel.ids import new_id

pytestmark = pytest.mark.usefixtures("bank")


@pytest.mark.parametrize("agency", ["BPKAD", "DPUPR"])
def test_matched_money_that_only_takes_the_interest_off_stays_hers(treasury: Treasury, agency: str) -> None:
    bill = a_bill(treasury, agency=agency)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 1_700_000, later(29)), at=later(29))
    actions.charge_interest(bill_id=bill.pk, at=later(31))
    cash = {"bill_id": bill.pk, "amount": 1_620_000, "key": new_id()}
    actions.receive_cash(**cash, actor=treasury.keeper, at=later(35))  # type: ignore[arg-type]
    held = Held.objects.get()
    assert fresh(bill).outstanding == 16_200
    told = {"held_id": held.pk, "bill_id": bill.pk, "actor": treasury.keeper, "at": later(36)}
    assert actions.match_receipt(**told) is None  # type: ignore[arg-type]
    held.refresh_from_db()
    assert (fresh(bill).state, fresh(bill).interest, held.left) == ("settled", 0, 1_700_000)
    assert Applied.objects.count() == 1
    assert events_of(bill)[-1] == "BillSettled"
    assert "ReceiptMatched" not in events_of(bill)
    with refused("bill.not_now", 409):
        actions.match_receipt(**told)  # type: ignore[arg-type]
    assert complaints() == []


def paid_late_at_the_counter(treasury: Treasury, day: int) -> Bill:
    """She had paid in time by a code, but nobody told the city; the counter took it all again, with the interest."""
    bill = asked(a_bill(treasury), treasury, at=later(1))
    actions.charge_interest(bill_id=bill.pk, at=later(31))
    cash = {"bill_id": bill.pk, "amount": 1_636_200, "key": new_id()}
    actions.receive_cash(**cash, actor=treasury.keeper, at=later(day))  # type: ignore[arg-type]
    assert (fresh(bill).state, fresh(bill).interest) == ("settled", 16_200)
    return bill


def test_a_late_message_of_a_payment_in_time_takes_the_interest_off_a_settled_bill(treasury: Treasury) -> None:
    bill = paid_late_at_the_counter(treasury, 32)
    actions.receive(receipt=paid(bill, 1_620_000, at=later(29)), at=later(33))
    assert (fresh(bill).state, fresh(bill).interest, fresh(bill).paid) == ("settled", 0, 1_620_000)
    held = {one.reason: one.left for one in Held.objects.filter(bill=bill)}
    assert held == {"paid_twice": 1_620_000, "reduced": 16_200}
    assert events_of(bill).count("BillSettled") == 1
    assert complaints() == []


def test_a_second_payment_that_came_late_too_leaves_the_interest(treasury: Treasury) -> None:
    bill = paid_late_at_the_counter(treasury, 32)
    actions.receive(receipt=paid(bill, 1_620_000, at=later(31)), at=later(33))
    assert (fresh(bill).interest, fresh(bill).paid) == (16_200, 1_636_200)
    assert [one.left for one in Held.objects.all()] == [1_620_000]
    assert complaints() == []


def test_matched_money_takes_the_interest_off_a_settled_bill_or_is_refused(treasury: Treasury) -> None:
    bill = paid_late_at_the_counter(treasury, 32)
    for mark, day in (("BK-EARLY", 29), ("BK-LATE", 31)):
        actions.receive(receipt=BankReceipt("transfer", "", mark, 1_620_000, later(day)), at=later(33))
    early, late = (Held.objects.get(receipt__bank_reference=mark) for mark in ("BK-EARLY", "BK-LATE"))
    told = {"bill_id": bill.pk, "actor": treasury.keeper, "at": later(34)}
    with refused("bill.not_now", 409):
        actions.match_receipt(held_id=late.pk, **told)  # type: ignore[arg-type]
    assert actions.match_receipt(held_id=early.pk, **told) is None  # type: ignore[arg-type]
    assert (fresh(bill).state, fresh(bill).interest) == ("settled", 0)
    assert complaints() == []


def test_interest_of_this_year_on_a_bill_of_last_year_is_taken_off_this_years_revenue(treasury: Treasury) -> None:
    """Assessed in November, charged and paid in January: none of it is of the year before."""
    bill = asked(a_bill(treasury), treasury, at=later(1))
    actions.charge_interest(bill_id=bill.pk, at=later(45))
    pay(bill, treasury, 1_636_200, at=later(45))
    receipt = actions.receive(receipt=paid(bill, 100, at=later(29)), at=later(46))
    assert fresh(bill).interest == 16_199
    told = actions.receive(receipt=paid(bill, 1_620_000, at=later(29)), at=later(46))
    assert [kind for kind in booked(receipt.pk) if kind[0] == "PEMINDAHAN"] == [("PEMINDAHAN", "", 1)]
    assert [kind for kind in booked(told.pk) if kind[0] == "PEMINDAHAN"] == [("PEMINDAHAN", "", 16_199)]
    charges = [booked(one.pk)[0] for one in bill.charges.order_by("at", "pk")]
    assert charges == [("STRD", "", 16_200), ("PENGURANGAN", "", 1), ("PENGURANGAN", "", 16_199)]
    assert complaints() == []


def test_interest_of_both_years_falls_in_each_as_it_was_charged(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury, at=later(1))
    for day in (31, 62):  # in December, in January
        actions.charge_interest(bill_id=bill.pk, at=later(day))
    assert fresh(bill).interest == 32_400
    told = actions.receive(receipt=paid(bill, 1_620_000, at=later(29)), at=later(63))
    last = bill.charges.order_by("-at", "-pk")[0]
    assert sorted(booked(last.pk)) == [("PENGURANGAN", "", 16_200), ("PENGURANGAN", "prior_year", 16_200)]
    assert (fresh(bill).state, told.on_bill) == ("settled", 1_620_000)
    assert complaints() == []
