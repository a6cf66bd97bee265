"""Who hears of money, and what she reads."""

from typing import Any

import pytest

from city.billing import actions
from city.billing.actions import Answer, Ruling
from city.billing.declare import BankRefused
from city.billing.models import Bill, Refund
from city.billing.tests.make import (
    AT,
    CITY,
    HOUSE,
    TestBank,
    Treasury,
    a_bill,
    held_of,
    herself,
    later,
    paid,
    pay,
    to_account,
)
from city.kernel.actor import Actor
from city.kernel.tests.listening import deliver
from city.notices.models import Notice
from city.notices.queries import worded

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def bill(treasury: Treasury) -> Bill:
    return a_bill(treasury, subject_kind="tests.paper")


def told(person: Actor) -> list[tuple[str, str]]:
    """(code, title) of all that somebody was told so far, in the order it was written."""
    deliver()
    notices = Notice.objects.filter(person_id=str(person.person_id)).order_by("pk")
    return [(one.code, worded(one.code, one.facts, "id").title) for one in notices]


def body_of(code: str) -> str:
    notice = Notice.objects.get(code=code)
    return worded(code, notice.facts, "id").body


def test_a_part_is_acknowledged_with_what_is_left(bill: Bill, treasury: Treasury) -> None:
    pay(bill, treasury, 1_000_000)
    assert told(treasury.her) == [("bill.part_paid", "Rp1.000.000 kami terima")]
    assert "Masih kurang Rp620.000, paling lambat 23 Desember 2026." in body_of("bill.part_paid")
    assert Notice.objects.get().link == f"/bills/{bill.pk}"
    pay(bill, treasury, 620_000)
    assert len(told(treasury.her)) == 1, "who waited for the money tells that it is all there"


def test_a_part_that_came_late_names_no_day_that_has_passed(bill: Bill, treasury: Treasury) -> None:
    pay(bill, treasury, 1_000_000, at=later(40))
    assert told(treasury.her) == [("bill.part_paid_late", "Rp1.000.000 kami terima")]
    assert body_of("bill.part_paid_late").endswith(
        "Masih kurang Rp636.200, dan jatuh temponya sudah lewat: bunganya bertambah tiap bulan."
    )


def test_what_is_too_much_is_hers(bill: Bill, treasury: Treasury) -> None:
    pay(bill, treasury, 2_000_000)
    assert told(treasury.her) == [("bill.held", "Uang Anda Rp380.000 kami titipkan")]


def test_money_of_nobody_tells_nobody(treasury: Treasury, bill: Bill) -> None:
    actions.receive(receipt=paid(bill, 5_000), at=AT)
    assert told(treasury.her) == []
    assert not Notice.objects.exists()


def test_a_month_late_costs_and_is_told_each_month(bill: Bill, treasury: Treasury) -> None:
    actions.charge_interest(bill_id=bill.pk, at=later(40), actor=CITY)
    assert told(treasury.her) == [("bill.interest", "Bunga keterlambatan Rp16.200")]
    assert "sekarang Rp1.636.200" in body_of("bill.interest")
    actions.charge_interest(bill_id=bill.pk, at=later(40), actor=CITY)
    assert len(told(treasury.her)) == 1


@pytest.mark.parametrize(
    ("answer", "code"), [(Answer(True, ""), "agreed"), (Answer(False, "Sudah dua kali menunggak."), "refused")]
)
def test_instalments_are_asked_for_and_answered(bill: Bill, treasury: Treasury, answer: Answer, code: str) -> None:
    plan = actions.ask_instalments(bill_id=bill.pk, count=3, reason="Sepi", actor=treasury.her, at=AT)
    assert [one for one, _title in told(treasury.decider)] == ["treasury.instalments"]
    actions.agree_instalments(plan_id=plan.pk, answer=answer, actor=treasury.decider, at=AT)
    assert [one for one, _title in told(treasury.her)] == [f"bill.instalments_{code}"]


def _objected(bill: Bill, her: Actor) -> Any:
    return actions.object_to(bill_id=bill.pk, reason="Luasnya 6 m²", claimed=810_000, actor=her, at=AT)


@pytest.mark.parametrize(
    ("amount", "code"), [(810_000, "granted"), (1_000_000, "partly"), (1_620_000, "refused"), (0, "granted")]
)
def test_an_objection_reaches_who_answers_and_its_answer_her(
    bill: Bill, treasury: Treasury, amount: int, code: str
) -> None:
    objection = _objected(bill, treasury.her)
    assert told(treasury.decider) == [("treasury.objection", f"Keberatan perlu dijawab: {bill.number}")]
    ruling = Ruling(amount, "Menurut gambar lokasi.")
    actions.decide_objection(objection_id=objection.pk, ruling=ruling, actor=treasury.decider, at=AT)
    assert [one for one, _title in told(treasury.her)] == [f"bill.objection_{code}"]


def test_silence_grants_and_she_is_told_so(bill: Bill, treasury: Treasury) -> None:
    _objected(bill, treasury.her)
    actions.deem_silent_granted(later(months=7))
    assert told(treasury.her)[-1][0] == "bill.objection_deemed_granted"
    assert "sekarang Rp810.000" in body_of("bill.objection_deemed_granted")


def test_whoever_assessed_is_not_asked_to_judge(treasury: Treasury) -> None:
    bill = a_bill(treasury, subject_kind="tests.paper")
    Bill.objects.filter(pk=bill.pk).update(issued_by=treasury.decider.ref)
    _objected(bill, treasury.her)
    assert told(treasury.decider) == []


def test_a_refund_is_approved_and_sent_or_comes_back(bill: Bill, treasury: Treasury, bank: TestBank) -> None:
    pay(bill, treasury, 2_000_000)
    held = held_of(bill)

    def asked_and_approved() -> Refund:
        refund = actions.ask_refund(held_id=held.pk, to=to_account(), actor=treasury.her, at=AT)
        return actions.decide_refund(refund_id=refund.pk, answer=Answer(True, ""), actor=treasury.decider, at=AT)

    bank.down = BankRefused("Rekening tujuan sudah ditutup.")
    actions.send_refund(refund_id=asked_and_approved().pk, at=AT)
    assert told(treasury.decider) == [("treasury.refund", "Pengembalian perlu disetujui: Rp380.000")]
    assert told(treasury.her)[-1] == ("bill.refund_refused", "Pengembalian Rp380.000 belum bisa dikirim")
    bank.down = None
    actions.send_refund(refund_id=asked_and_approved().pk, at=AT)
    assert told(treasury.her)[-1] == ("bill.refund_sent", "Uang Anda Rp380.000 kami kirim kembali")


def test_nothing_of_hers_reaches_another(bill: Bill, treasury: Treasury) -> None:
    pay(bill, treasury, 1_000_000)
    told(treasury.her)
    assert set(Notice.objects.values_list("person_id", flat=True)) == {treasury.payer.pk}
    assert herself(treasury.payer) == treasury.her


def test_a_building_fees_objection_reaches_who_decides_for_the_whole_city(treasury: Treasury) -> None:
    bill = a_bill(treasury, formula="pbg", factors=HOUSE, agency="DPUPR", subject_kind="tests.paper")
    actions.object_to(bill_id=bill.pk, reason="Luasnya 60 m²", claimed=1, actor=treasury.her, at=AT)
    assert told(treasury.decider) == [("treasury.objection", f"Keberatan perlu dijawab: {bill.number}")]


def test_who_pays_in_parts_is_told_of_the_next_part_alone(bill: Bill, treasury: Treasury) -> None:
    plan = actions.ask_instalments(bill_id=bill.pk, count=3, reason="Sepi", actor=treasury.her, at=AT)
    actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    pay(bill, treasury, 540_000)
    assert told(treasury.her)[-1] == ("bill.next_part", "Rp540.000 kami terima")
    assert "Bayar berikutnya Rp540.000, paling lambat 23 Januari 2027." in body_of("bill.next_part")


def test_money_on_a_cancelled_bill_is_told_as_that(bill: Bill, treasury: Treasury) -> None:
    actions.ask_payment(bill_id=bill.pk, channel="qris", actor=treasury.her, at=AT)
    actions.cancel(bill_id=bill.pk, reason="Salah orang", actor=treasury.decider, at=AT)
    actions.receive(receipt=paid(bill, 1_620_000), at=AT)
    assert told(treasury.her)[-1] == ("bill.held_cancelled", "Uang Anda Rp1.620.000 kami titipkan")
    assert "sudah dibatalkan" in body_of("bill.held_cancelled")
