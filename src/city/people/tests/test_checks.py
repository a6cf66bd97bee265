"""`city verify` finds what was moved or written past the front door."""

import pytest

from city.kernel.subjects import erase
from city.people.checks import lost_niks, plain_passwords
from city.people.models import Account, Person
from city.people.tests.make import AT, a_person, an_account

pytestmark = pytest.mark.django_db


def test_a_sound_city_has_nothing_to_say() -> None:
    an_account()
    erase(a_person().pk, at=AT)
    assert list(lost_niks()) == []
    assert list(plain_passwords()) == []


def test_a_nik_moved_to_another_row_is_found() -> None:
    one, other = a_person(), a_person()
    Person.objects.filter(pk=one.pk).update(nik_sealed=other.nik_sealed)
    (said,) = lost_niks()
    assert str(one.pk) in said


def test_a_fingerprint_of_another_key_is_found() -> None:
    one = a_person()
    Person.objects.filter(pk=one.pk).update(nik_index="0" * 64)
    (said,) = lost_niks()
    assert str(one.pk) in said


def test_a_password_written_by_hand_is_found() -> None:
    account = an_account()
    Account.objects.filter(pk=account.pk).update(password="garam")
    (said,) = plain_passwords()
    assert str(account.pk) in said
