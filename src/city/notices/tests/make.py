"""Builders for people who are told things, and words to tell them."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.notices.actions import notify
from city.notices.declare import WORDS, Words
from city.notices.models import Notice
from city.people.models import Account, Person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)

if "tests.returned" not in WORDS:
    WORDS.add(
        "tests.returned",
        Words(
            title=_("Berkas %(number)s perlu diperbaiki"),
            body=_("Perbaiki paling lambat %(day)s."),
            sms=_("Berkas %(number)s perlu diperbaiki."),
            sample={"number": "SPC-SIPD-2026-000123", "day": "4 Desember 2026"},
        ),
    )
FACTS = {"number": "SPC-SIPD-2026-000123", "day": "4 Desember 2026"}


def a_person(
    *, email: str = "", phone: str = "", channel: str = "email", language: str = "id", name: str = "Raka"
) -> Person:
    """With an account when she has an address, else one who was only ever seen at the counter."""
    person = Person(name=name, created_by="tests", created_at=NOW)
    person.save()
    if email or phone:
        Account(
            person=person,
            email=email or None,
            phone=phone or None,
            channel=channel,
            language=language,
            created_at=NOW,
        ).save()
    return person


def a_notice(person: Person, *, at: datetime = NOW, link: str = "/sipeci/") -> Notice:
    return notify(person_id=person.pk, code="tests.returned", facts=FACTS, link=link, at=at)


def herself(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def an_operator() -> Actor:
    who: UUID = new_id()
    return Actor(ref=f"person:{who}", person_id=who, appointment_id=new_id(), permissions=frozenset({"platform.admin"}))
