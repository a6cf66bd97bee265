"""An officer sees what waits for her office, most urgent first, and nobody else's."""

from datetime import date, timedelta

import pytest

from city.cases.queries import Wanted
from city.cases.tests.make import Desk, a_person, another, herself, returned
from city.kernel.models import Holiday
from city.kernel.rules import WorkingCalendar
from city.permits.queries.desk_queue import desk_queue, working_days_left
from city.permits.tests import make
from city.permits.tests.make_desk import AT, NOW, an_application, desk, signed_in, text_of
from city.permits.views import desk as views

__all__ = ["desk"]
QUEUE = "/sipeci/desk/"


def test_each_officer_sees_the_step_that_is_hers(desk: Desk) -> None:
    new, waiting = an_application(desk), an_application(desk, "review")
    front, health = text_of(signed_in(desk.front).get(QUEUE)), text_of(signed_in(desk.health).get(QUEUE))
    assert str(new.pk) in front
    assert str(waiting.pk) not in front
    assert str(waiting.pk) in health
    assert str(new.pk) not in health


def test_the_most_urgent_file_stands_first_with_its_working_days(desk: Desk) -> None:
    late, soon = an_application(desk), an_application(desk, at=AT - timedelta(days=3))
    page = text_of(signed_in(desk.front).get(QUEUE))
    assert page.index(str(soon.pk)) < page.index(str(late.pk))
    assert "Batas 30 November 2026" in page


def test_a_returned_file_waits_for_its_applicant(desk: Desk) -> None:
    case = returned(an_application(desk), desk.front, target="ktp")
    client = signed_in(desk.front)
    assert str(case.pk) not in text_of(client.get(QUEUE + "?bucket=verify"))
    assert str(case.pk) in text_of(client.get(QUEUE + "?bucket=waiting"))


def test_the_paraf_lies_with_the_office_whose_turn_it_is(desk: Desk) -> None:
    case = an_application(desk, "initial_1")
    assert str(case.pk) in text_of(signed_in(desk.officer).get(QUEUE + "?bucket=initial"))
    assert str(case.pk) not in text_of(signed_in(desk.division).get(QUEUE + "?bucket=initial"))


def test_a_citizen_and_a_stranger_have_no_desk(desk: Desk) -> None:
    assert signed_in(herself(a_person())).get(QUEUE).status_code == 403
    assert signed_in(another(desk.front, "dpmptsp.front")).get(QUEUE).status_code == 200


def test_an_empty_queue_says_what_will_come(desk: Desk) -> None:
    assert "Tidak ada yang menunggu Anda" in text_of(signed_in(desk.head).get(QUEUE))


def test_a_number_read_over_the_telephone_opens_its_file(desk: Desk) -> None:
    case = an_application(desk)
    assert case.receipt
    client = signed_in(desk.front)
    found = client.get(QUEUE + "find", {"q": f" {case.receipt.lower()} "})
    assert found.headers["Location"].endswith(f"/sipeci/desk/{case.pk}")
    missed = client.get(QUEUE + "find", {"q": "SPC-SIPD-2026-999999"}, follow=True)
    assert "Tidak ada berkas bernomor SPC-SIPD-2026-999999" in text_of(missed)


def test_a_number_of_another_agencys_file_is_not_told(desk: Desk) -> None:
    case = an_application(desk)
    missed = signed_in(desk.works).get(QUEUE + "find", {"q": case.receipt or ""}, follow=True)
    assert "Tidak ada berkas bernomor" in text_of(missed)


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (date(2026, 11, 23), 0),
        (date(2026, 11, 24), 1),
        (date(2026, 11, 27), 3),  # Thursday is a holiday
        (date(2026, 11, 30), 4),
        (date(2026, 11, 20), -1),
        (date(2026, 11, 22), -1),  # a Sunday that has passed is late all the same
        (date(2026, 11, 16), -5),
    ],
)
def test_days_left_are_working_days(due: date, left: int) -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 11, 26)}))
    assert working_days_left(due, date(2026, 11, 23), calendar) == left


def test_a_holiday_moves_the_number_in_the_queue(desk: Desk) -> None:
    an_application(desk)
    assert [row.left for row in desk_queue(desk.front, Wanted("verify"), at=NOW).rows] == [5]
    Holiday.objects.create(day=date(2026, 11, 25), name="Libur", source="contoh", confirmed=True)
    assert [row.left for row in desk_queue(desk.front, Wanted("verify"), at=NOW).rows] == [4]


def test_whoever_asks_for_more_rows_gets_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FEW", 1)
    cases = [str(an_application(desk).pk) for _ in range(2)]
    client = signed_in(desk.front)
    page = text_of(client.get(QUEUE + "?bucket=verify"))
    assert [case in page for case in cases] == [True, False]
    assert "rows=100" in page
    assert all(case in text_of(client.get(QUEUE + "?bucket=verify&rows=100")) for case in cases)


def test_a_pile_of_one_kind(desk: Desk) -> None:
    doctor, research = an_application(desk), make.submitted(make.a_person("Joko Susilo"), kind="surat_penelitian")
    client = signed_in(desk.front)
    page = text_of(client.get(QUEUE, {"bucket": "verify", "kind": "surat_penelitian"}))
    assert str(research.receipt) in page
    assert str(doctor.receipt) not in page
    everything = text_of(client.get(QUEUE, {"bucket": "verify", "kind": "tidak-ada"}))
    assert str(research.receipt) in everything
    assert str(doctor.receipt) in everything
    empty = text_of(client.get(QUEUE, {"bucket": "verify", "kind": "pbg"}))
    assert "Tidak ada berkas jenis ini di bagian ini" in empty
