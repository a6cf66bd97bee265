"""Nobody settles, lowers or splits what she owes herself, filed herself, or may act for."""

from dataclasses import replace
from typing import Any

import pytest

from city.billing import actions
from city.billing.actions import Answer, Ruling
from city.billing.declare import BankReceipt
from city.billing.models import Bill, Held, InstalmentPlan, Objection, Receipt
from city.billing.tests.make import (
    AT,
    Treasury,
    a_bill,
    a_person,
    fresh,
    held_of,
    later,
    pay,
    refused,
    to_account,
    under_mandate,
)
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.people.actions import revoke_mandate
from city.people.models import Person

pytestmark = pytest.mark.usefixtures("bank")
OWN = ("bill.own_interest", 403)


def test_the_treasurer_settles_no_bill_of_her_own(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 1_620_000, AT), at=AT)
    herself_at_the_till = replace(treasury.keeper, person_id=treasury.payer.pk)
    with refused(*OWN):
        actions.receive_cash(bill_id=bill.pk, amount=5, key=new_id(), actor=herself_at_the_till, at=AT)
    with refused(*OWN):
        actions.match_receipt(held_id=Held.objects.get().pk, bill_id=bill.pk, actor=herself_at_the_till, at=AT)
    assert (fresh(bill).paid, Receipt.objects.count()) == (0, 1)
    actions.match_receipt(held_id=Held.objects.get().pk, bill_id=bill.pk, actor=treasury.keeper, at=AT)
    assert fresh(bill).state == "settled"


def in_the_office_of(actor: Actor, person_id: Any) -> Actor:
    return replace(actor, ref=f"person:{person_id}", person_id=person_id)


def test_who_holds_a_mandate_of_the_payer_decides_nothing_for_her(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    row = actions.object_to(bill_id=bill.pk, reason="Luasnya", claimed=0, actor=treasury.her, at=AT)
    plan = actions.ask_instalments(bill_id=bill.pk, count=2, reason="Sepi", actor=treasury.her, at=AT)
    assert treasury.decider.person_id is not None
    under_mandate(treasury.payer, Person.objects.get(pk=treasury.decider.person_id))
    with refused(*OWN):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "Benar"), actor=treasury.decider, at=AT)
    with refused(*OWN):
        actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    with refused(*OWN):
        actions.cancel(bill_id=bill.pk, reason="Keliru", actor=treasury.decider, at=AT)
    with refused(*OWN):
        keeper = in_the_office_of(treasury.keeper, treasury.decider.person_id)
        actions.receive_cash(bill_id=bill.pk, amount=5, key=new_id(), actor=keeper, at=AT)
    assert (fresh(bill).state, Objection.objects.get().state, InstalmentPlan.objects.get().state) == (
        "open",
        "filed",
        "asked",
    )


@pytest.fixture
def filed_by(treasury: Treasury) -> tuple[Bill, Actor]:
    """A bill with what a holder of her mandate filed; the mandate is over by the time it is decided."""
    agent = under_mandate(treasury.payer, a_person("Andi Wirawan"))
    return a_bill(treasury, mandate_id=agent.mandate_id), agent


def test_who_filed_it_decides_nothing_on_it_even_when_the_mandate_is_over(
    treasury: Treasury, filed_by: tuple[Bill, Actor]
) -> None:
    bill, agent = filed_by
    row = actions.object_to(bill_id=bill.pk, reason="Luasnya", claimed=0, actor=agent, at=AT)
    plan = actions.ask_instalments(bill_id=bill.pk, count=2, reason="Sepi", actor=agent, at=AT)
    assert (row.filed_by, plan.asked_by) == (agent.ref, agent.ref)
    revoke_mandate(mandate_id=agent.mandate_id, by=treasury.her, at=AT)  # type: ignore[arg-type]
    now_an_officer = in_the_office_of(treasury.decider, agent.person_id)
    with refused("bill.own_filing", 403):
        actions.decide_objection(objection_id=row.pk, ruling=Ruling(0, "Benar"), actor=now_an_officer, at=later(1))
    with refused("bill.own_filing", 403):
        actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=now_an_officer, at=later(1))
    actions.agree_instalments(plan_id=plan.pk, answer=Answer(True), actor=treasury.decider, at=later(1))


def test_who_holds_her_mandate_approves_no_refund_of_hers(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury, 2_000_000)
    refund = actions.ask_refund(held_id=held_of(bill).pk, to=to_account(), actor=treasury.her, at=AT)
    assert treasury.decider.person_id is not None
    under_mandate(treasury.payer, Person.objects.get(pk=treasury.decider.person_id))
    with refused("refund.two_people", 403):
        actions.decide_refund(refund_id=refund.pk, answer=Answer(True), actor=treasury.decider, at=AT)
    refund.refresh_from_db()
    assert refund.state == "asked"
