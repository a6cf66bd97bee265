"""A fee is assessed once, from that day's rates, and stands in the ledger under its number."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from city.billing import actions, queries
from city.billing.models import Bill, Tariff
from city.billing.tests.make import (
    AT,
    CITY,
    DAY,
    HOUSE,
    STALL,
    Treasury,
    a_bill,
    an_order,
    booked,
    complaints,
    events_of,
    lines_of,
    refused,
)
from city.kernel.errors import Refusal
from city.ledger.queries import document


def test_a_stall_of_12_square_metres_for_90_days(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    assert (bill.amount, bill.state, bill.outstanding) == (1_620_000, "open", 1_620_000)
    assert (bill.issued_on, bill.due_on) == (DAY, DAY + timedelta(days=30))
    assert bill.number == "SKRD/BPKAD/2026/000001"
    assert events_of(bill) == ["BillIssued"]
    assert list(lines_of(bill.pk)) == [
        ("BPKAD", "finansial", "D 1.1.04.02.01.0001", 1_620_000),
        ("BPKAD", "finansial", "K 7.1.02.02.01.0001", 1_620_000),
    ]
    whole = document(bill.document)
    assert whole is not None
    assert whole.document.label == bill.number
    assert complaints() == []


def test_the_specified_house(treasury: Treasury) -> None:
    bill = a_bill(treasury, formula="pbg", factors=HOUSE, agency="DPUPR")
    assert bill.amount == 405_000
    assert ("DPUPR", "finansial", "D 1.1.04.03.01.0001", 405_000) in lines_of(bill.pk)


def test_each_factor_is_explained_with_its_article_and_says_that_nothing_is_decreed(treasury: Treasury) -> None:
    lines = queries.explanation(a_bill(treasury))
    assert [(str(line["what"]), line["value"]) for line in lines] == [
        ("Luas tanah", Decimal(12)),
        ("Lama pemakaian", Decimal(90)),
        ("Tarif per m² per hari", Decimal(1500)),
    ]
    assert lines[-1]["article"].startswith("Tarif sewa")
    assert lines[-1]["decreed"] is False


def test_a_bill_keeps_the_rates_of_its_day(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    Tariff.objects.create(
        code="asset.land.main_road", value=2000, from_day=DAY + timedelta(days=1), article="Baru", source="Perda"
    )
    assert queries.worked_out("pemakaian_aset", bill.factors, DAY).amount == bill.amount
    assert queries.worked_out("pemakaian_aset", bill.factors, DAY + timedelta(days=1)).amount == 2_160_000


def test_assessed_twice_it_is_one_bill(treasury: Treasury) -> None:
    order = an_order(treasury.payer)
    first, second = (actions.assess(order=order, actor=treasury.assessor, at=AT) for _ in range(2))
    assert first.pk == second.pk
    assert events_of(first) == ["BillIssued"]
    assert Bill.objects.count() == 1


def test_other_factors_for_the_same_case_are_refused(treasury: Treasury) -> None:
    order = an_order(treasury.payer)
    actions.assess(order=order, actor=treasury.assessor, at=AT)
    other = an_order(treasury.payer, subject_id=order.subject_id, factors={**STALL, "days": "30"})
    with refused("bill.already", 409):
        actions.assess(order=other, actor=treasury.assessor, at=AT)


def test_after_a_cancellation_it_is_assessed_anew(treasury: Treasury) -> None:
    order = an_order(treasury.payer)
    first = actions.assess(order=order, actor=treasury.assessor, at=AT)
    actions.cancel(bill_id=first.pk, reason="Luas keliru", actor=CITY, at=AT)
    second = actions.assess(order=order, actor=treasury.assessor, at=AT)
    assert second.number == "SKRD/BPKAD/2026/000002"
    assert queries.bill_of(order.subject_kind, order.subject_id) == second
    assert complaints() == []


def test_bad_factors_come_back_with_a_sentence_each(treasury: Treasury) -> None:
    with pytest.raises(Refusal) as refusal:
        a_bill(treasury, factors={"area": "", "days": "dua", "place": "main_road"})
    assert refusal.value.status == 422
    assert [(one.field, str(one.sentence)) for one in refusal.value.errors] == [
        ("area", "Isi dulu: Luas tanah."),
        ("days", "Lama pemakaian harus angka, misalnya 12 atau 12,5."),
    ]
    assert not Bill.objects.exists()


def test_nothing_due_is_no_bill(treasury: Treasury) -> None:
    with refused("bill.nothing_due", 409):
        a_bill(treasury, formula="pbg", factors={**HOUSE, "function": "worship"})


def test_a_day_before_any_rate_cannot_be_assessed(treasury: Treasury) -> None:
    with refused("bill.no_rate", 409):
        a_bill(treasury, at=AT.replace(year=2023))


def test_a_citizen_assesses_nobody(treasury: Treasury) -> None:
    with refused("bill.not_yours", 403):
        actions.assess(order=an_order(treasury.payer), actor=treasury.her, at=AT)


def test_an_unknown_formula_is_not_there(treasury: Treasury) -> None:
    with refused("fee.unknown", 404):
        a_bill(treasury, formula="reklame")


def test_only_the_payer_and_those_who_keep_money_see_it(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    for actor in (treasury.her, treasury.keeper, treasury.decider):
        assert queries.bill_for(actor, bill.pk, AT) == bill
    with refused("bill.unknown", 404):
        queries.bill_for(treasury.assessor, bill.pk, AT)
    with refused("bill.unknown", 404):
        queries.bill_for(treasury.her, uuid4(), AT)


@pytest.mark.django_db
def test_every_rate_has_its_article_and_source() -> None:
    assert Tariff.objects.filter(code="pbg.shst", value=5_000_000).exists()
    assert not Tariff.objects.filter(article="").exists()
    assert not Tariff.objects.filter(source="").exists()
    assert not Tariff.objects.filter(decreed=True).exists(), "nothing here was compared with a decree yet"


def test_booked_by_its_rule(treasury: Treasury) -> None:
    assert booked(a_bill(treasury).pk) == [("SKRD", "", 1_620_000)]
