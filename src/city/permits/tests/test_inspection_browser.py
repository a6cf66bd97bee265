"""The inspector's page and the fee's panels in a real browser: a phone of 360, without script, no finding of axe."""

from datetime import timedelta

import pytest

from city.cases import actions
from city.cases.models import Case
from city.cases.queries import inspection_now
from city.kernel.keyring import ensure_keys
from city.permits.tests import make
from city.permits.tests.make_desk import signed_in
from city.ui.tests.browser import DESKTOP, SMALL_PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]


@pytest.fixture
def officers(loop_allowed: None, own_city: str, monkeypatch: pytest.MonkeyPatch) -> make.Desk:
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.AT + timedelta(hours=1))
    return make.a_desk()


def a_visit(officers: make.Desk) -> Case:
    case = make.submitted(make.a_person("Siti Aminah"), kind="pemakaian_aset")
    make.registered(case, officers)
    return Case.objects.get(pk=case.pk)


def test_every_state_of_a_visit_passes_axe_and_fits_a_phone(officers: make.Desk, windows: Windows) -> None:
    case = a_visit(officers)
    page = windows.of(signed_in(officers.works), size=SMALL_PHONE)
    address = f"/sipeci/desk/{case.pk}/inspection"
    page.goto(address)
    assert faults_of(page) == []
    when = make.AT + timedelta(minutes=30)
    actions.schedule_inspection(case_id=case.pk, visit_at=when, by=officers.works, at=make.AT)
    page.goto(address)
    assert faults_of(page) == []
    actions.save_report(case_id=case.pk, typed={"check_road": "no"}, by=officers.works, at=when)
    page.goto(f"{address}?periksa")
    assert faults_of(page) == []
    make.inspected_again(case, officers, at=when)
    page.goto(address)
    assert faults_of(page) == []


def test_an_inspector_without_script_sets_a_day_writes_and_signs(officers: make.Desk, windows: Windows) -> None:
    case = a_visit(officers)
    page = windows.of(signed_in(officers.works), size=SMALL_PHONE, script=False)
    actions.schedule_inspection(
        case_id=case.pk, visit_at=make.AT + timedelta(minutes=30), by=officers.works, at=make.AT
    )
    page.goto(f"/sipeci/desk/{case.pk}/inspection")
    for check in ("boundary", "owned", "road", "safe"):
        page.check(f"[name=check_{check}][value=yes]")
    page.fill("[name=measure_area]", "11,5")
    page.check("[name=party][value=nobody]")
    page.check("[name=result][value=fit]")
    page.fill("[name=conclusion]", "Lokasi sesuai dengan sketsa.")
    page.get_by_role("button", name="Simpan berita acara").click()
    for _photo in range(2):
        actions.add_photo(
            case_id=case.pk, file_id=make.a_photo(case).pk, by=officers.works, at=make.AT + timedelta(hours=1)
        )
    page.goto(f"/sipeci/desk/{case.pk}/inspection")
    page.check("[name=agreed]")
    page.get_by_role("button", name="Tanda tangani berita acara").click()
    page.get_by_role("heading", name="Berita acara sudah ditandatangani").wait_for()
    visit = inspection_now(case.pk)
    assert visit is not None
    assert (visit.state, visit.report["measure_area"]) == ("signed", "11,5")


def test_the_desk_of_a_fee_passes_axe(officers: make.Desk, windows: Windows) -> None:
    case = a_visit(officers)
    make.reviewed(case, officers)
    make.inspected(Case.objects.get(pk=case.pk), officers)
    for size in (SMALL_PHONE, DESKTOP):
        page = windows.of(signed_in(officers.assets), size=size)
        page.goto(f"/sipeci/desk/{case.pk}")
        assert faults_of(page) == []
    page.get_by_role("button", name="Tetapkan dan kirim tagihan").click()
    page.get_by_text("Retribusi ditetapkan. Tagihannya dikirim ke pemohon.").wait_for()
    assert faults_of(page) == []
