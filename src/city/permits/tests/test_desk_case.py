"""A file on the desk shows its documents, answers and time to whoever has a part in it, and leaves a trace."""

import pytest

from city.cases import actions
from city.cases.tests.make import Desk, a_person, herself, mended, returned
from city.kernel.models import EventRecord
from city.permits.tests.make_desk import AT, an_application, desk, page_of, signed_in, text_of

__all__ = ["desk"]


def test_documents_answers_and_who_asks_stand_on_the_page(desk: Desk) -> None:
    case = an_application(desk)
    client = signed_in(desk.front)
    page = text_of(client.get(page_of(case)))
    assert f"{page_of(case)}/files/str/1.jpg" in page
    assert "Halaman 1 dari 2" in page
    assert "••••" in page
    assert "Belum bisa: 5 dokumen belum diterima." in page
    answers = text_of(client.get(page_of(case, look="answers")))
    assert "Klinik Pratama Jombang" in answers
    assert "12 April 1988" in answers


def test_who_opened_the_file_stands_on_record_once_a_day(desk: Desk) -> None:
    case = an_application(desk)
    for _again in range(2):
        signed_in(desk.front).get(page_of(case))
    seen = EventRecord.objects.filter(name="PersonDataSeen", subject_id=case.applicant_id)
    assert [(one.actor, one.data["what"], one.data["purpose"]) for one in seen] == [
        (desk.front.ref, "case", "permits.desk")
    ]


@pytest.mark.parametrize("path", ["", "/files/str", "/files/str/1.jpg", "/draft", "/draft/1.jpg"])
def test_a_file_is_there_only_for_its_desk(desk: Desk, path: str) -> None:
    case = an_application(desk)
    for stranger in (desk.works, desk.health, herself(a_person())):
        assert signed_in(stranger).get(page_of(case) + path).status_code == 404
    assert signed_in(desk.front).get(f"{page_of(case)}/files/no_such").status_code == 404


def test_a_document_is_handed_out_where_nothing_in_it_can_run(desk: Desk) -> None:
    case = an_application(desk)
    client = signed_in(desk.front)
    picture = client.get(f"{page_of(case)}/files/ktp")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert "no-store" in picture.headers["Cache-Control"]
    page = client.get(f"{page_of(case)}/files/str/2.jpg")
    assert (page.headers["Content-Type"], page.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(f"{page_of(case)}/files/str/3.jpg").status_code == 404


def test_a_page_number_nobody_has_shows_the_last(desk: Desk) -> None:
    case = an_application(desk)
    client = signed_in(desk.front)
    assert "/files/str/2.jpg" in text_of(client.get(page_of(case, look="str", page="99")))
    assert "/files/str/1.jpg" in text_of(client.get(page_of(case, look="str", page="x; drop")))


def test_the_replaced_document_can_be_compared_with_the_faulty_one(desk: Desk) -> None:
    case = mended(returned(an_application(desk), desk.front, target="ktp"), target="ktp")
    client = signed_in(desk.front)
    page = text_of(client.get(page_of(case, look="answers")))
    assert "Diganti" in page
    assert client.get(f"{page_of(case)}/files/ktp/earlier").status_code == 200
    assert client.get(f"{page_of(case)}/files/str/earlier").status_code == 404


def test_the_story_tells_who_held_the_file_and_where_it_stands(desk: Desk) -> None:
    case = an_application(desk, "review")
    page = text_of(signed_in(desk.back).get(page_of(case, look="story")))
    for words in ("Diajukan", "Dinyatakan lengkap, hitungan mulai", "Isi berkas sesuai", "Pejabat front"):
        assert words in page
    assert "Sekarang di langkah: Kajian Dinas Kesehatan." in page
    assert 'class="f-here"' in page


def test_whoever_has_no_part_now_is_told_whose_turn_it_is(desk: Desk) -> None:
    case = an_application(desk, "review")
    page = text_of(signed_in(desk.front).get(page_of(case)))
    assert "Bukan giliran Anda" in page
    assert "Kajian teknis" in page
    back = returned(an_application(desk), desk.front, target="ktp")
    assert "Menunggu pemohon" in text_of(signed_in(desk.front).get(page_of(back)))


def test_the_clock_stands_beside_the_file(desk: Desk) -> None:
    case = an_application(desk, "examine")
    assert "Sisa 5 dari 5 hari kerja" in text_of(signed_in(desk.back).get(page_of(case)))
    actions.mark_defect(
        case_id=case.pk, target="str", code="unreadable", message="Foto ulang halaman 2.", page=2, by=desk.back, at=AT
    )
    actions.send_back(case_id=case.pk, by=desk.back, at=AT)
    assert "Hitungan berhenti" in text_of(signed_in(desk.back).get(page_of(case)))


def test_everything_is_said_in_english_too(desk: Desk) -> None:
    case = an_application(desk)
    client = signed_in(desk.front)
    client.cookies["bahasa"] = "en"
    page = text_of(client.get(page_of(case)))
    assert "Not yet possible: 5 documents have not been accepted." in page
    assert "Declare complete" in page
