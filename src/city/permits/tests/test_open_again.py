"""Ask once more after a lapse, a refusal or a withdrawal: what was good comes along, what was faulty does not."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import Case, RequiredDocument
from city.cases.queries import answers_of
from city.documents.models import StoredFile
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db


def _lapsed(doctor: Person, desk: make.Desk) -> Case:
    """Returned for its KTP, never answered."""
    case = make.submitted(doctor, given=make.answers(facility_name="Klinik Ombak"))
    for code in ("photo", "place_letter"):
        cases.accept_document(case_id=case.pk, document=code, by=desk.front, at=make.AT)
    cases.mark_defect(
        case_id=case.pk, target="ktp", code="unreadable", message="Foto ulang, buram.", by=desk.front, at=make.AT
    )
    cases.send_back(case_id=case.pk, by=desk.front, at=make.AT)
    cases.lapse(case_id=case.pk, at=make.AT + timedelta(days=30))
    return Case.objects.get(pk=case.pk, state="lapsed")


def _withdrawn(doctor: Person) -> Case:
    case = make.submitted(doctor)
    return cases.withdraw(case_id=case.pk, by=make.herself(doctor), at=make.AT)


def _press(client: Client, case: Case, fresh: UUID) -> str:
    given = {"case_id": str(fresh), "kind": case.kind, "earlier": str(case.pk)}
    answer = client.post(reverse("permits-new"), given)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def _files(case_id: UUID) -> dict[str, UUID | None]:
    return dict(RequiredDocument.objects.filter(case_id=case_id).values_list("code", "file_id"))


def test_the_page_of_a_lapsed_case_leads_there_and_says_what_comes_along(
    hers: Client, doctor: Person, desk: make.Desk
) -> None:
    case = _lapsed(doctor, desk)
    address = f"{reverse('permits-new')}?kind={case.kind}&earlier={case.pk}"
    assert address.replace("&", "&amp;") in hers.get(reverse("permits-case", args=[case.pk])).content.decode()
    page = hers.get(address).content.decode()
    assert f"Yang kami bawa dari {case.receipt}" in page
    assert "Tidak kami bawa karena ditandai perlu diperbaiki: KTP" in page


def test_good_answers_and_files_come_along_and_the_faulty_one_does_not(
    hers: Client, doctor: Person, desk: make.Desk
) -> None:
    case, fresh = _lapsed(doctor, desk), new_id()
    assert _press(hers, case, fresh) == reverse("permits-resume", args=[fresh])
    assert Case.objects.get(pk=fresh).state == "draft"
    assert answers_of(fresh) == answers_of(case.pk)
    before, now = _files(case.pk), _files(fresh)
    assert now.pop("ktp") is None
    assert now == {code: file_id for code, file_id in before.items() if code != "ktp"}
    assert list(EventRecord.objects.filter(subject_id=fresh).values_list("name", flat=True)) == ["CaseOpened"]


def test_pressing_twice_keeps_what_was_typed_since(hers: Client, doctor: Person) -> None:
    case, fresh = _withdrawn(doctor), new_id()
    _press(hers, case, fresh)
    cases.save_answers(case_id=fresh, answers={"facility_name": "Klinik Baru"}, by=make.herself(doctor), at=make.AT)
    _press(hers, case, fresh)
    assert answers_of(fresh)["facility_name"] == "Klinik Baru"
    assert Case.objects.filter(applicant=doctor, state="draft").count() == 1


def test_a_file_replaced_or_thrown_away_in_the_new_draft_stays_with_the_old_case(hers: Client, doctor: Person) -> None:
    case, fresh = _withdrawn(doctor), new_id()
    _press(hers, case, fresh)
    by = make.herself(doctor)
    draft = Case.objects.get(pk=fresh)
    cases.attach(case_id=fresh, document="ktp", file_id=make.a_file(draft, "ktp").pk, by=by, at=make.AT)
    cases.detach(case_id=fresh, document="photo", by=by, at=make.AT)
    own = _files(fresh)["ktp"]
    assert own is not None
    cases.withdraw(case_id=fresh, by=by, at=make.AT)
    kept = {file_id for file_id in _files(case.pk).values() if file_id}
    assert StoredFile.objects.filter(pk__in=kept).count() == len(kept) > 3
    assert not StoredFile.objects.filter(pk=own).exists()


def test_a_refused_application_is_asked_for_again_from_its_decision(
    hers: Client, doctor: Person, desk: make.Desk
) -> None:
    case, fresh = make.decided(doctor, desk, outcome="refuse"), new_id()
    page = hers.get(reverse("permits-decision", args=[case.pk])).content.decode()
    assert f"earlier={case.pk}" in page
    _press(hers, case, fresh)
    assert _files(fresh) == _files(case.pk)


def test_a_foreign_or_running_application_is_not_begun_again(hers: Client, stranger: Client, doctor: Person) -> None:
    running, ended = make.submitted(doctor), _withdrawn(doctor)
    for client, case, status in ((hers, running, 409), (stranger, ended, 404)):
        given = {"case_id": str(new_id()), "kind": case.kind, "earlier": str(case.pk)}
        assert client.post(reverse("permits-new"), given).status_code == status
        assert client.get(f"{reverse('permits-new')}?kind={case.kind}&earlier={case.pk}").status_code == status
    assert not Case.objects.filter(state="draft").exists()
