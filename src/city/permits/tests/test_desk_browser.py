"""The desk in a real browser: by keyboard alone, without script, and without an accessibility finding."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from city.cases.models import Case
from city.cases.tests.make import Desk, a_desk, returned
from city.kernel.actor import Actor
from city.kernel.keyring import ensure_keys
from city.permits.tests.make_desk import NOW, an_application, page_of, signed_in
from city.ui.tests.conftest import chromium, city

__all__ = ["chromium", "city"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((1440, 1000), (390, 844))


@pytest.fixture
def loop_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps a loop running in this thread; Django is told that this is meant."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def desk(loop_allowed: None, own_city: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A city with real commits, which the browser's server sees too, on a Monday at noon."""
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return a_desk()


class Window:
    """Opens the desk as an officer, in windows of any size, with or without script."""

    def __init__(self, chromium: Browser, city: str) -> None:
        self.chromium, self.city = chromium, city
        self.open: list[Page] = []

    def of(self, actor: Actor, *, size: tuple[int, int] = SIZES[0], script: bool = True) -> Page:
        window = {"width": size[0], "height": size[1]}
        context = self.chromium.new_context(base_url=self.city, viewport=window, java_script_enabled=script)  # type: ignore[arg-type]
        session = signed_in(actor).cookies["sesi"].value
        context.add_cookies([{"name": "sesi", "value": session, "url": self.city}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        self.open.append(page)
        return page


@pytest.fixture
def window(chromium: Browser, city: str) -> Iterator[Window]:
    window = Window(chromium, city)
    yield window
    for page in window.open:
        page.context.close()


def test_every_page_of_the_desk_passes_axe_and_fits_its_screen(desk: Desk, window: Window) -> None:
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
    for size in SIZES:
        for actor, address in visits:
            page = window.of(actor, size=size)
            assert page.goto(address).status == 200  # type: ignore[union-attr]
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, (address, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (address, size)


def test_a_day_at_the_desk_without_script(desk: Desk, window: Window) -> None:
    case = an_application(desk)

    def pressed(actor: Actor, *names: str) -> Page:
        page = window.of(actor, script=False)
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
    page = window.of(desk.back, script=False)
    page.goto(page_of(case))
    page.get_by_role("radio", name="Kabulkan").check()
    page.get_by_role("button", name="Buat konsep dan kirim ke paraf").click()
    pressed(desk.officer, "Paraf konsep ini")
    pressed(desk.division, "Paraf konsep ini")
    assert Case.objects.get(pk=case.pk).turn == "sign"


def test_the_queue_is_walked_by_keys_and_a_file_opened(desk: Desk, window: Window) -> None:
    first, second = an_application(desk), an_application(desk)
    page = window.of(desk.front)
    page.goto("/sipeci/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert str(second.pk) in focused
    assert str(first.pk) not in focused
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.split("?")[0].endswith(page_of(second))


def test_everything_on_the_page_is_reached_by_tab_and_the_loser_hears_it_first(desk: Desk, window: Window) -> None:
    case = an_application(desk, "initial_1")
    page = window.of(desk.officer)
    page.goto(page_of(case))
    other = window.of(desk.officer)
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
