"""Paying late costs one per cent a month begun; a payment that proves earlier takes it back."""

from datetime import date, timedelta
from importlib import import_module

import pytest

from city.billing import actions
from city.billing.actions import Answer
from city.billing.models import Bill, Instalment, InstalmentPlan, InterestCharge
from city.billing.queries import interest_on, next_due
from city.billing.tests.make import (
    AT,
    DAY,
    Treasury,
    a_bill,
    a_person,
    asked,
    booked,
    complaints,
    events_of,
    fresh,
    herself,
    later,
    lines_of,
    paid,
    pay,
    refused,
)

pytestmark = pytest.mark.usefixtures("bank")
LATE = 31  # the first day after the due day


def test_nothing_is_charged_on_the_due_day(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    assert actions.charge_interest(bill_id=bill.pk, at=later(30)) == 0
    assert not InterestCharge.objects.exists()


def test_the_first_month_begins_the_day_after(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    assert [actions.charge_interest(bill_id=bill.pk, at=later(LATE + n)) for n in (0, 1, 20)] == [16_200, 0, 0]
    assert fresh(bill).outstanding == 1_636_200
    charge = InterestCharge.objects.get()
    assert (charge.label, charge.months) == ("STRD/BPKAD/2026/000001", 1)
    assert list(lines_of(charge.pk)) == [
        ("BPKAD", "finansial", "D 1.1.04.02.01.0001", 16_200),
        ("BPKAD", "finansial", "K 7.1.04.12.01.0001", 16_200),
    ]
    assert events_of(bill).count("InterestCharged") == 1
    assert complaints() == []


def test_after_24_months_no_more(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    assert actions.charge_all_interest(later(2000)) == 1
    assert fresh(bill).interest == 24 * 16_200
    assert actions.charge_all_interest(later(3000)) == 0
    assert complaints() == []


def test_paid_late_the_interest_is_charged_with_the_payment(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    receipt = pay(bill, treasury, 1_636_200, at=later(LATE))
    assert (fresh(bill).state, fresh(bill).interest) == ("settled", 16_200)
    assert booked(receipt.pk) == [("NK", "", 1_620_000), ("NK", "", 16_200)]
    assert ("BPKAD", "lra", "K 4.1.04.12.01.0001", 16_200) in lines_of(receipt.pk)
    assert complaints() == []


def test_paying_only_the_principal_late_leaves_the_interest_open(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    pay(bill, treasury, 1_620_000, at=later(LATE))
    assert (fresh(bill).state, fresh(bill).outstanding) == ("partly_paid", 16_200)
    assert actions.charge_interest(bill_id=bill.pk, at=later(LATE, months=3)) == 0, "no interest on interest"
    pay(bill, treasury, 16_200, at=later(LATE, months=3))
    assert fresh(bill).state == "settled"
    assert complaints() == []


def test_told_late_but_paid_in_time_costs_nothing(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    actions.charge_interest(bill_id=bill.pk, at=later(LATE))
    actions.receive(receipt=paid(bill, 1_620_000, at=later(29)), at=later(LATE + 1))
    assert (fresh(bill).state, fresh(bill).interest) == ("settled", 0)
    assert list(InterestCharge.objects.order_by("at").values_list("amount", flat=True)) == [16_200, -16_200]
    assert complaints() == []


def test_a_part_told_late_takes_back_only_its_own_interest(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    actions.charge_interest(bill_id=bill.pk, at=later(LATE))
    actions.receive(receipt=paid(bill, 620_000, at=later(29)), at=later(LATE + 1))
    assert (fresh(bill).interest, fresh(bill).outstanding) == (10_000, 1_010_000)
    assert complaints() == []


def test_interest_that_was_paid_and_is_taken_back_is_held_for_her(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    pay(bill, treasury, 1_630_000, at=later(LATE))  # all of the principal and 10.000 of 16.200
    actions.receive(receipt=paid(bill, 1_000_000, at=later(10)), at=later(LATE + 1))
    bill = fresh(bill)
    assert (bill.state, bill.interest, bill.paid) == ("settled", 6_200, 1_626_200)
    assert bill.held.count() == 2
    assert sum(one.left for one in bill.held.all()) == 1_003_800
    assert complaints() == []


def test_in_instalments_each_is_due_in_its_month(treasury: Treasury) -> None:
    bill = asked(a_bill(treasury), treasury)
    plan = actions.ask_instalments(bill_id=bill.pk, count=3, reason="Usaha sepi", actor=treasury.her, at=AT)
    assert plan.state == "asked"
    plan = actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    assert plan.state == "agreed"
    due = list(Instalment.objects.filter(plan=plan).order_by("position").values_list("due_on", "amount"))
    assert [amount for _, amount in due] == [540_000] * 3
    assert due[0][0] == DAY + timedelta(days=30)
    pay(bill, treasury, 540_000, at=later(20))
    assert fresh(bill).due_on == due[1][0]
    assert actions.charge_interest(bill_id=bill.pk, at=later(LATE)) == 0, "the first part was paid in time"
    assert actions.charge_interest(bill_id=bill.pk, at=later(70)) == 5_400, "the second was not"
    pay(bill, treasury, at=later(70))
    assert fresh(bill).state == "settled"
    assert events_of(bill).count("InstalmentsAsked") == events_of(bill).count("InstalmentsDecided") == 1
    assert complaints() == []


def test_asked_or_agreed_twice_it_is_one_plan(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    plans = {
        actions.ask_instalments(bill_id=bill.pk, count=2, reason="Sepi", actor=treasury.her, at=AT).pk for _ in "12"
    }
    assert len(plans) == 1
    for _ in range(2):
        actions.agree_instalments(plan_id=plans.copy().pop(), answer=Answer(True), actor=treasury.decider, at=AT)
    assert Instalment.objects.count() == 2
    with refused("bill.plan_decided", 409):
        actions.agree_instalments(plan_id=plans.pop(), answer=Answer(False, "Tidak"), actor=treasury.decider, at=AT)


def test_a_refused_plan_says_why_and_another_may_be_asked(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    plan = actions.ask_instalments(bill_id=bill.pk, count=2, reason="Sepi", actor=treasury.her, at=AT)
    with refused("bill.no_reason", 422):
        actions.agree_instalments(plan_id=plan.pk, answer=Answer(False), actor=treasury.decider, at=AT)
    actions.agree_instalments(plan_id=plan.pk, answer=Answer(False, "Terlalu kecil"), actor=treasury.decider, at=AT)
    actions.ask_instalments(bill_id=bill.pk, count=4, reason="Lagi", actor=treasury.her, at=AT)
    assert sorted(InstalmentPlan.objects.values_list("state", flat=True)) == ["asked", "refused"]


@pytest.mark.parametrize("count", [0, 1, 13, 10**9])
def test_a_number_of_parts_that_cannot_be(treasury: Treasury, count: int) -> None:
    with refused("bill.plan_count", 422):
        actions.ask_instalments(bill_id=a_bill(treasury).pk, count=count, reason="x", actor=treasury.her, at=AT)


def test_who_may_not_ask_or_agree(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    with refused("bill.unknown", 404):
        actions.ask_instalments(bill_id=bill.pk, count=2, reason="x", actor=herself(a_person("Lain")), at=AT)
    plan = actions.ask_instalments(bill_id=bill.pk, count=2, reason="x", actor=treasury.her, at=AT)
    with refused("actor.not_permitted", 403):
        actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.keeper, at=AT)


def test_an_overdue_bill_is_not_split_any_more(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    with refused("bill.overdue", 409):
        actions.ask_instalments(bill_id=bill.pk, count=2, reason="x", actor=treasury.her, at=later(LATE))


def test_a_settled_bill_earns_no_interest(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury)
    assert actions.charge_all_interest(later(500)) == 0
    assert not bill.held.exists()


def test_the_bank_is_asked_for_the_coming_part_or_for_all(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury, 120_000)
    plan = actions.ask_instalments(bill_id=bill.pk, count=3, reason="Usaha sepi", actor=treasury.her, at=AT)
    actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=AT)

    def wanted(**more: bool) -> int:
        ask = actions.ask_payment
        return ask(bill_id=bill.pk, channel="qris", actor=treasury.her, at=AT, **more).amount

    assert (next_due(fresh(bill)).place, wanted(), wanted(whole=True)) == (1, 500_000, 1_500_000)
    pay(bill, treasury, 500_000)
    assert (next_due(fresh(bill)).place, wanted()) == (2, 500_000)
    pay(bill, treasury, 200_000)
    assert wanted() == 300_000
    pay(bill, treasury, 300_000)
    assert (next_due(fresh(bill)).place, wanted()) == (0, 500_000), "the last part is all that is open"


def test_too_little_is_left_to_be_split(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    plan = actions.ask_instalments(bill_id=bill.pk, count=3, reason="Sepi", actor=treasury.her, at=AT)
    pay(bill, treasury, 1_619_998)
    with refused("bill.plan_too_little", 409):
        actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    assert InstalmentPlan.objects.get().state == "asked"
    assert not Instalment.objects.exists()
    actions.agree_instalments(plan_id=plan.pk, answer=Answer(False, "Hampir lunas"), actor=treasury.decider, at=AT)


def test_one_bill_that_cannot_be_charged_holds_none_of_the_others(
    treasury: Treasury, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, fine = a_bill(treasury), a_bill(treasury)

    def fails(bill: Bill, day: date) -> int:
        if bill.pk == bad.pk:
            raise RuntimeError("planted")
        return interest_on(bill, day)

    with monkeypatch.context() as broken:
        broken.setattr(import_module("city.billing.actions.interest"), "interest_on", fails)
        assert actions.charge_all_interest(later(LATE)) == 1
    assert (fresh(bad).interest, fresh(fine).interest) == (0, 16_200)
    assert str(bad.pk) in caplog.text
    assert actions.charge_all_interest(later(LATE)) == 1
    assert complaints() == []
