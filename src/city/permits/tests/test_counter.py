"""The counter: an officer files for somebody without a phone, and every look leaves a name."""

import pytest
from django.test import Client
from django.urls import reverse

from city.cases.models import Case
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db
NIK = "3672990101800042"


@pytest.fixture
def front(desk: make.Desk) -> Client:
    """The front office's browser, in office."""
    return make.officer(desk.front)


@pytest.mark.parametrize("who", ["client", "hers"])
def test_the_counter_is_for_the_front_office(who: str, request: pytest.FixtureRequest, db: None) -> None:
    client: Client = request.getfixturevalue(who)
    assert client.get(reverse("permits-counter")).status_code in (302, 403)


def test_a_short_nik_gets_a_sentence(front: Client) -> None:
    answer = front.post(reverse("permits-counter"), {"nik": "36729901", "purpose": "counter.file"})
    assert answer.status_code == 422
    assert "Anda mengetik 8" in answer.content.decode()


def test_looking_up_is_recorded_with_its_purpose(front: Client, desk: make.Desk) -> None:
    person = make.a_person("Sofyan Hadi", nik=NIK)
    answer = front.post(reverse("permits-counter"), {"nik": "3672 9901 0180 0042", "purpose": "counter.help"})
    assert answer["Location"] == reverse("permits-counter-person", args=[person.pk])
    record = EventRecord.objects.get(name="PersonDataSeen", subject_id=person.pk)
    assert (record.data["purpose"], record.actor) == ("counter.help", desk.front.ref)
    page = front.get(answer["Location"]).content.decode()
    assert "Sofyan Hadi" in page
    assert NIK not in page


def test_nobody_leafs_through_people(front: Client) -> None:
    person = make.a_person("Sofyan Hadi", nik=NIK)
    assert front.get(reverse("permits-counter-person", args=[person.pk])).status_code == 404
    opened = front.post(
        reverse("permits-counter-opening", args=[person.pk]), {"case_id": new_id(), "kind": "sip_dokter"}
    )
    assert opened.status_code == 404
    assert not Case.objects.exists()


def test_a_newcomer_is_registered_once_and_filed_for(front: Client, desk: make.Desk) -> None:
    page = front.post(reverse("permits-counter"), {"nik": NIK, "purpose": "counter.file"})
    assert "belum tercatat" in page.content.decode()
    given = {"person_id": new_id(), "nik": NIK, "name": "Sofyan Hadi", "birth_date": "1980-01-01"}
    first, second = (front.post(reverse("permits-newcomer"), given) for _ in range(2))
    assert first["Location"] == second["Location"]
    person = Person.objects.get(name="Sofyan Hadi")
    opening = {"case_id": str(new_id()), "kind": "surat_penelitian"}
    opened = front.post(reverse("permits-counter-opening", args=[person.pk]), opening)
    assert opened.status_code == 303
    case = Case.objects.get(applicant=person)
    assert case.filed_by_id == desk.front.person_id
    make.fill(case, by=desk.front)
    case.refresh_from_db()
    sent = front.post(reverse("permits-submission", args=[case.pk]), {"seen": case.version})
    assert sent.status_code == 303
    receipt = front.get(reverse("permits-receipt", args=[case.pk])).content.decode()
    assert "Sofyan Hadi" in receipt
    assert "data-print" in receipt
    assert "SPC-SKP-2026" in front.get(reverse("permits-counter")).content.decode()


def test_a_wrong_ktp_keeps_what_was_typed(front: Client) -> None:
    given = {"person_id": new_id(), "nik": "3672990101800", "name": "Sofyan Hadi"}
    answer = front.post(reverse("permits-newcomer"), given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Anda mengetik 13" in page
    assert "Sofyan Hadi" in page
