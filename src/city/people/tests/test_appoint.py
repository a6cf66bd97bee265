"""Offices are held by day; powers come and go with the decree."""

from datetime import date, timedelta

import pytest

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.models import EventRecord
from city.people import actions, queries
from city.people.actions import Term
from city.people.tests.make import AT, CITY, DAY, a_person, an_account, an_appointment, an_office

pytestmark = pytest.mark.django_db


def test_plh_signs_while_the_head_is_on_leave() -> None:
    head, deputy = a_person("Hj. Nurlaela"), a_person("Yusuf Maulana")
    office = an_office("dpmptsp.head", "Kepala DPMPTSP", "permits.sign")
    an_appointment(head, office)
    plh = an_appointment(deputy, office, kind="plh", from_day=DAY, until=DAY + timedelta(days=3))

    def holder(day: date) -> str:
        held = queries.head_of(office, day)
        assert held is not None
        return held.person.name

    assert holder(DAY - timedelta(days=1)) == "Hj. Nurlaela"
    assert holder(DAY) == holder(DAY + timedelta(days=3)) == "Yusuf Maulana"
    assert holder(DAY + timedelta(days=4)) == "Hj. Nurlaela"
    assert plh.title == "Plh. Kepala DPMPTSP"


def test_a_vacant_office_has_no_head() -> None:
    assert queries.head_of(an_office(), DAY) is None


def test_plh_beats_plt_beats_definitive() -> None:
    office = an_office()
    for kind in ("definitive", "plt", "plh"):
        an_appointment(a_person(kind), office, kind=kind, until=DAY)
        held = queries.head_of(office, DAY)
        assert held is not None
        assert held.kind == kind


def test_the_office_gives_its_permissions_on_its_days_only() -> None:
    account = an_account()
    held = an_appointment(account.person, an_office("dpmptsp.front", "Petugas loket", "permits.counter"), from_day=DAY)
    acting = queries.actor_for(account, appointment_id=held.pk, at=AT)
    assert acting.permissions == {"permits.counter"}
    assert acting.agency == "DPMPTSP"
    before = queries.actor_for(account, appointment_id=held.pk, at=AT - timedelta(days=1))
    assert not before.is_official
    assert before.person_id == account.person_id
    assert not before.permissions


def test_nobody_acts_in_an_office_of_somebody_else() -> None:
    held = an_appointment(a_person(), an_office())
    assert not queries.actor_for(an_account(), appointment_id=held.pk, at=AT).is_official


def test_the_last_day_counts_until_midnight_in_cilegon() -> None:
    account = an_account()
    held = an_appointment(account.person, an_office(), kind="plh", from_day=DAY, until=DAY)
    late = AT.replace(hour=16, minute=59)  # 23.59 WIB
    assert queries.actor_for(account, appointment_id=held.pk, at=late).is_official
    assert not queries.actor_for(account, appointment_id=held.pk, at=late + timedelta(minutes=1)).is_official


def test_dismissal_takes_the_office_away_at_once() -> None:
    account = an_account()
    office = an_office("dpmptsp.back", "Petugas verifikasi", "permits.examine")
    held = an_appointment(account.person, office)
    actions.end_appointment(appointment_id=held.pk, decree="SK 9/2026 (contoh)", by=CITY, at=AT)
    assert not queries.actor_for(account, appointment_id=held.pk, at=AT).may("permits.examine")
    assert queries.holders_of("permits.examine", agency="DPMPTSP", at=AT) == []
    assert queries.head_of(office, DAY) is None
    assert queries.head_of(office, DAY - timedelta(days=1)) is not None
    assert EventRecord.objects.filter(name="AppointmentEnded", subject_id=account.person_id).count() == 1


def test_holders_of_a_permission_in_an_agency() -> None:
    one, other = a_person("Dewi Lestari"), a_person("Bayu Saputra")
    front = an_office("dpmptsp.front", "Petugas loket", "permits.verify", "permits.counter")
    for person in (one, other):
        an_appointment(person, front)
    assert set(queries.holders_of("permits.verify", agency="DPMPTSP", at=AT)) == {one.pk, other.pk}
    assert queries.holders_of("permits.verify", agency="DINKES", at=AT) == []
    assert queries.holders_of("permits.sign", agency="DPMPTSP", at=AT) == []


def test_an_acting_appointment_needs_a_last_day() -> None:
    term = Term(from_day=DAY, decree="SK 1", kind="plh")
    with pytest.raises(Refusal) as refused:
        actions.appoint(person_id=a_person().pk, office_code=an_office(), term=term, by=CITY, at=AT)
    assert refused.value.code == "appointment.open_ended"


def test_only_administrators_appoint() -> None:
    citizen = Actor(ref="person:x", person_id=a_person().pk)
    with pytest.raises(Refusal) as refused:
        actions.appoint(
            person_id=a_person().pk, office_code=an_office(), term=Term(from_day=DAY, decree="SK 1"), by=citizen, at=AT
        )
    assert refused.value.status == 403


def test_the_same_appointment_twice_is_one() -> None:
    person, office = a_person(), an_office()
    first = an_appointment(person, office)
    again = actions.appoint(
        person_id=person.pk,
        office_code=office,
        term=Term(from_day=DAY, decree="SK 1"),
        by=CITY,
        at=AT,
        appointment_id=first.pk,
    )
    assert again.pk == first.pk
    assert EventRecord.objects.filter(name="PersonAppointed", subject_id=person.pk).count() == 1
