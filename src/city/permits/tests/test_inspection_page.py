"""The inspector's page: every press keeps what was written, says what is missing, and works without script."""

from datetime import timedelta

import pytest
from django.test import Client

from city.cases import actions
from city.cases.models import Case, Inspection, InspectionPhoto
from city.cases.queries import inspection_now
from city.permits.tests import make

pytestmark = pytest.mark.django_db
ASSET = "pemakaian_aset"


@pytest.fixture
def visit(desk: make.Desk, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A stall's application in the hands of two agencies and an inspector; it is Monday, 11.00."""
    case = make.submitted(make.a_person("Siti Aminah"), kind=ASSET)
    make.registered(case, desk)
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.AT + timedelta(hours=1))
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def asep(desk: make.Desk) -> Client:
    return make.officer(desk.works)


def at(case: Case, *parts: str) -> str:
    return "/".join([f"/sipeci/desk/{case.pk}/inspection", *parts])


def row(case: Case) -> Inspection:
    found = inspection_now(case.pk)
    assert found is not None
    return found


def report(case: Case) -> dict[str, str]:
    plan = case.kind_version.content["inspection"]
    checks = {f"check_{one['code']}": "yes" for one in plan["checks"]}
    return {**checks, "measure_area": "12", "party": "nobody", "result": "fit", "conclusion": "Lokasi sesuai sketsa."}


def test_a_day_is_set_and_the_applicant_can_be_called(visit: Case, asep: Client) -> None:
    shown = asep.get(at(visit)).content.decode()
    assert "Tentukan hari kunjungan" in shown
    assert "tel:081200000002" in shown
    answer = asep.post(at(visit, "visit"), {"day": "2026-11-23", "hour": "11:30", "seen": visit.version})
    assert (answer.status_code, row(visit).state) == (303, "scheduled")
    assert "23 November 2026" in asep.get(at(visit)).content.decode()


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("", "10:00", "Tulis hari dan jam kunjungan."),
        ("2026-11-20", "10:00", "Waktu itu sudah lewat."),
        ("2027-11-20", "10:00", "dalam 60 hari"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(visit: Case, asep: Client, day: str, hour: str, said: str) -> None:
    answer = asep.post(at(visit, "visit"), {"day": day, "hour": hour})
    shown = answer.content.decode()
    assert (answer.status_code, row(visit).state) == (422, "requested")
    assert said in shown
    assert f'value="{hour}"' in shown


def test_a_report_without_script_from_first_letter_to_signature(visit: Case, asep: Client, desk: make.Desk) -> None:
    actions.schedule_inspection(case_id=visit.pk, visit_at=make.AT + timedelta(minutes=30), by=desk.works, at=make.AT)
    answer = asep.post(at(visit, "report"), {"check_boundary": "yes"})
    assert answer["Location"].endswith("?periksa")
    shown = asep.get(answer["Location"]).content.decode()
    assert "Pilih salah satu: Hasil pemeriksaan." in shown
    assert row(visit).report == {"check_boundary": "yes"}
    assert asep.post(at(visit, "report"), report(visit)).status_code == 303
    assert "Belum bisa: tambah 2 foto lagi." in asep.get(at(visit)).content.decode()
    for _photo in range(2):
        sent = asep.post(at(visit, "photos"), {"file": str(make.a_photo(visit).pk)})
        assert sent.status_code == 303
    page = asep.get(at(visit)).content.decode()
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    unsigned = asep.post(at(visit, "signature"), {"digest": digest})
    assert (unsigned.status_code, "Centang pernyataan" in unsigned.content.decode()) == (422, True)
    assert asep.post(at(visit, "signature"), {"digest": digest, "agreed": "on"}).status_code == 303
    assert row(visit).state == "signed"
    assert "Sidik:" in asep.get(at(visit)).content.decode()


def test_a_photo_comes_back_without_script_and_can_be_taken_out(visit: Case, asep: Client, desk: make.Desk) -> None:
    actions.schedule_inspection(case_id=visit.pk, visit_at=make.AT + timedelta(minutes=30), by=desk.works, at=make.AT)
    asep.post(at(visit, "report"), report(visit))
    file = make.a_photo(visit)
    assert asep.get(at(visit, "photos", "arrived"), {"berkas": str(file.pk)}).status_code == 303
    assert InspectionPhoto.objects.filter(file=file).exists()
    broken = asep.get(at(visit, "photos", "arrived"), {"galat": "file.empty"})
    assert (broken.status_code, "Berkas ini kosong" in broken.content.decode()) == (422, True)
    assert asep.post(at(visit, "photos", str(file.pk), "removal")).status_code == 303
    assert not InspectionPhoto.objects.exists()


def test_nobody_there_is_put_on_record(visit: Case, asep: Client, desk: make.Desk) -> None:
    actions.schedule_inspection(case_id=visit.pk, visit_at=make.AT + timedelta(minutes=30), by=desk.works, at=make.AT)
    short = asep.post(at(visit, "no-show"), {"missed_reason": "kosong"})
    assert (short.status_code, "paling sedikit 10 huruf" in short.content.decode()) == (422, True)
    asep.post(at(visit, "no-show"), {"missed_reason": "Pagar terkunci, tidak ada orang."})
    assert (row(visit).round, row(visit).state) == (2, "requested")
    assert "Pagar terkunci" in asep.get(at(visit)).content.decode()


def test_only_inspectors_of_the_agency_come_here(visit: Case, desk: make.Desk, stranger: Client) -> None:
    for other in (make.officer(desk.front), make.officer(desk.assets), stranger):
        assert other.get(at(visit)).status_code == 404
        assert other.post(at(visit, "report"), {}).status_code == 404
    assert row(visit).state == "requested"
