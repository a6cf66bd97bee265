"""Kuasa: acting for another while it lasts."""

from datetime import timedelta

import pytest

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.models import EventRecord
from city.people import actions, queries
from city.people.actions import Giver
from city.people.models import Mandate, Person
from city.people.tests.make import AT, CITY, DAY, a_person, an_account

pytestmark = pytest.mark.django_db


def herself(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def a_mandate(giver: Person, holder: Person) -> Mandate:
    return actions.grant_mandate(
        giver=Giver(person_id=giver.pk),
        holder_id=holder.pk,
        scope="permits",
        days=(DAY, DAY + timedelta(days=30)),
        by=herself(giver),
        at=AT,
    )


def test_the_holder_may_act_while_it_lasts() -> None:
    account = an_account()
    given = a_mandate(a_person("Lim Mei Hua"), account.person)
    (role,) = queries.roles_of(account.person_id, AT)
    assert (role.value, role.title, role.place) == (f"mandate:{given.pk}", "Lim Mei Hua", "permits")
    assert queries.actor_as(account.person_id, role.value, [role]).mandate_id == given.pk
    assert queries.roles_of(account.person_id, AT + timedelta(days=31)) == []


def test_a_firm_gives_its_mandate_through_the_counter() -> None:
    holder = a_person("Andi Wirawan")
    firm = actions.register_organisation(name="CV  Karya Rencana", nib="1234567890123", by=CITY, at=AT)
    actions.grant_mandate(
        giver=Giver(organisation_id=firm.pk), holder_id=holder.pk, scope="permits", days=(DAY, None), by=CITY, at=AT
    )
    assert [role.title for role in queries.roles_of(holder.pk, AT)] == ["CV Karya Rencana"]


def test_revoked_at_once_by_giver_or_holder_not_by_others() -> None:
    giver, holder = a_person(), a_person()
    given = a_mandate(giver, holder)
    with pytest.raises(Refusal) as refused:
        actions.revoke_mandate(mandate_id=given.pk, by=herself(a_person()), at=AT)
    assert refused.value.status == 404
    for _ in range(2):
        actions.revoke_mandate(mandate_id=given.pk, by=herself(giver), at=AT)
    assert queries.roles_of(holder.pk, AT) == []
    assert EventRecord.objects.filter(name="MandateRevoked").count() == 1


def test_nobody_gives_what_is_not_hers() -> None:
    giver, holder = a_person(), a_person()
    with pytest.raises(Refusal) as refused:
        actions.grant_mandate(
            giver=Giver(person_id=giver.pk),
            holder_id=holder.pk,
            scope="permits",
            days=(DAY, None),
            by=herself(holder),
            at=AT,
        )
    assert refused.value.status == 403
