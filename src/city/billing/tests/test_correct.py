"""A bill is cancelled, objected to, lowered; what was paid too much is owed back, and given back by two people."""

from dataclasses import replace
from typing import Any

import pytest

from city.billing import actions, queries
from city.billing.actions import Answer, Ruling
from city.billing.declare import BankReceipt, BankRefused, BankUnreachable
from city.billing.models import Held, Objection, Refund
from city.billing.tests.make import (
    AT,
    CITY,
    HOUSE,
    TestBank,
    Treasury,
    a_bill,
    a_person,
    booked,
    complaints,
    events_of,
    fresh,
    held_of,
    herself,
    later,
    lines_of,
    pay,
    refused,
    to_account,
)
from city.kernel.models import EventRecord
from city.kernel.subjects import erase

pytestmark = pytest.mark.usefixtures("bank")


def test_cancelled_unpaid_nothing_is_left_in_the_books(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    for _ in range(2):
        actions.cancel(bill_id=bill.pk, reason="Permohonan ditarik", actor=CITY, at=AT)
    bill = fresh(bill)
    assert (bill.state, bill.outstanding, bill.cancel_reason) == ("cancelled", 0, "Permohonan ditarik")
    assert booked(bill.pk) == [("SKRD", "", 1_620_000), ("PENGURANGAN", "", 1_620_000)]
    assert events_of(bill) == ["BillIssued", "BillCancelled"]
    assert complaints() == []


def test_cancelled_after_paying_all_of_it_is_owed_back(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury)
    actions.cancel(bill_id=bill.pk, reason="Salah orang", actor=treasury.decider, at=later(1))
    assert (fresh(bill).state, fresh(bill).paid) == ("cancelled", 0)
    assert (held_of(bill).reason, held_of(bill).left) == ("reduced", 1_620_000)
    assert ("BPKAD", "lra", "D 4.1.02.02.01.0001", 1_620_000) in lines_of(bill.pk)
    assert complaints() == []


def test_cancelled_with_interest_both_are_taken_back(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    actions.charge_interest(bill_id=bill.pk, at=later(40))
    pay(bill, treasury, 1_630_000, at=later(40))
    actions.cancel(bill_id=bill.pk, reason="Salah orang", actor=treasury.decider, at=later(41))
    assert held_of(bill).left == 1_630_000
    assert complaints() == []


def test_who_may_not_cancel(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    for actor in (treasury.her, treasury.keeper, treasury.assessor):
        with refused("actor.not_permitted", 403):
            actions.cancel(bill_id=bill.pk, reason="x", actor=actor, at=AT)
    with refused("bill.no_reason", 422):
        actions.cancel(bill_id=bill.pk, reason=" ", actor=treasury.decider, at=AT)
    assert fresh(bill).state == "open"


def objected(treasury: Treasury, *, claimed: int = 1_080_000, paid: bool = False) -> Objection:
    bill = a_bill(treasury)
    if paid:
        pay(bill, treasury)
    told = {"reason": "Luasnya hanya 8 m²", "claimed": claimed}
    return actions.object_to(bill_id=bill.pk, **told, actor=treasury.her, at=later(5))  # type: ignore[arg-type]


def test_an_objection_that_wins_lowers_the_bill(treasury: Treasury) -> None:
    row = objected(treasury)
    ruling = Ruling(1_080_000, "Ukur ulang: 8 m²")
    for _ in range(2):
        actions.decide_objection(objection_id=row.pk, ruling=ruling, actor=treasury.decider, at=later(9))
    row.refresh_from_db()
    bill = fresh(row.bill)
    assert (row.state, row.decided_by) == ("granted", treasury.decider.person_id)
    assert (bill.state, bill.outstanding, bill.reduced) == ("open", 1_080_000, 540_000)
    assert events_of(bill) == ["BillIssued", "ObjectionFiled", "ObjectionDecided", "BillReduced"]
    assert complaints() == []


def test_an_objection_that_wins_after_paying_gives_back_the_rest(treasury: Treasury) -> None:
    row = objected(treasury, paid=True)
    actions.decide_objection(
        objection_id=row.pk, ruling=Ruling(1_200_000, "10 m²"), actor=treasury.decider, at=later(9)
    )
    row.refresh_from_db()
    assert row.state == "partly"
    assert (fresh(row.bill).state, fresh(row.bill).paid) == ("settled", 1_200_000)
    assert held_of(row.bill).left == 420_000
    assert booked(row.pk) == [("PEMINDAHAN", "", 420_000), ("PENGURANGAN", "", 420_000)]
    assert complaints() == []


def test_lowered_in_a_later_year_what_was_paid_in_that_year_is_taken_off_its_revenue(treasury: Treasury) -> None:
    """Assessed in November, half paid in December and half in January: the newest money is set free first."""
    row = objected(treasury)
    for amount, day in ((600_000, 10), (1_030_200, 45)):
        pay(row.bill, treasury, amount, at=later(day))
    actions.decide_objection(
        objection_id=row.pk, ruling=Ruling(500_000, "Hanya 4 m²"), actor=treasury.decider, at=later(60)
    )
    freed = [one for one in booked(row.pk) if one[0] == "PEMINDAHAN"]
    held = fresh(row.bill)
    assert sum(amount for *_, amount in freed) == 600_000 + 1_030_200 - held.paid
    assert {variant for _, variant, _ in freed} == {"", "prior_year"}
    of_before = sum(amount for _, variant, amount in freed if variant)
    assert of_before == 600_000 - held.paid
    assert [one[1] for one in booked(row.pk) if one[0] == "PENGURANGAN"] == ["prior_year"]
    assert complaints() == []


def test_lowered_in_a_later_year_it_is_no_revenue_of_that_year(treasury: Treasury) -> None:
    row = objected(treasury, paid=True)
    actions.decide_objection(
        objection_id=row.pk, ruling=Ruling(1_080_000, "8 m²"), actor=treasury.decider, at=later(60)
    )
    assert booked(row.pk) == [("PEMINDAHAN", "prior_year", 540_000), ("PENGURANGAN", "prior_year", 540_000)]
    assert complaints() == []


def test_refused_the_bill_stays_and_the_payer_reads_why(treasury: Treasury) -> None:
    row = objected(treasury)
    actions.decide_objection(
        objection_id=row.pk, ruling=Ruling(1_620_000, "Ukuran benar"), actor=treasury.decider, at=later(9)
    )
    row.refresh_from_db()
    assert (row.state, row.answer) == ("refused", "Ukuran benar")
    assert fresh(row.bill).outstanding == 1_620_000
    with refused("bill.objection_decided", 409):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "x"), actor=treasury.decider, at=later(9))


def test_silence_grants_what_was_asked_and_not_a_day_earlier(treasury: Treasury) -> None:
    row = objected(treasury, claimed=0)
    last = AT.replace(year=row.decide_by.year, month=row.decide_by.month, day=row.decide_by.day)
    assert actions.deem_silent_granted(last) == 0
    assert [actions.deem_silent_granted(last.replace(day=last.day + 1)) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    assert (row.state, fresh(row.bill).state) == ("deemed_granted", "cancelled")
    assert complaints() == []


def test_an_objection_lowers_the_interest_with_the_principal(treasury: Treasury) -> None:
    row = objected(treasury)
    actions.charge_interest(bill_id=row.bill_id, at=later(40))
    actions.decide_objection(objection_id=row.pk, ruling=Ruling(1_000_000, "x"), actor=treasury.decider, at=later(41))
    assert (fresh(row.bill).principal, fresh(row.bill).interest) == (1_000_000, 10_000)
    assert complaints() == []


def test_when_and_by_whom_an_objection_is_not_taken(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    told = {"bill_id": bill.pk, "reason": "x", "claimed": 0}
    with refused("bill.unknown", 404):
        actions.object_to(**told, actor=herself(a_person("Lain")), at=AT)  # type: ignore[arg-type]
    with refused("bill.objection_late", 409):
        actions.object_to(**told, actor=treasury.her, at=later(93))  # type: ignore[arg-type]
    with refused("bill.objection_sum", 422):
        actions.object_to(**{**told, "claimed": 1_620_000}, actor=treasury.her, at=AT)  # type: ignore[arg-type]
    with refused("bill.objection_reason", 422):
        actions.object_to(**{**told, "reason": " "}, actor=treasury.her, at=AT)  # type: ignore[arg-type]
    row = actions.object_to(**told, actor=treasury.her, at=later(92))  # type: ignore[arg-type]
    with refused("actor.not_permitted", 403):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "x"), actor=treasury.keeper, at=AT)


def test_nobody_decides_her_own_objection(treasury: Treasury) -> None:
    row = objected(treasury)
    herself_in_office = replace(treasury.decider, person_id=treasury.payer.pk)
    with refused("bill.own_interest", 403):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "x"), actor=herself_in_office, at=AT)


# ── held money: matched, given back ──


def test_unknown_money_is_put_on_its_bill_from_the_day_it_was_paid(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 1_700_000, later(29)), at=later(29))
    actions.charge_interest(bill_id=bill.pk, at=later(35))
    held = Held.objects.get()
    for _ in range(2):
        actions.match_receipt(held_id=held.pk, bill_id=bill.pk, actor=treasury.keeper, at=later(36))
    held.refresh_from_db()
    assert (fresh(bill).state, fresh(bill).interest, held.left) == ("settled", 0, 80_000)
    assert events_of(bill)[-2:] == ["ReceiptMatched", "BillSettled"]
    assert complaints() == []


def test_money_in_one_agencys_books_pays_a_bill_of_another(treasury: Treasury) -> None:
    bill = a_bill(treasury, formula="pbg", factors=HOUSE, agency="DPUPR")
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 405_000, AT), at=AT)
    row = actions.match_receipt(held_id=Held.objects.get().pk, bill_id=bill.pk, actor=treasury.keeper, at=later(1))
    assert row is not None
    assert fresh(bill).state == "settled"
    assert booked(row.pk) == [("NK", "", 405_000), ("RESTITUSI", "overpaid", 405_000)]
    assert complaints() == []


def test_money_that_is_used_up_or_a_bill_that_takes_none(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 5_000, AT), at=AT)
    held = Held.objects.get()
    with refused("actor.not_permitted", 403):
        actions.match_receipt(held_id=held.pk, bill_id=bill.pk, actor=treasury.decider, at=AT)
    actions.match_receipt(held_id=held.pk, bill_id=bill.pk, actor=treasury.keeper, at=AT)
    with refused("held.used_up", 409):
        actions.match_receipt(held_id=held.pk, bill_id=a_bill(treasury).pk, actor=treasury.keeper, at=AT)
    assert fresh(bill).paid == 5_000


def overpaid(treasury: Treasury) -> Held:
    bill = a_bill(treasury)
    pay(bill, treasury, 2_000_000)
    return held_of(bill)


def test_a_refund_is_asked_approved_by_another_sent_and_confirmed(treasury: Treasury, bank: TestBank) -> None:
    held, to = overpaid(treasury), to_account()
    for _ in range(2):
        row = actions.ask_refund(held_id=held.pk, to=to, actor=treasury.her, at=AT)
    held.refresh_from_db()
    assert (row.amount, held.left) == (380_000, 0)
    assert queries.account_of(row) == "00123456789"
    assert complaints() == []
    for _ in range(2):
        actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    assert actions.send_refunds(AT) == 1
    assert actions.send_refunds(AT) == 0
    row.refresh_from_db()
    assert (row.state, row.bank_reference) == ("sent", f"TB-{row.pk}")
    assert ("PPKD", "finansial", "K 1.1.01.01.01.0001", 380_000) in lines_of(row.pk)
    assert complaints() == []
    for _ in range(2):
        actions.confirm_refund(refund_id=row.pk, at=later(1))
    told = list(EventRecord.objects.filter(subject_kind="refund").order_by("pk").values_list("name", flat=True))
    assert told == ["RefundAsked", "RefundApproved", "RefundSent", "RefundConfirmed"]
    assert len(bank.moved) == 1


def test_who_asks_a_refund_does_not_approve_it(treasury: Treasury) -> None:
    held = overpaid(treasury)
    both = replace(treasury.keeper, permissions=frozenset({"billing.treasury", "billing.decide"}))
    row = actions.ask_refund(held_id=held.pk, to=to_account(), actor=both, at=AT)
    with refused("refund.two_people", 403):
        actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=both, at=AT)
    with refused("actor.not_permitted", 403):
        actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.keeper, at=AT)


def test_a_refused_refund_leaves_the_money_held(treasury: Treasury) -> None:
    held = overpaid(treasury)
    row = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
    for _ in range(2):
        actions.decide_refund(refund_id=row.pk, answer=Answer(False, "Rekening lain"), actor=treasury.decider, at=AT)
    held.refresh_from_db()
    assert held.left == 380_000
    again = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
    assert again.pk != row.pk
    assert complaints() == []


def test_a_silent_bank_is_asked_again(treasury: Treasury, bank: TestBank) -> None:
    held = overpaid(treasury)
    row = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
    actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    bank.down = BankUnreachable("Bank tidak menjawab")
    assert actions.send_refunds(AT) == 0
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("approved", "Bank tidak menjawab")
    bank.down = None
    assert actions.send_refunds(AT) == 1
    assert complaints() == []


def test_a_transfer_that_the_bank_refuses_gives_the_money_free_for_another_account(
    treasury: Treasury, bank: TestBank
) -> None:
    held = overpaid(treasury)
    row = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
    actions.decide_refund(refund_id=row.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    bank.down = BankRefused("Rekening tutup")
    assert actions.send_refunds(AT) == 0
    row.refresh_from_db()
    assert (row.state, row.answer, row.label) == ("refused", "Rekening tutup", "")
    assert EventRecord.objects.filter(name="RefundRefused", data__refund_id=str(row.pk)).count() == 1
    bank.down = None
    assert actions.send_refunds(AT) == 0, "what was refused is not tried again by itself"
    held.refresh_from_db()
    assert held.left == row.amount
    again = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
    actions.decide_refund(refund_id=again.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    assert actions.send_refunds(AT) == 1
    assert complaints() == []


def test_who_assessed_does_not_decide_the_objection(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    row = actions.object_to(bill_id=bill.pk, reason="Luasnya keliru", claimed=0, actor=treasury.her, at=AT)
    both = replace(treasury.assessor, permissions=frozenset({"billing.decide"}))
    with refused("bill.own_assessment", 403):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "Benar"), actor=both, at=AT)
    row.refresh_from_db()
    assert row.state == "filed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"account": "12"}, "refund.account"),
        ({"bank": " "}, "refund.bank"),
        ({"bank": "Bank Antah Berantah"}, "refund.bank"),
        ({"name": ""}, "refund.name"),
    ],
)
def test_an_account_that_cannot_be(treasury: Treasury, change: dict[str, Any], code: str) -> None:
    with refused(code, 422):
        actions.ask_refund(held_id=overpaid(treasury).pk, to=replace(to_account(), **change), actor=treasury.her, at=AT)
    assert not Refund.objects.exists()


def test_a_stranger_learns_of_no_held_money(treasury: Treasury) -> None:
    with refused("held.unknown", 404):
        actions.ask_refund(held_id=overpaid(treasury).pk, to=to_account(), actor=herself(a_person("Lain")), at=AT)


def test_her_account_is_sealed_under_her_key(treasury: Treasury) -> None:
    row = actions.ask_refund(held_id=overpaid(treasury).pk, to=to_account(), actor=treasury.her, at=AT)
    assert b"00123456789" not in bytes(row.to_account)
    erase(treasury.payer.pk, at=AT)
    with pytest.raises(Exception, match="subject-key"):
        queries.account_of(row)
