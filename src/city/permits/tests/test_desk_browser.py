"""The desk in a real browser: by keyboard alone, without script, and without an accessibility finding."""

import pytest
from playwright.sync_api import Page

from city.cases.models import Case
from city.cases.tests.make import Desk, a_desk, returned
from city.kernel.actor import Actor
from city.kernel.keyring import ensure_keys
from city.permits.tests.make_desk import NOW, an_application, page_of, signed_in
from city.ui.tests.browser import DESKTOP, PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]


@pytest.fixture
def desk(loop_allowed: None, own_city: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A city with real commits, which the browser's server sees too, on a Monday at noon."""
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return a_desk()


def test_every_page_of_the_desk_passes_axe_and_fits_its_screen(desk: Desk, windows: Windows) -> None:
    fresh, back = an_application(desk), returned(an_application(desk), desk.front, target="ktp")
    drafting, initials = an_application(desk, "draft_decision"), an_application(desk, "initial_1")
    visits = [
        (desk.front, "/sipeci/desk/"),
        (desk.front, page_of(fresh)),
        (desk.front, page_of(fresh, look="answers", mark="str_number")),
        (desk.front, page_of(back)),
        (desk.health, page_of(an_application(desk, "review"))),
        (desk.back, page_of(drafting)),
        (desk.officer, page_of(initials)),
        (desk.head, page_of(an_application(desk, "sign"))),
    ]
    for size in (DESKTOP, PHONE):
        for actor, address in visits:
            page = windows.of(signed_in(actor), size=size)
            assert page.goto(address).status == 200  # type: ignore[union-attr]
            assert faults_of(page) == [], address


def test_a_day_at_the_desk_without_script(desk: Desk, windows: Windows) -> None:
    case = an_application(desk)

    def pressed(actor: Actor, *names: str) -> Page:
        page = windows.of(signed_in(actor), script=False)
        page.goto(page_of(case))
        for name in names:
            page.get_by_role("button", name=name).first.click()
        return page

    page = pressed(desk.front, *["Terima"] * 5, "Nyatakan lengkap")
    assert "Dinyatakan lengkap" in page.get_by_role("status").inner_text()
    pressed(desk.back, "Isi sesuai, teruskan")
    page = pressed(desk.health, "Kirim kajian")
    assert "Pilih satu pendapat." in page.content()
    page.get_by_role("radio", name="Direkomendasikan Syarat teknis terpenuhi.").check()
    page.get_by_role("button", name="Kirim kajian").click()
    page = windows.of(signed_in(desk.back), script=False)
    page.goto(page_of(case))
    page.get_by_role("radio", name="Kabulkan").check()
    page.get_by_role("button", name="Buat konsep dan kirim ke paraf").click()
    pressed(desk.officer, "Paraf konsep ini")
    pressed(desk.division, "Paraf konsep ini")
    assert Case.objects.get(pk=case.pk).turn == "sign"


def test_the_queue_is_walked_by_keys_and_a_file_opened(desk: Desk, windows: Windows) -> None:
    first, second = an_application(desk), an_application(desk)
    page = windows.of(signed_in(desk.front))
    page.goto("/sipeci/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert str(second.pk) in focused
    assert str(first.pk) not in focused
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.split("?")[0].endswith(page_of(second))


def test_everything_on_the_page_is_reached_by_tab_and_the_loser_hears_it_first(desk: Desk, windows: Windows) -> None:
    case = an_application(desk, "initial_1")
    page = windows.of(signed_in(desk.officer))
    page.goto(page_of(case))
    other = windows.of(signed_in(desk.officer))
    other.goto(page_of(case))
    other.get_by_text("Kembalikan konsep ke penyusun").click()
    other.get_by_label("Alasan").fill("Nama tempat praktik salah tulis.")
    other.get_by_role("button", name="Kembalikan konsep").click()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Paraf konsep ini":
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert "sudah diubah oleh Pejabat officer" in page.get_by_role("alert").inner_text()
