"""A permit is suspended or revoked while its renewal or amendment runs: nothing revives it, silence least of all."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import Case, Decision
from city.cases.queries import errors_before_submission, obstacles_of
from city.documents import actions as documents
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.kernel.tests.listening import deliver
from city.notices.models import Notice
from city.people.models import Person
from city.permits import actions
from city.permits.actions import Grounds
from city.permits.models import Permit, PermitAct, State
from city.permits.queries import reason_of
from city.permits.tests import make

pytestmark = pytest.mark.django_db
REASON = Grounds("Praktik tidak sesuai alamat yang diizinkan di kota ini.", "UU 17/2023 Pasal 264")
OVER = datetime(2026, 12, 1, 0, 0, 30, tzinfo=WIB)  # the fifth working day is over
STOPS = ("suspended", "revoked", "surrendered")


@pytest.fixture
def permit(doctor: Person, desk: make.Desk) -> Permit:
    return make.a_permit(doctor, desk)


@pytest.fixture
def amendment(permit: Permit, doctor: Person) -> Case:
    """Filled in whole, not yet sent."""
    case = actions.amend(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=make.AT)
    make.fill(case)
    return case


def stop(permit: Permit, how: str, desk: make.Desk) -> None:
    if how == "surrendered":
        actions.surrender(permit_id=permit.pk, grounds=REASON, by=desk.front, at=make.AT)
        return
    verb = {"suspended": actions.suspend, "revoked": actions.revoke}[how]
    verb(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.AT)


def sent(case: Case) -> Case:
    return cases.submit(case_id=case.pk, by=make.herself(case.applicant), at=make.AT)


def refused(code: str, status: int) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status))


def last_of(case: Case) -> EventRecord:
    return EventRecord.objects.filter(subject_id=case.pk).latest("pk")


@pytest.mark.parametrize(
    ("how", "word"), [("suspended", "dibekukan"), ("revoked", "dicabut"), ("surrendered", "Anda serahkan")]
)
def test_the_amendment_of_a_stopped_permit_is_not_sent(
    amendment: Case, permit: Permit, desk: make.Desk, how: str, word: str
) -> None:
    stop(permit, how, desk)
    with refused("case.incomplete", 422) as caught:
        sent(amendment)
    assert [one.field for one in caught.value.errors] == ["predecessor"]
    assert word in str(caught.value.errors[0].sentence)
    assert permit.number in str(caught.value.errors[0].sentence)
    assert Case.objects.get(pk=amendment.pk).state == "draft"


def test_the_renewal_of_a_suspended_permit_is_not_sent(permit: Permit, doctor: Person, desk: make.Desk) -> None:
    late = datetime(2031, 9, 1, 3, tzinfo=WIB)
    case = actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=late)
    make.fill(case, at=late)
    stop(permit, "suspended", desk)
    with refused("case.incomplete", 422):
        cases.submit(case_id=case.pk, by=make.herself(doctor), at=late)
    actions.reinstate(permit_id=permit.pk, grounds=REASON, by=desk.head, at=late)
    assert cases.submit(case_id=case.pk, by=make.herself(doctor), at=late).state == "submitted"


def test_the_applicant_reads_why_before_she_sends(
    amendment: Case, permit: Permit, desk: make.Desk, hers: Client
) -> None:
    stop(permit, "suspended", desk)
    page = hers.get(reverse("permits-review", args=[amendment.pk])).content.decode()
    assert "sedang dibekukan" in page
    assert reverse("permits-permit", args=[permit.pk]) in page


def test_the_desk_cannot_grant_what_continues_a_stopped_permit(
    amendment: Case, permit: Permit, desk: make.Desk
) -> None:
    make.registered(sent(amendment), desk)
    make.reviewed(amendment, desk)
    stop(permit, "suspended", desk)
    with refused("case.obstacle", 422) as caught:
        cases.draft_decision(case_id=amendment.pk, outcome="grant", by=desk.back, at=make.AT)
    assert [one.field for one in caught.value.errors] == ["outcome"]
    assert not Decision.objects.filter(case=amendment).exists()
    make.to_signature(amendment, desk, "refuse")
    make.signed(amendment, desk)
    assert Case.objects.get(pk=amendment.pk).state == "rejected"


def test_the_officer_reads_why_before_she_drafts(amendment: Case, permit: Permit, desk: make.Desk) -> None:
    make.registered(sent(amendment), desk)
    make.reviewed(amendment, desk)
    stop(permit, "revoked", desk)
    page = make.officer(desk.back).get(reverse("permits-desk-case", args=[amendment.pk])).content.decode()
    assert "sudah dicabut, jadi permohonan ini hanya bisa ditolak" in page


def test_the_head_does_not_sign_what_was_drafted_before(amendment: Case, permit: Permit, desk: make.Desk) -> None:
    make.registered(sent(amendment), desk)
    make.reviewed(amendment, desk)
    make.to_signature(amendment, desk)
    stop(permit, "suspended", desk)
    with refused("case.obstacle", 422):
        make.signed(amendment, desk)
    assert Decision.objects.get(case=amendment).state != "signed"
    page = make.officer(desk.head).get(reverse("permits-desk-case", args=[amendment.pk])).content.decode()
    assert str(obstacles_of(amendment, {}, make.AT)[0].desk) in page


@pytest.mark.parametrize("how", STOPS)
def test_silence_does_not_revive_a_stopped_permit(amendment: Case, permit: Permit, desk: make.Desk, how: str) -> None:
    make.registered(sent(amendment), desk)
    stop(permit, how, desk)
    assert cases.deem_approved(case_id=amendment.pk, at=OVER) is False
    assert (last_of(amendment).name, last_of(amendment).data["because"]) == ("SilenceBlocked", f"permit_{how}")
    deliver()
    assert Notice.objects.filter(code="desk.blocked").exists()
    assert not Permit.objects.filter(case=amendment).exists()


def test_a_return_may_still_be_answered(amendment: Case, permit: Permit, desk: make.Desk) -> None:
    """Else it would lapse while the permit rests, and what was asked could never be mended."""
    sent(amendment)
    cases.mark_defect(
        case_id=amendment.pk, target="ktp", code="unreadable", message="Foto ulang.", by=desk.front, at=make.AT
    )
    cases.send_back(case_id=amendment.pk, by=desk.front, at=make.AT)
    stop(permit, "suspended", desk)
    assert errors_before_submission(amendment.pk, make.AT) == []


@pytest.mark.parametrize("how", STOPS)
def test_stopped_between_signature_and_letter_the_new_permit_is_stopped_too(
    amendment: Case, permit: Permit, desk: make.Desk, how: str
) -> None:
    """The letter exists and its code is on it: whoever checks it must read that it is worth nothing."""
    make.registered(sent(amendment), desk)
    make.reviewed(amendment, desk)
    make.to_signature(amendment, desk)
    assert desk.head.person_id is not None
    documents.ensure_demo_signer(desk.head.person_id, "Hj. Nurlaela", make.PASSPHRASE, at=make.AT)
    cases.sign(case_id=amendment.pk, passphrase=make.PASSPHRASE, by=desk.head, at=make.AT)
    stop(permit, how, desk)
    make.store_letter(amendment)
    new, act = Permit.objects.get(case=amendment), PermitAct.objects.get(permit__case=amendment)
    assert (new.state, act.verb, act.article) == (how, how, REASON.article if how != "surrendered" else act.article)
    assert reason_of(act, new.holder_id) == REASON.reason
    permit.refresh_from_db()
    assert permit.state != State.ACTIVE
    told = list(Notice.objects.filter(person_id=new.holder_id).values_list("code", flat=True))
    assert told.count(f"permit.{how}") == 2
    assert told.count("permit.issued") == 1  # the first permit's
    assert actions.issue(case_id=amendment.pk, at=make.AT).state == how
    assert PermitAct.objects.filter(permit=new).count() == 1
