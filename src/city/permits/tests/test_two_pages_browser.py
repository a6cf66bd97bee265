"""A phone and a computer with the same form open, in a real browser, with and without script."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from city.cases.models import Case
from city.cases.queries import answers_of
from city.kernel.keyring import ensure_keys
from city.people.models import Person
from city.permits.tests import make
from city.ui.tests.browser import DESKTOP, SMALL_PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]


@pytest.fixture
def draft(loop_allowed: None, own_city: str) -> Case:
    """A draft with real commits, which the browser's server sees too."""
    ensure_keys()
    return make.a_draft(make.a_person())


def _browser(person: Person) -> Client:
    client = Client()
    client.force_login(make.an_account(person))
    return client


def _pressed(page: Page) -> Page:
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.wait_for_load_state("load")
    return page


def _left(page: Page, name: str) -> None:
    """The place's name typed and left; the server has answered."""
    with page.expect_response("**/answers"):
        page.fill("[name=facility_name]", name)
        page.locator("[name=facility_name]").blur()


@pytest.mark.parametrize("script", [True, False])
def test_the_phone_takes_nothing_back_from_the_computer(draft: Case, windows: Windows, script: bool) -> None:
    client, address = _browser(draft.applicant), f"/sipeci/applications/{draft.pk}/form/place"
    phone = windows.of(client, size=SMALL_PHONE, script=script)
    phone.goto(address)
    computer = windows.of(client, size=DESKTOP, script=script)
    computer.goto(address)
    computer.fill("[name=facility_name]", "Klinik Komputer")
    computer.fill("[name=facility_address]", "Jalan Contoh 1\nRT 01")
    computer.fill("[name=schedule]", "Senin, 16.00 sampai 20.00")
    _pressed(computer)
    kept = answers_of(draft.pk)
    assert kept["facility_name"] == "Klinik Komputer"
    _pressed(phone)
    assert answers_of(draft.pk) == kept


def test_the_phone_shows_both_where_both_were_changed(draft: Case, windows: Windows) -> None:
    client, address = _browser(draft.applicant), f"/sipeci/applications/{draft.pk}/form/place"
    phone, computer = windows.of(client, size=SMALL_PHONE), windows.of(client)
    phone.goto(address)
    computer.goto(address)
    _left(computer, "Klinik Komputer")
    _left(computer, "Klinik Komputer Dua")
    expect(computer.locator("[data-save-state]")).to_contain_text("di akun Anda")
    _left(phone, "Klinik Ponsel")
    expect(phone.locator("[data-field=facility_name] .why")).to_contain_text("Klinik Komputer Dua")
    expect(phone.locator("[data-save-state]")).to_contain_text("Belum tersimpan.")
    expect(phone.locator("[name=facility_name]")).to_have_value("Klinik Ponsel")
    assert faults_of(phone) == []
    _pressed(phone)
    assert answers_of(draft.pk)["facility_name"] == "Klinik Ponsel"


def test_a_wrong_nik_is_not_called_saved(draft: Case, windows: Windows) -> None:
    Person.objects.filter(pk=draft.applicant_id).update(nik_index=None, nik_sealed=None)
    page = windows.of(_browser(draft.applicant), size=SMALL_PHONE)
    page.goto(f"/sipeci/applications/{draft.pk}/form/applicant")
    page.fill("#f-nik", "36729901058500")
    page.locator("#f-nik").blur()
    expect(page.locator("[data-field=nik] .why")).to_contain_text("Anda mengetik 14")
    expect(page.locator("[data-save-state]")).to_contain_text("Belum tersimpan.")
    assert faults_of(page) == []
    _pressed(page)
    expect(page.locator("#f-nik")).to_have_value("36729901058500")
    expect(page.locator("[data-field=nik] .why")).to_contain_text("Anda mengetik 14")
