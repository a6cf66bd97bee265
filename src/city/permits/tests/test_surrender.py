"""A holder gives her permit back at the counter: it ends, everybody who checks it reads so, her place is free."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from city.cases.queries import errors_before_submission
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.tests.listening import deliver
from city.notices.models import Notice
from city.people.models import Person
from city.permits import actions
from city.permits.actions import Grounds
from city.permits.models import Permit, PermitAct
from city.permits.tests import make

pytestmark = pytest.mark.django_db
NIK = "3672990105859042"
WHY = "Pemegangnya pindah praktik ke Serang mulai bulan depan."


@pytest.fixture
def doctor(db: None) -> Person:
    return make.a_person(nik=NIK)


@pytest.fixture
def permit(doctor: Person, desk: make.Desk, monkeypatch: pytest.MonkeyPatch) -> Permit:
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.AT + timedelta(days=1))
    return make.a_permit(doctor, desk)


@pytest.fixture
def front(desk: make.Desk, permit: Permit) -> Client:
    """The front office, which has looked at the holder's KTP a moment ago."""
    front = make.officer(desk.front)
    actions.look_up(nik=NIK, purpose="counter.surrender", by=desk.front, at=make.AT + timedelta(days=1))
    return front


def _address(permit: Permit) -> str:
    return reverse("permits-surrender", args=[permit.holder_id, permit.pk])


def test_it_ends_the_permit_and_tells_everybody(front: Client, permit: Permit, doctor: Person) -> None:
    person = reverse("permits-counter-person", args=[doctor.pk])
    assert _address(permit) in front.get(person).content.decode()
    assert "berakhir hari ini untuk seterusnya" in front.get(_address(permit)).content.decode()
    for _press in range(2):
        answer = front.post(_address(permit), {"reason": WHY})
        assert (answer.status_code, answer["Location"]) == (303, person)
    permit.refresh_from_db()
    assert permit.state == "surrendered"
    assert [act.verb for act in PermitAct.objects.filter(permit=permit)] == ["surrendered"]
    event = EventRecord.objects.get(name="PermitSurrendered", subject_id=permit.pk)
    assert "Serang" not in str(event.data)
    deliver()
    assert Notice.objects.filter(person_id=doctor.pk, code="permit.surrendered").count() == 1
    assert _address(permit) not in front.get(person).content.decode()


def test_whoever_checks_it_reads_that_it_was_given_back(front: Client, permit: Permit) -> None:
    front.post(_address(permit), {"reason": WHY})
    page = Client().get(reverse("permits-answer-on", args=[permit.code])).content.decode()
    assert "Sudah diserahkan" in page
    assert "Sejak 24 November 2026" in page
    assert "Serang" not in page


def test_her_place_is_free_afterwards(front: Client, permit: Permit, doctor: Person, desk: make.Desk) -> None:
    for _place in range(2):
        make.a_permit(doctor, desk)
    fourth = make.a_draft(doctor)
    make.fill(fourth)
    assert "place_order" in {one.field for one in errors_before_submission(fourth.pk, make.AT)}
    front.post(_address(permit), {"reason": WHY})
    assert not errors_before_submission(fourth.pk, make.AT)


def test_a_reason_of_one_word_gets_a_sentence_and_is_kept(front: Client, permit: Permit) -> None:
    answer = front.post(_address(permit), {"reason": "Pindah."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tulis sebabnya dalam satu kalimat penuh" in page
    assert "Pindah." in page
    assert Permit.objects.get(pk=permit.pk).state == "active"


def test_a_suspended_permit_may_be_given_back_and_a_revoked_one_not(permit: Permit, desk: make.Desk) -> None:
    grounds = Grounds(WHY, "UU 17/2023 Pasal 264")
    actions.suspend(permit_id=permit.pk, grounds=grounds, by=desk.head, at=make.AT)
    actions.surrender(permit_id=permit.pk, grounds=grounds, by=desk.front, at=make.AT)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "permit.other_state"):
        actions.revoke(permit_id=permit.pk, grounds=grounds, by=desk.head, at=make.AT)


def test_only_the_counter_and_only_with_the_holder_before_it(
    hers: Client, front: Client, permit: Permit, desk: make.Desk
) -> None:
    assert hers.post(_address(permit), {"reason": WHY}).status_code == 403
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "actor.not_permitted"):
        actions.surrender(permit_id=permit.pk, grounds=Grounds(WHY), by=desk.head, at=make.AT)
    unseen = make.a_person("Sri Wahyuni")
    assert front.post(reverse("permits-surrender", args=[unseen.pk, permit.pk]), {"reason": WHY}).status_code == 404
    unknown = reverse("permits-surrender", args=[permit.holder_id, new_id()])
    assert front.post(unknown, {"reason": WHY}).status_code == 404
    assert Permit.objects.get(pk=permit.pk).state == "active"
