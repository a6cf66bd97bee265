"""Persons, and what the database may hold of them."""

import pytest
from django.db import connection

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import as_event
from city.kernel.keyring import KeyLost
from city.kernel.models import EventRecord
from city.kernel.subjects import erase, open_for
from city.people import actions, queries
from city.people.actions import NewPerson
from city.people.declare import PURPOSES
from city.people.events import PersonDataSeen
from city.people.models import Person
from city.people.tests.make import AT, CITY, a_nik, a_person, an_account, an_appointment, an_office

pytestmark = pytest.mark.django_db


def official(*permissions: str) -> Actor:
    account = an_account()
    held = an_appointment(account.person, an_office("dpmptsp.front", "Petugas loket", *permissions))
    return queries.actor_for(account, appointment_id=held.pk, at=AT)


def test_a_person_is_found_by_nik_and_the_rows_do_not_hold_it() -> None:
    nik = a_nik()
    person = a_person("dr. Ni Luh Ayu D'Souza", nik)
    assert queries.person_with_nik(f"{nik[:4]} {nik[4:]}") == person
    assert queries.masked_nik(person.pk) == f"3672••••••••{nik[-4:]}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_person::text, encode(nik_sealed, 'escape') FROM people_person")
        assert nik not in str(cursor.fetchall())
        cursor.execute("SELECT kernel_eventrecord::text FROM kernel_eventrecord")
        assert nik not in str(cursor.fetchall())


def test_a_sealed_nik_does_not_open_in_another_row() -> None:
    one, other = a_person(), a_person()
    assert one.nik_sealed is not None
    with pytest.raises(KeyLost):
        open_for(other.pk, bytes(one.nik_sealed), about=queries.place_of_nik(other.pk))
    with pytest.raises(KeyLost):
        open_for(one.pk, bytes(one.nik_sealed), about=queries.place_of_nik(other.pk))


def test_an_erased_person_has_no_nik_left() -> None:
    person = a_person()
    erase(person.pk, at=AT)
    assert queries.masked_nik(person.pk) == ""
    assert queries.reveal_nik(person.pk, by=CITY, purpose="permits.letter", at=AT) == ""


def test_one_nik_one_person() -> None:
    nik = a_nik()
    a_person("Sri Wahyuni", nik)
    with pytest.raises(Refusal) as refused:
        a_person("Sri Lain", nik)
    assert refused.value.code == "person.nik_taken"
    assert Person.objects.filter(name="Sri Lain").count() == 0


def test_bad_input_gets_a_sentence_for_each_field() -> None:
    with pytest.raises(Refusal) as refused:
        actions.register_person(name=" ", nik="123", phone="12", by=CITY, at=AT)
    assert {error.field: str(error.sentence) for error in refused.value.errors} == {
        "name": "Isi nama seperti di KTP.",
        "nik": "NIK harus 16 angka. Anda mengetik 3.",
        "phone": "Nomor telepon ini tidak lengkap. Contoh: 0812-3456-7890.",
    }
    assert refused.value.status == 422


def test_the_same_registration_twice_is_one_person() -> None:
    nik, row_id = a_nik(), a_person().pk
    again = actions.register_person(name="Sri", nik=nik, by=CITY, at=AT, more=NewPerson(person_id=row_id))
    assert again.pk == row_id
    assert EventRecord.objects.filter(name="PersonRegistered", subject_id=row_id).count() == 1


def test_the_counter_registers_others_nobody_else_does() -> None:
    by = official("permits.counter")
    person = actions.register_person(name="Sofyan Hadi", nik=a_nik(), phone="0812 3456 7890", by=by, at=AT)
    assert person.phone == "+6281234567890"
    assert person.created_by == by.ref
    assert queries.contact_of(person.pk).phone == "+6281234567890"
    with pytest.raises(Refusal) as refused:
        actions.register_person(name="Sofyan", nik=a_nik(), by=official("permits.verify"), at=AT)
    assert refused.value.status == 403


def test_opening_a_nik_is_on_record_with_its_purpose() -> None:
    nik = a_nik()
    person, by = a_person("Raka", nik), official("permits.verify")
    assert queries.reveal_nik(person.pk, by=by, purpose="permits.verify", at=AT) == nik
    record = EventRecord.objects.get(name="PersonDataSeen", subject_id=person.pk)
    assert as_event(record, PersonDataSeen).purpose == "permits.verify"
    assert record.actor == by.ref


def test_she_can_see_who_looked_and_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PURPOSES._things, "permits.verify", "memeriksa permohonan")
    person, by = a_person("Sofyan Hadi"), official("permits.verify")
    queries.reveal_nik(person.pk, by=by, purpose="permits.verify", at=AT)
    queries.reveal_nik(person.pk, by=by, purpose="elsewhere", at=AT)
    queries.reveal_nik(person.pk, by=CITY, purpose="permits.letter", at=AT)
    queries.reveal_nik(person.pk, by=Actor(ref=f"person:{person.pk}", person_id=person.pk), purpose="x", at=AT)
    assert [(one.name, one.what, one.purpose) for one in queries.seen_of(person.pk)] == [
        ("Sri Wahyuni", "nik", ""),
        ("Sri Wahyuni", "nik", "memeriksa permohonan"),
    ]


def test_a_citizen_opens_her_own_nik_only() -> None:
    me, other = a_person(), a_person()
    by = Actor(ref=f"person:{me.pk}", person_id=me.pk)
    assert queries.reveal_nik(me.pk, by=by, purpose="profile", at=AT)
    with pytest.raises(Refusal) as refused:
        queries.reveal_nik(other.pk, by=by, purpose="curiosity", at=AT)
    assert refused.value.status == 403
    assert not EventRecord.objects.filter(name="PersonDataSeen", subject_id=other.pk).exists()


def test_she_mends_her_name_and_the_event_says_what_not_to_what() -> None:
    person = a_person("Ni Luh Ayu")
    by = Actor(ref=f"person:{person.pk}", person_id=person.pk)
    for _ in range(2):
        actions.save_profile(person.pk, name="dr. Ni Luh Ayu D’Souza", by=by, at=AT)
    assert queries.name_of(person.pk) == "dr. Ni Luh Ayu D'Souza"
    record = EventRecord.objects.get(name="ProfileChanged")
    assert record.data["fields"] == ["name"]


def test_a_known_nik_is_changed_at_the_counter_alone() -> None:
    person, nik = a_person(), a_nik()
    herself = Actor(ref=f"person:{person.pk}", person_id=person.pk)
    with pytest.raises(Refusal) as refused:
        actions.save_profile(person.pk, nik=nik, by=herself, at=AT)
    assert refused.value.code == "person.nik_fixed"
    actions.save_profile(person.pk, nik=nik, by=official("permits.counter"), at=AT)
    assert queries.person_with_nik(nik) == person


def test_nobody_mends_another_person() -> None:
    with pytest.raises(Refusal) as refused:
        actions.save_profile(a_person().pk, name="Lain", by=Actor(ref="person:x", person_id=a_person().pk), at=AT)
    assert refused.value.status == 403
