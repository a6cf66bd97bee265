"""From the first page to a receipt: what an applicant sees, keeps and sends."""

import pytest
from django.test import Client
from django.urls import reverse

from city.cases.models import Case
from city.cases.queries import answers_of
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.people.models import Person
from city.permits.tests import make

pytestmark = pytest.mark.django_db
PUBLIC = [
    ("permits-home", []),
    ("permits-kind", ["sip_dokter"]),
    ("permits-standard", ["surat_penelitian"]),
    ("permits-track", []),
    ("permits-verify", []),
]


def _form(case: Case, step: str) -> str:
    return reverse("permits-form", args=[case.pk, step])


@pytest.mark.parametrize(("name", "args"), PUBLIC)
@pytest.mark.parametrize("language", ["id", "en"])
def test_public_pages_need_no_account(client: Client, name: str, args: list[str], language: str) -> None:
    client.cookies["bahasa"] = language
    assert client.get(reverse(name, args=args)).status_code == 200


def test_fee_time_and_limits_stand_before_sign_in(client: Client) -> None:
    page = client.get(reverse("permits-kind", args=["sip_dokter"])).content.decode()
    for words in ("Gratis", "hari kerja", "paling besar 10", "Contoh, belum ditetapkan", "Pasfoto"):
        assert words in page


def test_unknown_kind_is_a_404_with_a_sentence(client: Client) -> None:
    answer = client.get(reverse("permits-kind", args=["izin_rahasia"]))
    assert answer.status_code == 404
    assert "Layanan ini tidak ada" in answer.content.decode()


def test_a_form_asks_for_sign_in_and_comes_back(client: Client) -> None:
    address = reverse("permits-new") + "?kind=sip_dokter"
    answer = client.get(address)
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_posting_twice_opens_one_draft(hers: Client, doctor: Person) -> None:
    given = {"case_id": str(new_id()), "kind": "sip_dokter"}
    first, second = (hers.post(reverse("permits-new"), given) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Case.objects.filter(applicant=doctor).count() == 1
    assert EventRecord.objects.filter(name="CaseOpened").count() == 1


def test_answers_are_kept_field_by_field(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    address = reverse("permits-answers", args=[case.pk])
    answer = hers.post(address, {"facility_name": "Klinik D'Souza & Anak"}, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["errors"] == {}
    assert answers_of(case.pk) == {"facility_name": "Klinik D'Souza & Anak"}


def test_a_wrong_answer_is_kept_and_named(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    wrong = {"birth_date": "31 Februari", "holder_name": "dr. Ayu"}
    page = hers.post(_form(case, "applicant"), wrong)
    assert page.status_code == 422
    assert "Tanggal ini tidak ada di kalender" in page.content.decode()
    assert answers_of(case.pk)["holder_name"] == "dr. Ayu"


def test_a_full_step_goes_on(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    page = hers.post(_form(case, "place"), make.answers())
    assert page.status_code == 303
    assert page["Location"] == _form(case, "applicant")


def test_the_account_fills_in_what_it_knows(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    page = hers.get(_form(case, "applicant")).content.decode()
    assert "1985-05-01" in page
    assert "Jalan Panjang 3, Jombang Wetan" in page
    assert "•" in page  # the NIK masked
    assert "010585" not in page


def test_resume_leads_to_the_first_open_step(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    known = make.answers()
    asked = ("profession", "str_number", "str_kind", "skp_number", "place_order")
    hers.post(_form(case, "practice"), {name: known[name] for name in asked})
    answer = hers.get(reverse("permits-resume", args=[case.pk]))
    assert answer["Location"] == _form(case, "place")


def test_a_nik_that_is_missing_is_asked_and_kept_with_the_person(hers: Client, doctor: Person) -> None:
    Person.objects.filter(pk=doctor.pk).update(nik_index=None, nik_sealed=None)
    case = make.a_draft(doctor)
    short = hers.post(_form(case, "applicant"), {**make.answers(), "nik": "36729901058500"})
    assert "Anda mengetik 14" in short.content.decode()
    assert 'value="36729901058500"' in short.content.decode()
    assert short["Cache-Control"] == "private, no-store"
    assert "36729901058500" not in hers.get(_form(case, "applicant")).content.decode()
    told = hers.post(reverse("permits-answers", args=[case.pk]), {"nik": "36729901058500"}).json()
    assert (told["unkept"], "Anda mengetik 14" in told["errors"]["nik"]) == (["nik"], True)
    right = hers.post(_form(case, "applicant"), {**make.answers(), "nik": "3672 9901 0585 9001"})
    assert right.status_code == 303
    assert "nik" not in answers_of(case.pk)
    doctor.refresh_from_db()
    assert doctor.nik_index


def test_what_is_missing_is_listed_before_sending(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    page = hers.get(_form(case, "review")).content.decode()
    assert "Unggah dulu: STR." in page
    assert 'aria-disabled="true"' in page
    assert hers.post(reverse("permits-submission", args=[case.pk])).status_code == 422
    case.refresh_from_db()
    assert case.state == "draft"


def test_sending_twice_gives_one_receipt(hers: Client, doctor: Person) -> None:
    case = make.a_draft(doctor)
    make.fill(case)
    case.refresh_from_db()
    address, seen = reverse("permits-submission", args=[case.pk]), {"seen": case.version}
    first, second = hers.post(address, seen), hers.post(address, seen)
    assert first.status_code == second.status_code == 303
    assert EventRecord.objects.filter(name="CaseSubmitted").count() == 1
    page = hers.get(first["Location"]).content.decode()
    case.refresh_from_db()
    assert str(case.receipt) in page


def test_a_fourth_place_is_refused_before_sending(hers: Client, doctor: Person, desk: make.Desk) -> None:
    for place in ("1", "2", "3"):
        make.a_permit(doctor, desk, place_order=place)
    case = make.a_draft(doctor)
    make.fill(case)
    page = hers.post(reverse("permits-submission", args=[case.pk]))
    assert page.status_code == 422
    assert "Anda sudah punya 3 SIP" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "permits-case", "permits-resume", "permits-documents", "permits-review", "permits-answer",
        "permits-withdrawal", "permits-decision", "permits-letter", "permits-receipt",
    ],
)  # fmt: skip
def test_a_foreign_case_is_not_there(stranger: Client, doctor: Person, name: str) -> None:
    case = make.submitted(doctor)
    answer = stranger.get(reverse(name, args=[case.pk]))
    assert answer.status_code == 404
    assert "D'Souza" not in answer.content.decode()


@pytest.mark.parametrize("name", ["permits-answers", "permits-submission", "permits-withdrawal", "permits-answer"])
def test_nothing_is_posted_into_a_foreign_case(stranger: Client, doctor: Person, name: str) -> None:
    case = make.a_draft(doctor)
    assert stranger.post(reverse(name, args=[case.pk]), {"holder_name": "x"}).status_code == 404
    assert answers_of(case.pk) == {}


def test_own_list_shows_whose_turn_it_is(hers: Client, doctor: Person) -> None:
    make.a_draft(doctor)
    page = hers.get(reverse("permits-mine")).content.decode()
    assert "Giliran Anda" in page
    assert "SIP Dokter" in page
