"""The cast: everybody has her place, nobody is a living person, and loading twice makes nobody twice."""

from datetime import datetime, timedelta

import pytest

from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.operate.demo.cast import EVERYBODY, PASSWORD, POSTS
from city.operate.demo.place import place_cast
from city.people import queries
from city.people.actions import account_at
from city.people.models import Appointment, Mandate, Person
from city.people.rules import errors_in_nik

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


@pytest.mark.parametrize("key", EVERYBODY)
def test_every_nik_has_valid_form_and_a_district_nobody_lives_in(key: str) -> None:
    one = EVERYBODY[key]
    assert errors_in_nik(one.nik, born=one.born) == []
    assert one.nik.startswith("367299")


def test_no_two_share_a_nik_or_a_sign_in() -> None:
    assert len({one.nik for one in EVERYBODY.values()}) == len(EVERYBODY)
    names = [one.sign_in for one in EVERYBODY.values() if one.sign_in]
    assert len(set(names)) == len(names)


def test_every_post_named_in_the_cast_exists() -> None:
    assert {one.post for one in EVERYBODY.values() if one.post} == {post.code for post in POSTS}


@pytest.mark.django_db
def test_placing_again_changes_nothing() -> None:
    place_cast(NOW)
    rows = (Person.objects.count(), Appointment.objects.count(), Mandate.objects.count(), EventRecord.objects.count())
    place_cast(NOW + timedelta(days=3))
    again = (Person.objects.count(), Appointment.objects.count(), Mandate.objects.count(), EventRecord.objects.count())
    assert again == rows


@pytest.mark.django_db
def test_people_sign_in_with_the_demo_password() -> None:
    place_cast(NOW)
    for address in ("dewi@dpmptsp.example", "0811-0000-0001"):
        account = account_at(address)
        assert account is not None
        assert account.is_demo
        assert account.check_password(PASSWORD)


@pytest.mark.django_db
def test_the_acting_head_signs_in_her_leave_and_on_no_other_day() -> None:
    place_cast(NOW)
    heads = {day: queries.head_of("dpmptsp.head", datetime(2026, 12, day, tzinfo=WIB).date()) for day in (6, 7, 11, 12)}
    keys = {
        day: next(k for k, o in EVERYBODY.items() if head and o.id == head.person_id) for day, head in heads.items()
    }
    assert keys == {6: "nurlaela", 7: "yusuf", 11: "yusuf", 12: "nurlaela"}


@pytest.mark.django_db
def test_a_consultant_acts_for_the_doctor_who_let_him() -> None:
    place_cast(NOW)
    givers = [m.giver_person_id for m in queries.mandates_of(EVERYBODY["andi"].id, NOW)]
    assert EVERYBODY["ayu"].id in givers
