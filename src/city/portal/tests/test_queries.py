"""The front page's figures and news come from rows, and nobody finds a stranger's errand."""

from datetime import date, datetime

import pytest
from django.utils import translation

from city.cases.declare import HERE, KINDS
from city.kernel.actor import Actor, system
from city.kernel.events import publish
from city.kernel.models import Holiday
from city.kernel.rules import WIB
from city.people.events import PersonDataSeen
from city.people.models import Person
from city.portal import queries
from city.portal.queries.doors import planned

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def a_person(name: str) -> Person:
    person = Person(name=name, created_by="tests", created_at=NOW)
    person.save()
    return person


def a_holiday(day: date, name: str, *, confirmed: bool = True) -> None:
    Holiday.objects.create(day=day, name=name, source="tests", confirmed=confirmed)


def test_share_counts_every_planned_kind_once() -> None:
    share = queries.share()
    assert share.total == len(planned())
    whole = [kind for kind in planned() if kind.code in KINDS and KINDS[kind.code].spec.issuing_system() == HERE]
    assert (share.full, "pbg" in {kind.code for kind in whole}) == (len(whole), False)


def test_doors_lead_only_to_what_exists() -> None:
    assert sum(door.count for door in queries.doors()) == len([1 for kind in KINDS if "product" in kind.spec.parts])


def test_the_doctors_permit_is_found_and_the_billboard_is_said_to_be_elsewhere() -> None:
    assert [s.code for s in _found("sip dokter").services] == ["sip_dokter"]
    billboard = _found("reklame")
    assert (billboard.services, [kind.code for kind in billboard.elsewhere]) == ([], ["reklame"])


def _found(query: str) -> queries.Found:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("city.portal.queries.finding.tracked", lambda number, at: None)
        patch.setattr("city.portal.queries.finding.answer_on", lambda code, at: None)
        return queries.found(query, None, NOW)


@pytest.mark.django_db
def test_christmas_is_told_as_one_absence_of_two_working_days() -> None:
    a_holiday(date(2026, 12, 24), "Cuti Bersama Natal")
    a_holiday(date(2026, 12, 25), "Hari Raya Natal")
    a_holiday(date(2026, 12, 26), "Sabtu yang tidak menggeser apa pun")
    told = queries.news(date(2026, 11, 24))
    assert [one.words for one in told] == [
        "Kantor tutup 24 dan 25 Desember 2026. Batas waktu izin ikut bergeser 2 hari kerja."
    ]
    with translation.override("en"):
        assert "24 and 25 December 2026" in queries.news(date(2026, 11, 24))[0].words


@pytest.mark.django_db
def test_an_estimate_says_that_it_is_one() -> None:
    a_holiday(date(2026, 12, 1), "Hari contoh", confirmed=False)
    assert queries.news(date(2026, 11, 24))[0].note == "Hari contoh. Tanggal perkiraan, belum ditetapkan."


@pytest.mark.django_db
def test_on_a_day_off_the_page_says_when_the_office_opens() -> None:
    a_holiday(date(2026, 12, 25), "Hari Raya Natal")
    first = queries.news(date(2026, 12, 25))[0]
    assert first.urgent
    assert "Senin, 28 Desember 2026" in first.note


@pytest.mark.django_db
def test_a_person_reads_who_opened_her_nik_and_nobody_elses() -> None:
    me, officer, other = a_person("Raka"), a_person("Dewi Lestari"), a_person("Sri")
    for whose in (me, other):
        _look(whose, officer)
    page = queries.looks_at(me.pk, NOW)
    assert [(look.who, look.why, look.what) for look in page.rows] == [
        ("Dewi Lestari", "Memeriksa permohonan", "NIK utuh"),
    ]


def _look(at_whom: Person, by_whom: Person) -> None:
    by = Actor(ref=f"person:{by_whom.pk}", person_id=by_whom.pk)
    publish(PersonDataSeen(person_id=at_whom.pk, what="nik", purpose="permits.desk"), by=by, at=NOW)


@pytest.mark.django_db
def test_the_citys_own_jobs_are_named_as_such() -> None:
    me = a_person("Raka")
    publish(PersonDataSeen(person_id=me.pk, what="nik", purpose="permits.letter"), by=system("letters"), at=NOW)
    assert queries.looks_at(me.pk, NOW).rows[0].who == "Sistem kota"
