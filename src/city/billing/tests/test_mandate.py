"""Who acts for a payer sees and pays the bills of her own mandate, and no others; money goes back to the payer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from city.billing import actions, queries
from city.billing.models import Bill, InstalmentPlan, Objection, PaymentRequest, Refund
from city.billing.tests.make import (
    AT,
    Treasury,
    a_bill,
    a_person,
    an_account,
    held_of,
    herself,
    pay,
    refused,
    to_account,
    under_mandate,
)
from city.kernel.actor import Actor
from city.people.actions import revoke_mandate
from city.people.models import Person

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def agent(treasury: Treasury) -> Actor:
    """Andi, who files for Sri."""
    return under_mandate(treasury.payer, a_person("Andi Wirawan"))


@pytest.fixture
def filed(treasury: Treasury, agent: Actor) -> Bill:
    """What came of his filing."""
    return a_bill(treasury, mandate_id=agent.mandate_id)


def test_he_sees_and_pays_the_bill_of_his_mandate(treasury: Treasury, agent: Actor, filed: Bill) -> None:
    assert filed.mandate_id == agent.mandate_id
    for who in (agent, treasury.her):
        assert queries.bill_for(who, filed.pk, AT) == filed
        actions.ask_payment(bill_id=filed.pk, channel="qris", actor=who, at=AT)
    assert PaymentRequest.objects.count() == 1
    assert actions.ask_instalments(bill_id=filed.pk, count=2, reason="Sepi", actor=agent, at=AT).bill == filed
    assert actions.object_to(bill_id=filed.pk, reason="Luasnya", claimed=0, actor=agent, at=AT).bill == filed


def test_her_other_bills_are_not_there_for_him(treasury: Treasury, agent: Actor, filed: Bill) -> None:
    another = under_mandate(treasury.payer, a_person("Rina"))
    others = [a_bill(treasury), a_bill(treasury, mandate_id=another.mandate_id)]
    for bill in others:
        told: dict[str, Any] = {"bill_id": bill.pk, "actor": agent, "at": AT}
        with refused("bill.unknown", 404):
            queries.bill_for(agent, bill.pk, AT)
        with refused("bill.unknown", 404):
            actions.ask_payment(channel="qris", **told)
        with refused("bill.unknown", 404):
            actions.inquire(**told)
        with refused("bill.unknown", 404):
            actions.ask_instalments(count=2, reason="Sepi", **told)
        with refused("bill.unknown", 404):
            actions.object_to(reason="Luasnya", claimed=0, **told)
    assert list(queries.bills_for(agent, AT)) == [filed]
    assert set(queries.bills_for(treasury.her, AT)) == {filed, *others}
    assert not InstalmentPlan.objects.exists()
    assert not Objection.objects.exists()


def test_without_his_mandate_or_after_it_he_sees_nothing(treasury: Treasury, agent: Actor, filed: Bill) -> None:
    assert agent.person_id is not None
    assert agent.mandate_id is not None
    with refused("bill.unknown", 404):
        queries.bill_for(herself(Person.objects.get(pk=agent.person_id)), filed.pk, AT)
    revoke_mandate(mandate_id=agent.mandate_id, by=treasury.her, at=AT)
    with refused("bill.unknown", 404):
        queries.bill_for(agent, filed.pk, AT + timedelta(minutes=1))
    assert list(queries.bills_for(agent, AT + timedelta(minutes=1))) == []


def test_her_money_goes_back_only_at_her_own_wish(treasury: Treasury, agent: Actor, filed: Bill) -> None:
    pay(filed, treasury, 2_000_000)
    with refused("held.unknown", 404):
        actions.ask_refund(held_id=held_of(filed).pk, to=to_account(), actor=agent, at=AT)
    assert not Refund.objects.exists()
    actions.ask_refund(held_id=held_of(filed).pk, to=to_account(), actor=treasury.her, at=AT)


def test_his_pages_tell_the_same(treasury: Treasury, agent: Actor) -> None:
    now = timezone.now()
    assert now.date() < date(2028, 1, 1)
    filed, other = a_bill(treasury, at=now, mandate_id=agent.mandate_id), a_bill(treasury, at=now)
    pay(filed, treasury, 2_000_000, at=now)
    assert agent.person_id is not None
    client = Client()
    client.force_login(an_account(Person.objects.get(pk=agent.person_id)))
    client.post("/akun/persona", {"appointment": f"mandate:{agent.mandate_id}", "next": "/"})
    mine = client.get("/bills").content.decode()
    assert str(filed.pk) in mine
    assert str(other.pk) not in mine
    assert client.get(f"/bills/{filed.pk}").status_code == 200
    assert client.get(f"/bills/{other.pk}").status_code == 404
    answer = client.get(f"/bills/{filed.pk}/held/{held_of(filed).pk}/refund")
    assert answer.status_code == 403
    assert "hanya bisa diminta oleh pembayarnya sendiri" in answer.content.decode()
