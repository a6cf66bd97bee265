"""A browser's window as a person uses it: by names she reads, with a camera, and with a guard on every page.

The guard: a console error, a refusal by the security policy, a script's exception, an answer of 5xx, or a missing file
of ours fails the journey when its window is closed.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

PHONE, SMALL_PHONE, DESKTOP = (390, 844), (360, 740), (1440, 900)
PATIENCE = 30_000  # milliseconds; two cores may be busy with another journey
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)
POLICY = """
window.refusedByPolicy = [];
addEventListener("securitypolicyviolation", (e) => {
  refusedByPolicy.push(`${e.violatedDirective} ${e.blockedURI}`);
  console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`);
});
"""
_OWN_FILES = {"stylesheet", "script", "image", "font"}


@dataclass
class Window:
    """One device. `shots` are (name, PNG) in the order they were taken; None: nobody wants pictures.

    `worker`: the city's service worker may settle here, as on every device outside tests.
    """

    browser: Browser
    base: str
    size: tuple[int, int] = DESKTOP
    script: bool = True
    language: str = "id"
    faults: list[str] = field(default_factory=list)
    shots: list[tuple[str, bytes]] | None = None
    worker: bool = False

    def __post_init__(self) -> None:
        phone = self.size[0] < 600
        self.context: BrowserContext = self.browser.new_context(
            base_url=self.base,
            viewport={"width": self.size[0], "height": self.size[1]},
            java_script_enabled=self.script,
            is_mobile=phone,
            has_touch=phone,
            user_agent=ANDROID if phone else None,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            service_workers="allow" if self.worker else "block",
        )
        self.context.set_default_timeout(PATIENCE)
        if self.language != "id":
            self.context.add_cookies([{"name": "bahasa", "value": self.language, "url": self.base}])
        self.page: Page = self.context.new_page()
        self._guard()

    def _guard(self) -> None:
        if self.script:
            self.page.add_init_script(POLICY)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, said: ConsoleMessage) -> None:
        # Chrome reports each 4xx page here too; those are answers, and told apart in `_answered`.
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.faults.append(f"console on {self.page.url}: {said.text}")

    def _answered(self, answer: Response) -> None:
        missing = answer.status >= 400 and answer.request.resource_type in _OWN_FILES
        if answer.status >= 500 or missing:
            self.faults.append(f"{answer.status} {answer.request.method} {answer.url}")

    def close(self) -> None:
        self.context.close()

    def last_sight(self) -> str:
        """What this device showed when its journey failed."""
        if self.page.is_closed():
            return "a closed window"
        return f"── {self.size[0]} px, {self.path}\n{self.words[:1500]}"

    # ── Going and reading ──

    def go(self, address: str, status: int = 200) -> "Window":
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status} {self.words[:400]}"
        return self

    @property
    def words(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def says(self, *sentences: str) -> "Window":
        """Each sentence stands on the page, in sight."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).locator("visible=true").first).to_be_visible(timeout=PATIENCE)
        return self

    def headed(self, title: str | re.Pattern[str]) -> "Window":
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=PATIENCE)
        return self

    def reload_until(self, seen: Callable[["Window"], bool], what: str, tries: int = 90) -> "Window":
        """Look again, as people do, until a job has done its part."""
        for _try in range(tries):
            if seen(self):
                return self
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{what} never came: {self.path}\n{self.words[:1500]}")

    # ── Doing ──

    def named(self, role: str, name: str, *, exact: bool = False) -> Locator:
        """What can be used under this name; the first of several, as one reads."""
        return self.page.get_by_role(role, name=name, exact=exact).locator("visible=true").first  # type: ignore[arg-type]

    def press(self, name: str, *, exact: bool = False) -> "Window":
        self.named("button", name, exact=exact).click()
        return self

    def follow(self, name: str, *, exact: bool = False) -> "Window":
        self.named("link", name, exact=exact).click()
        return self

    def fill(self, **answers: str) -> "Window":
        """Fields by their names: text, choices and radios alike."""
        for name, answer in answers.items():
            self._answer(self.page.locator(f"[name='{name}']:not([type=hidden])"), answer)
        return self

    def _answer(self, found: Locator, answer: str) -> None:
        first = found.first
        kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            first.select_option(answer)
        elif kind in ("radio", "checkbox"):
            found.and_(self.page.locator(f"[value='{answer}']")).first.check()
        else:
            first.fill(answer)
            first.blur()

    # ── By keyboard alone ──

    def tab_to(self, name: str, *, most: int = 120) -> "Window":
        """Press Tab until what has this name is focused. Fails when the focus cannot be seen or never comes."""
        for _step in range(most):
            self.page.keyboard.press("Tab")
            if name.lower() in self._focused_name().lower():
                assert self._focus_is_seen(), f"the focus on {name!r} cannot be seen"
                return self
        raise AssertionError(f"Tab never reaches {name!r} on {self.path}")

    def _focused_name(self) -> str:
        return str(
            self.page.evaluate(
                """() => { const e = document.activeElement; if (!e || e === document.body) return "";
                const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
                const name = e.getAttribute("aria-label") || label || e.innerText || e.value || "";
                return name.replace(/\\s+/g, " ").trim(); }"""
            )
        )

    def _focus_is_seen(self) -> bool:
        return bool(
            self.page.evaluate(
                """() => { const e = document.activeElement; const s = getComputedStyle(e);
                const near = e.closest("label, .choice, .search, .field, .door, li");
                const rings = [s, near && getComputedStyle(near), near && getComputedStyle(near, "::after")];
                const label = e.labels && e.labels[0] && getComputedStyle(e.labels[0]);
                return [...rings, label].some((r) => r && (r.outlineStyle !== "none" || r.boxShadow !== "none"));}"""
            )
        )

    def type(self, text: str) -> "Window":
        self.page.keyboard.type(text)
        return self

    def key(self, name: str) -> "Window":
        """Press a key; Enter waits for the page it leads to."""
        if name == "Enter":
            with self.page.expect_navigation():
                self.page.keyboard.press(name)
        else:
            self.page.keyboard.press(name)
        return self

    # ── Looking ──

    def look(self, name: str, *, axe: bool = True) -> "Window":
        """The whole page fits its screen, nothing on it keeps anybody out (axe 0), and it is photographed if wanted."""
        self.page.wait_for_load_state("load" if self.shots is None else "networkidle")
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": self.size[0], "height": max(self.size[1], min(height, 12_000))})
        wide = int(self.page.evaluate("document.documentElement.scrollWidth"))
        assert wide <= self.size[0], f"{name}: {self.path} is {wide} px wide on a screen of {self.size[0]}"
        if self.shots is not None:
            self.shots.append((name, self.page.screenshot()))
        if axe and self.script:
            self._axe(name)
        self.page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        return self

    def _axe(self, name: str) -> None:
        found: dict[str, Any] = Axe().run(self.page).response
        broken = [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found["violations"]]
        assert broken == [], f"{name}: {self.path} {broken}"


def saved(shots: list[tuple[str, bytes]], folder: Path, journey: str) -> None:
    """One contact sheet of a journey's photographs, in their order, each under its name."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - only where pictures are wanted

    tallest, gap, head = 1500, 24, 40
    pictures = []
    for name, png in shots:
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        scale = 390 / picture.width if picture.width < 600 else 820 / picture.width
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
        pictures.append((name, picture.crop((0, 0, picture.width, min(picture.height, tallest)))))
    rows: list[list[tuple[str, Image.Image]]] = [[]]
    for name, picture in pictures:
        if sum(one.width + gap for _n, one in rows[-1]) + picture.width > 2600 and rows[-1]:
            rows.append([])
        rows[-1].append((name, picture))
    width = max(sum(one.width + gap for _n, one in row) + gap for row in rows)
    height = sum(max(one.height for _n, one in row) + head + gap for row in rows) + gap
    sheet, top = Image.new("RGB", (width, height), (232, 236, 236)), gap
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(22)
    for row in rows:
        left = gap
        for name, picture in row:
            pen.text((left, top), name, fill=(20, 30, 34), font=font)
            sheet.paste(picture, (left, top + head))
            left += picture.width + gap
        top += max(one.height for _n, one in row) + head + gap
    folder.mkdir(parents=True, exist_ok=True)
    sheet.save(folder / f"{journey}.webp", quality=82, method=2)
