"""A notice is read by its addressee and by nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.notices import actions, queries
from city.notices.actions import notify
from city.notices.tests.make import NOW, a_notice, a_person, herself

pytestmark = pytest.mark.django_db


def test_opening_marks_it_read_once() -> None:
    person = a_person()
    notice = a_notice(person)
    first = actions.open_notice(notice_id=notice.pk, by=herself(person), at=NOW)
    again = actions.open_notice(notice_id=notice.pk, by=herself(person), at=NOW + timedelta(days=1))
    assert first.read_at == again.read_at == NOW
    assert queries.unread_count(person.pk) == 0


def test_somebody_elses_notice_is_not_there() -> None:
    notice = a_notice(a_person())
    for wanted, who in ((notice.pk, a_person(name="Sri")), (new_id(), a_person(name="Ayu"))):
        with pytest.raises(Refusal) as refused:
            actions.open_notice(notice_id=wanted, by=herself(who), at=NOW)
        assert refused.value.status == 404


def test_marking_all_read_leaves_other_inboxes_alone() -> None:
    raka, sri = a_person(), a_person(name="Sri")
    a_notice(raka)
    a_notice(raka)
    a_notice(sri)
    assert actions.read_all(by=herself(raka), at=NOW) == 2
    assert (queries.unread_count(raka.pk), queries.unread_count(sri.pk)) == (0, 1)


def test_the_inbox_pages_by_key_newest_first() -> None:
    person = a_person()
    for day in range(3):
        a_notice(person, at=NOW + timedelta(days=day))
    first = queries.inbox_of(person.pk, size=2)
    rest = queries.inbox_of(person.pk, first.next_key, size=2)
    days = [letter.at.day for letter in (*first.rows, *rest.rows)]
    assert days == [26, 25, 24]


def test_the_page_shows_it_and_leads_to_its_matter(client: Client) -> None:
    person = a_person(email="raka@contoh.example")
    notice = a_notice(person, link="/bantuan")
    client.force_login(person.account)
    page = client.get("/pesan")
    assert strip_tags(page.content.decode()).count("Berkas SPC-SIPD-2026-000123 perlu diperbaiki") == 1
    assert "Belum dibaca" in page.content.decode()
    opened = client.get(f"/pesan/{notice.pk}")
    assert (opened.status_code, opened["Location"]) == (302, "/bantuan")
    assert "Belum dibaca" not in client.get("/pesan").content.decode()


def test_all_read_by_one_press(client: Client) -> None:
    person = a_person(email="raka@contoh.example")
    a_notice(person)
    client.force_login(person.account)
    assert client.post("/pesan/dibaca").status_code == 303
    assert queries.unread_count(person.pk) == 0


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/pesan")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk?next=/pesan")


def test_citizens_do_not_see_what_failed(client: Client) -> None:
    person = a_person(email="raka@contoh.example")
    client.force_login(person.account)
    assert client.get("/pesan/gagal").status_code == 403


def test_a_notice_that_lacks_a_fact_still_opens_the_inbox() -> None:
    person = a_person()
    notify(person_id=person.pk, code="tests.returned", facts={"number": "SPC-1"}, link="/sipeci/", at=NOW)
    (letter,) = queries.inbox_of(person.pk).rows
    assert (letter.words.title, letter.words.body) == ("Berkas SPC-1 perlu diperbaiki", "Perbaiki paling lambat -.")
