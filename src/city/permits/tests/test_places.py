"""Three practice places at a time: a place is counted once, and counted again before anything is granted."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import errors_before_submission
from city.documents import actions as documents
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.people.models import Person
from city.permits import actions
from city.permits.models import Permit
from city.permits.tests import make

pytestmark = pytest.mark.django_db
WINDOW = datetime(2031, 9, 1, 3, tzinfo=WIB)  # inside the last 90 days of permits given in November 2026
OVER = datetime(2026, 12, 1, 0, 0, 30, tzinfo=WIB)  # the fifth working day is over


def renewal_of(permit: Permit, doctor: Person) -> Case:
    case = actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=WINDOW)
    make.fill(case, at=WINDOW)
    return case


def through(case: Case, desk: make.Desk, at: datetime) -> Permit:
    cases.submit(case_id=case.pk, by=make.herself(case.applicant), at=at)
    make.registered(case, desk, at)
    make.reviewed(case, desk, at=at)
    make.to_signature(case, desk, at=at)
    make.signed(case, desk, at)
    return Permit.objects.get(case=case)


def test_a_doctor_with_three_places_renews_them_one_after_the_other(doctor: Person, desk: make.Desk) -> None:
    first, second, _third = (make.a_permit(doctor, desk) for _place in range(3))
    renewed = through(renewal_of(first, doctor), desk, WINDOW)
    assert renewed.valid_from > date(2031, 9, 1)
    assert errors_before_submission(renewal_of(second, doctor).pk, WINDOW) == []
    fourth = make.a_draft(doctor, at=WINDOW)
    make.fill(fourth, at=WINDOW)
    assert [one.field for one in errors_before_submission(fourth.pk, WINDOW)] == ["place_order"]


def two_for_one_place(doctor: Person, desk: make.Desk) -> tuple[Case, Case]:
    """Two places are held; two new ones were asked for, and both were registered."""
    for _place in range(2):
        make.a_permit(doctor, desk)
    asked = [make.registered(make.submitted(doctor), desk) for _new in range(2)]
    return asked[0], asked[1]


def test_of_two_applications_for_the_last_place_one_is_granted(doctor: Person, desk: make.Desk) -> None:
    one, other = two_for_one_place(doctor, desk)
    for case in (one, other):
        make.reviewed(case, desk)
    make.to_signature(one, desk)
    make.signed(one, desk)
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "case.obstacle") as caught:
        cases.draft_decision(case_id=other.pk, outcome="grant", by=desk.back, at=make.AT)
    assert str(caught.value.sentence) == "Pemohon sudah memegang 3 izin praktik, dan itu batasnya."


def test_silence_grants_the_last_place_once(doctor: Person, desk: make.Desk) -> None:
    """Both deadlines pass in the same minute, before either letter is written."""
    one, other = two_for_one_place(doctor, desk)
    documents.ensure_demo_seal("DPMPTSP", at=make.AT)
    assert [cases.deem_approved(case_id=case.pk, at=OVER) for case in (one, other)] == [True, False]
    blocked = EventRecord.objects.get(name="SilenceBlocked", subject_id=other.pk)
    assert blocked.data["because"] == "places_taken"
    hers = Client()
    hers.force_login(make.an_account(doctor))
    page = hers.get(reverse("permits-case", args=[other.pk])).content.decode()
    assert "Syarat layanan ini tidak terpenuhi lagi. Petugas yang memutuskan." in page
    front = make.officer(desk.front).get(reverse("permits-desk-case", args=[other.pk]), {"look": "story"})
    assert "syarat layanan ini tidak terpenuhi lagi" in front.content.decode()
    assert "places_taken" not in page + front.content.decode()
