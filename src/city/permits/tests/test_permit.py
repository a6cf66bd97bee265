"""A permit's life: issued, issued by silence, renewed, amended, suspended, revoked, run out; and who hears of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from city.cases import actions as cases
from city.cases.models import Case
from city.cases.queries import answers_of
from city.documents import actions as documents
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.kernel.tests.listening import deliver
from city.notices.models import Notice
from city.notices.queries import worded
from city.people.models import Person
from city.permits import actions
from city.permits.actions import Grounds
from city.permits.models import Permit, PermitAct, State
from city.permits.queries import face_of, reason_of
from city.permits.tests import make

pytestmark = pytest.mark.django_db
REASON = Grounds("Praktik tidak sesuai alamat yang diizinkan di kota ini.", "UU 17/2023 Pasal 264")
FIVE_YEARS_ON = datetime(2031, 9, 1, 3, tzinfo=WIB)  # inside the last 90 days


@pytest.fixture
def permit(doctor: Person, desk: make.Desk) -> Permit:
    return make.a_permit(doctor, desk)


def refused(code: str, status: int) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status))


def told(person_id: UUID | None) -> list[str]:
    assert person_id is not None
    return list(Notice.objects.filter(person_id=person_id).order_by("at", "id").values_list("code", flat=True))


def names(subject_id: UUID) -> list[str]:
    return list(EventRecord.objects.filter(subject_id=subject_id).order_by("id").values_list("name", flat=True))


def test_issuing_twice_gives_one_permit(permit: Permit) -> None:
    again = actions.issue(case_id=permit.case_id, at=make.AT)
    assert again.pk == permit.pk
    assert names(permit.pk) == ["PermitIssued"]


def test_the_face_is_sealed(permit: Permit) -> None:
    assert face_of(permit).name == "dr. Ni Luh Ayu D'Souza"
    assert face_of(permit).place[0] == "Klinik Pratama Jombang"
    assert b"Souza" not in bytes(permit.face)


def test_events_hold_no_name(permit: Permit) -> None:
    for record in EventRecord.objects.all():
        assert "Souza" not in str(record.data)
        assert "Klinik" not in str(record.data)


def test_applicant_hears_of_each_step(permit: Permit, doctor: Person) -> None:
    assert set(told(doctor.pk)) == {"case.submitted", "case.registered", "permit.issued"}


def test_whoever_the_case_waits_for_hears_of_it(doctor: Person, desk: make.Desk) -> None:
    case = make.registered(make.submitted(doctor), desk)
    cases.examine(case_id=case.pk, by=desk.back, at=make.AT)
    deliver()
    assert told(desk.health.person_id) == ["desk.review"]
    cases.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=make.AT)
    make.to_signature(case, desk)
    deliver()
    assert told(desk.head.person_id) == ["desk.sign"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_notice_reads_whole(permit: Permit, language: str) -> None:
    with translation.override(language):
        for notice in Notice.objects.all():
            words = worded(notice.code, notice.facts, language)
            assert "%(" not in words.title + words.body + words.sms
            assert "None" not in words.title + words.body + words.sms


def _silence(case: Case, desk: make.Desk) -> Permit | None:
    """The clock after the last working day, the job that writes and seals, the listeners."""
    at = datetime(2026, 12, 1, 0, 0, 30, tzinfo=WIB)
    documents.ensure_demo_seal("DPMPTSP", at=make.AT)
    if cases.deem_approved(case_id=case.pk, at=at):
        make.write_letter(case, at)
        make.store_letter(case, at)
    else:
        deliver()
    return Permit.objects.filter(case=case).first()


def test_silence_grants_under_the_agency_seal(doctor: Person, desk: make.Desk) -> None:
    case = make.registered(make.submitted(doctor), desk)
    permit = _silence(case, desk)
    assert permit is not None
    assert permit.automatic
    assert permit.paper.signer_ref == "agency:DPMPTSP"
    assert permit.valid_from == date(2026, 12, 1)
    assert "permit.issued_automatically" in told(doctor.pk)


def test_silence_is_blocked_by_a_negative_review(doctor: Person, desk: make.Desk) -> None:
    case = make.registered(make.submitted(doctor), desk)
    make.reviewed(case, desk, "not_recommended")
    assert _silence(case, desk) is None
    assert "case.blocked" in told(doctor.pk)
    assert "desk.blocked" in told(desk.back.person_id)


def test_both_sides_are_warned(doctor: Person, desk: make.Desk) -> None:
    case = make.registered(make.submitted(doctor), desk)
    cases.warn(case_id=case.pk, at=make.after(3, hour=0))
    deliver()
    assert "case.warned" in told(doctor.pk)
    assert "desk.warned" in told(desk.back.person_id)


@pytest.mark.parametrize("held_by", ["a negative review", "a drafted refusal"])
def test_nobody_is_promised_what_silence_will_not_give(
    doctor: Person, desk: make.Desk, hers: Client, held_by: str
) -> None:
    promise, page = (
        "dengan sendirinya",
        reverse("permits-case", args=[make.registered(make.submitted(doctor), desk).pk]),
    )
    case = Case.objects.get()
    assert promise in hers.get(page).content.decode()
    make.reviewed(case, desk, "not_recommended" if held_by == "a negative review" else "recommended")
    if held_by == "a drafted refusal":
        grounds = cases.Grounds("L1", "Pasal contoh", "Alamat praktik tidak ditemukan.")
        cases.draft_decision(case_id=case.pk, outcome="refuse", by=desk.back, at=make.AT, refusal=grounds)
    assert promise not in hers.get(page).content.decode()
    cases.warn(case_id=case.pk, at=make.after(3, hour=0))
    deliver()
    who = desk.back if held_by == "a negative review" else desk.officer
    assert "case.warned_held" in told(doctor.pk)
    assert "desk.warned_held" in told(who.person_id)
    assert not {"case.warned", "desk.warned"} & {*told(doctor.pk), *told(who.person_id)}


def test_renewal_waits_for_its_window(permit: Permit, doctor: Person) -> None:
    with refused("permit.not_renewable", 409):
        actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=make.after(30))


def test_renewal_begins_with_what_the_permit_knew(permit: Permit, doctor: Person) -> None:
    by = make.herself(doctor)
    case = actions.renew(permit_id=permit.pk, case_id=new_id(), by=by, at=FIVE_YEARS_ON)
    again = actions.renew(permit_id=permit.pk, case_id=new_id(), by=by, at=FIVE_YEARS_ON)
    assert again.pk == case.pk
    assert (case.application_type, case.predecessor) == ("renewal", permit.pk)
    assert answers_of(case.pk)["facility_name"] == "Klinik Pratama Jombang"
    assert names(permit.pk).count("RenewalOpened") == 1


def test_a_renewal_starts_the_day_after(permit: Permit, doctor: Person, desk: make.Desk) -> None:
    case = actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=FIVE_YEARS_ON)
    renewed = _through(case, desk, FIVE_YEARS_ON)
    assert permit.valid_until is not None
    assert renewed.valid_from == permit.valid_until + timedelta(days=1)
    permit.refresh_from_db()
    assert permit.state == State.ACTIVE
    with refused("permit.not_renewable", 409):
        actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=FIVE_YEARS_ON)


def test_an_amendment_takes_its_place_and_keeps_its_end(permit: Permit, doctor: Person, desk: make.Desk) -> None:
    at = make.after(20)
    case = actions.amend(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=at)
    amended = _through(case, desk, at)
    permit.refresh_from_db()
    assert permit.state == State.SUPERSEDED
    assert (amended.valid_until, amended.predecessor_id) == (permit.valid_until, permit.pk)
    assert "PermitSuperseded" in names(permit.pk)


def test_everybody_reads_that_an_amended_permit_was_replaced(
    permit: Permit, doctor: Person, desk: make.Desk, hers: Client
) -> None:
    case = actions.amend(permit_id=permit.pk, case_id=new_id(), by=make.herself(doctor), at=make.AT)
    amended = _through(case, desk, make.AT)
    page = Client().get(reverse("permits-answer-on", args=[permit.code])).content.decode()
    assert "Sudah diganti" in page
    assert "Diganti 23 November 2026" in page
    assert "Izin ini asli, tetapi sudah diganti. Minta surat yang baru." in page
    assert reverse("permits-answer-on", args=[amended.code]) in page
    own = hers.get(reverse("permits-permit", args=[permit.pk])).content.decode()
    assert "Data izin ini sudah diubah. Izin penggantinya berlaku sejak 23 November 2026." in own
    assert "Sudah diperpanjang" not in own
    assert "Ubah data izin" not in own


def _through(case: Case, desk: make.Desk, at: datetime) -> Permit:
    make.fill(case, {}, at=at)
    cases.submit(case_id=case.pk, by=make.herself(case.applicant), at=at)
    make.registered(case, desk, at)
    make.reviewed(case, desk, at=at)
    make.to_signature(case, desk, at=at)
    make.signed(case, desk, at)
    return Permit.objects.get(case=case)


def test_the_holder_hears_once_that_it_can_be_renewed(permit: Permit, doctor: Person) -> None:
    assert actions.tell_renewals_due(datetime(2031, 8, 23, 3, tzinfo=WIB)) == 0
    at = datetime(2031, 8, 24, 3, tzinfo=WIB)
    assert (actions.tell_renewals_due(at), actions.tell_renewals_due(at)) == (1, 0)
    deliver()
    assert "permit.renewable" in told(doctor.pk)


def test_permits_that_cannot_be_renewed_do_not_stand_before_those_that_can(permit: Permit, desk: make.Desk) -> None:
    """A land permit that ends sooner, and a research letter whose window opens later than a doctor's."""
    for kind, ends in (("pemakaian_aset", date(2031, 9, 30)), ("surat_penelitian", date(2031, 10, 31))):
        case = make.decided(make.a_person(), desk, kind=kind, given=make.answers(kind))
        Permit.objects.filter(case=case).update(valid_until=ends)
    at = datetime(2031, 8, 24, 3, tzinfo=WIB)
    assert actions.tell_renewals_due(at, limit=1) == 1
    permit.refresh_from_db()
    assert permit.renewal_told_at == at


def test_nobody_renews_another_ones_permit(permit: Permit) -> None:
    other = make.a_person("Sri Wahyuni")
    with refused("permit.unknown", 404):
        actions.renew(permit_id=permit.pk, case_id=new_id(), by=make.herself(other), at=FIVE_YEARS_ON)


def test_suspend_reinstate_revoke(permit: Permit, desk: make.Desk, doctor: Person) -> None:
    for _ in range(2):  # a second press of the same button is no second act
        actions.suspend(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.AT)
    actions.reinstate(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.after(1))
    actions.revoke(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.after(2))
    assert names(permit.pk)[1:] == ["PermitSuspended", "PermitReinstated", "PermitRevoked"]
    act = PermitAct.objects.filter(permit=permit).latest("at")
    assert reason_of(act, permit.holder_id) == REASON.reason
    assert b"alamat" not in bytes(act.reason)
    deliver()
    assert {"permit.suspended", "permit.reinstated", "permit.revoked"} <= set(told(doctor.pk))


def test_the_application_does_not_call_a_revoked_permit_issued(permit: Permit, desk: make.Desk, hers: Client) -> None:
    address = reverse("permits-case", args=[permit.case_id])
    assert "Izin Anda terbit" in hers.get(address).content.decode()
    actions.revoke(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.AT)
    page = hers.get(address).content.decode()
    assert "Izin Anda dicabut" in page
    assert "Izin Anda terbit" not in page


def test_an_act_needs_a_reason_and_an_article(permit: Permit, desk: make.Desk) -> None:
    with pytest.raises(Refusal) as caught:
        actions.revoke(permit_id=permit.pk, grounds=Grounds("karena"), by=desk.head, at=make.AT)
    assert caught.value.status == 422
    assert {one.field for one in caught.value.errors} == {"reason", "article"}


@pytest.mark.parametrize("role", ["front", "officer", "health"])
def test_only_the_head_may_revoke(permit: Permit, desk: make.Desk, role: str) -> None:
    by: Actor = getattr(desk, role)
    with refused("actor.not_permitted", 403):
        actions.revoke(permit_id=permit.pk, grounds=REASON, by=by, at=make.AT)


def test_a_revoked_permit_stays_revoked(permit: Permit, desk: make.Desk) -> None:
    actions.revoke(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.AT)
    with refused("permit.other_state", 409):
        actions.suspend(permit_id=permit.pk, grounds=REASON, by=desk.head, at=make.AT)
    assert actions.expire_due(datetime(2032, 1, 1, tzinfo=WIB)) == 0


def test_expiry_is_told_once(permit: Permit, doctor: Person) -> None:
    over = datetime(2031, 11, 23, 1, tzinfo=WIB)
    assert actions.expire_due(over - timedelta(days=1)) == 0
    assert (actions.expire_due(over), actions.expire_due(over)) == (1, 0)
    deliver()
    assert names(permit.pk)[-1] == "PermitExpired"
    assert "permit.expired" in told(doctor.pk)


def test_the_holder_sees_her_permit_and_a_stranger_does_not(permit: Permit, hers: Client, stranger: Client) -> None:
    address = reverse("permits-permit", args=[permit.pk])
    page = hers.get(address).content.decode()
    assert "Perpanjangan" in page
    assert "Ubah data izin" in page
    assert stranger.get(address).status_code == 404
    assert stranger.post(reverse("permits-amendment", args=[permit.pk]), {"case_id": new_id()}).status_code == 404


def test_an_early_renewal_says_when_it_opens(permit: Permit, hers: Client) -> None:
    answer = hers.post(reverse("permits-renewal", args=[permit.pk]), {"case_id": new_id()})
    assert answer.status_code == 409
    assert "Perpanjangan dibuka 24 Agustus 2031" in answer.content.decode()
