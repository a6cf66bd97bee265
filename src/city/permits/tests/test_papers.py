"""Documents of a case: each in its own place, for those who may see them alone."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from city.cases import actions as cases
from city.cases.models import RequiredDocument
from city.documents.models import StoredFile
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db


def _attached(case_id: UUID, document: str) -> RequiredDocument:
    return RequiredDocument.objects.get(case_id=case_id, code=document)


def test_limits_stand_beside_each_place(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    page = hers.get(reverse("permits-documents", args=[case.pk])).content.decode()
    assert page.count("paling besar 10") >= 5
    assert page.count('name="ticket"') == 5


def test_a_file_takes_its_place_once(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    file = make.a_file(case, "ktp")
    address = reverse("permits-attachment", args=[case.pk, "ktp"])
    for _ in range(2):
        assert hers.post(address, {"file": str(file.pk)}).status_code == 303
    assert (_attached(case.pk, "ktp").file_id, _attached(case.pk, "ktp").version) == (file.pk, 1)


def test_a_file_sent_for_another_place_is_not_taken(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    file = make.a_file(case, "photo")
    answer = hers.post(reverse("permits-attachment", args=[case.pk, "ktp"]), {"file": str(file.pk)})
    assert answer.status_code == 404
    assert _attached(case.pk, "ktp").file_id is None


def test_without_script_the_browser_comes_back_with_the_file(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    file = make.a_file(case, "str")
    answer = hers.get(reverse("permits-arrived", args=[case.pk, "str"]), {"berkas": str(file.pk)})
    assert answer.status_code == 303
    assert _attached(case.pk, "str").file_id == file.pk


def test_a_refused_file_gets_one_sentence_beside_its_place(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    answer = hers.get(reverse("permits-arrived", args=[case.pk, "str"]), {"galat": "upload.none"})
    assert answer.status_code == 422
    assert 'id="d-str-error"' in answer.content.decode()


def test_a_wrong_file_in_an_answer_is_told_on_the_answers_own_page(
    hers: Client, doctor: Person, desk: make.Desk
) -> None:
    case = make.submitted(doctor)
    said = "Foto ulang, buram."
    cases.mark_defect(case_id=case.pk, target="ktp", code="unreadable", message=said, by=desk.front, at=make.AT)
    cases.send_back(case_id=case.pk, by=desk.front, at=make.AT)
    answer = hers.get(reverse("permits-arrived", args=[case.pk, "ktp"]), {"galat": "upload.none"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="d-ktp-error"' in page
    assert "Hapus" not in page
    assert said in page
    assert "Kirim perbaikan" in page
    assert reverse("permits-answer", args=[case.pk]) in page


def test_a_wrong_file_for_a_case_that_was_sent_leads_to_the_case(hers: Client, doctor: Person) -> None:
    case = make.submitted(doctor)
    answer = hers.get(reverse("permits-arrived", args=[case.pk, "ktp"]), {"galat": "upload.none"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("permits-case", args=[case.pk]))


def test_a_file_is_taken_back(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    file = make.a_file(case, "ktp")
    hers.post(reverse("permits-attachment", args=[case.pk, "ktp"]), {"file": str(file.pk)})
    assert hers.post(reverse("permits-removal", args=[case.pk, "ktp"])).status_code == 303
    assert _attached(case.pk, "ktp").file_id is None
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_a_foreign_file_is_not_there(stranger: Client, doctor: Person) -> None:
    case = make.submitted(doctor)
    for name in ("permits-document", "permits-thumbnail"):
        assert stranger.get(reverse(name, args=[case.pk, "ktp"])).status_code == 404
    answer = stranger.post(reverse("permits-attachment", args=[case.pk, "ktp"]), {"file": str(case.pk)})
    assert answer.status_code == 404
