"""A person is told once: in her inbox at once, by her channel after the commit."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from city.kernel.models import EventRecord
from city.notices import queries
from city.notices.actions import notify
from city.notices.models import Dispatch, Notice
from city.notices.tests.make import FACTS, NOW, a_notice, a_person

pytestmark = pytest.mark.django_db


def jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'notices.send'")
        return [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]


def test_the_inbox_has_it_and_the_log_says_she_was_told() -> None:
    person = a_person(email="raka@contoh.example")
    notice = a_notice(person)
    letter = queries.inbox_of(person.pk).rows[0]
    assert letter.words.title == "Berkas SPC-SIPD-2026-000123 perlu diperbaiki"
    assert not letter.read
    event = EventRecord.objects.get(name="NoticeGiven")
    assert event.data == {"notice_id": str(notice.pk), "person_id": str(person.pk), "code": "tests.returned"}


@pytest.mark.parametrize(
    ("email", "phone", "chosen", "used"),
    [
        ("raka@contoh.example", "+628129990001", "email", "email"),
        ("raka@contoh.example", "+628129990001", "whatsapp", "whatsapp"),
        ("", "+628129990001", "email", "sms"),
        ("", "+628129990001", "sms", "sms"),
        ("raka@contoh.example", "", "whatsapp", "email"),
    ],
)
def test_it_leaves_by_the_channel_she_chose_if_that_has_an_address(
    email: str, phone: str, chosen: str, used: str
) -> None:
    a_notice(a_person(email=email, phone=phone, channel=chosen))
    dispatch = Dispatch.objects.get()
    assert (dispatch.channel, dispatch.state) == (used, "waiting")
    assert jobs() == [{"dispatch_id": str(dispatch.pk)}]


def test_a_person_without_any_address_still_has_her_inbox() -> None:
    person = a_person()
    a_notice(person)
    assert queries.unread_count(person.pk) == 1
    assert not Dispatch.objects.exists()
    assert jobs() == []


def test_nothing_is_sent_when_the_callers_transaction_falls() -> None:
    person = a_person(email="raka@contoh.example")

    @transaction.atomic
    def half_done() -> None:
        a_notice(person)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert (Notice.objects.count(), jobs()) == (0, [])


def test_a_notice_without_words_is_refused() -> None:
    person = a_person()
    with pytest.raises(KeyError):
        notify(person_id=person.pk, code="tests.unheard", facts=FACTS, link="/", at=NOW)


def test_a_link_out_of_the_city_is_refused_by_the_database() -> None:
    person = a_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_notice(person, link="https://elsewhere.example/")


def test_words_that_were_taken_off_the_shelf_still_read_as_something() -> None:
    assert queries.worded("tests.gone", {"x": "1"}).title == "Kabar tentang urusan Anda"
