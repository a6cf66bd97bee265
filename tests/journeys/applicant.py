"""What an applicant does with her phone: fill the form, photograph papers, send, answer, read the decision."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from playwright.sync_api import expect

from city.operate.demo.papers import identity_card, letter, pdf_of
from city.operate.demo.photos import Shot, photo_of, portrait
from city.permits import kinds

from .window import PATIENCE, Window

_FOLDER = Path(kinds.__file__).parent / "sip_dokter"
_KIND = tomllib.loads((_FOLDER / "kind.toml").read_text())
STEPS: dict[str, list[str]] = {step["code"]: [one["code"] for one in step["fields"]] for step in _KIND["steps"]}
ANSWERS: dict[str, str] = json.loads((_FOLDER / "examples.json").read_text())[0]["answers"]
DOCUMENTS = [need["code"] for need in _KIND["documents"]]
Upload = tuple[str, str, bytes]  # name, type, bytes


def papers_of(name: str, *, heavy: bool = False) -> dict[str, Upload]:
    """Her five papers: letters as PDF, the card and a portrait from a phone camera (turned, with its location)."""
    card = identity_card(name, "3672991403900777", born="Cilegon, 14 Maret 1990", address="Jalan Contoh 3")
    shot = Shot(4000, grain=True, quality=92) if heavy else Shot(1600)
    letters = {
        code: (f"{code}.pdf", "application/pdf", pdf_of(letter("CONTOH", code.upper(), name)))
        for code in DOCUMENTS
        if code not in ("ktp", "photo")
    }
    return {
        **letters,
        "ktp": ("IMG_20261124_080312.jpg", "image/jpeg", photo_of(card, shot)),
        "photo": ("pasfoto.jpg", "image/jpeg", portrait(name)),
    }


def case_in(window: Window) -> UUID:
    """The case of the page in this window."""
    found = re.search(r"/(?:applications|desk)/([0-9a-f-]{36})", window.path)
    assert found, window.path
    return UUID(found[1])


def begin(window: Window, kind: str = "sip_dokter") -> UUID:
    """From the public page of a service to the first step of its form."""
    window.go(f"/sipeci/kinds/{kind}").follow("Mulai mengisi").press("Mulai mengisi")
    window.page.wait_for_url("**/form/*")
    return case_in(window)


def fill_step(window: Window, step: str, answers: Mapping[str, str]) -> Window:
    """Answer the questions of one step that have an answer; nothing is sent yet."""
    for code in STEPS[step]:
        if answers.get(code):
            window.fill(**{code: answers[code]})
    return window


def is_saved(window: Window) -> Window:
    """The page says that what was typed is kept; saving runs beside typing."""
    expect(window.page.locator("[data-save-state]")).to_contain_text("Tersimpan", timeout=PATIENCE)
    return window


def fill_form(window: Window, name: str) -> Window:
    """All steps, from the first to the documents."""
    answers = {**ANSWERS, "holder_name": name}
    for step in STEPS:
        fill_step(window, step, answers).press("Simpan dan lanjut")
        window.page.wait_for_url(re.compile(rf"/form/(?!{step}$)"))
    return window.headed("Unggah berkas syarat")


def choose(window: Window, code: str, upload: Upload) -> Window:
    """Pick a file for a document; with script it is on its way at once."""
    name, kind, content = upload
    picker = window.page.locator(f"#d-{code}-file")
    picker.set_input_files({"name": name, "mimeType": kind, "buffer": content})
    if not window.script:
        window.page.locator(f"#d-{code} [data-send]").click()
    return window


def is_ready(window: Window, code: str, words: str = "Siap dikirim") -> Window:
    """The city has received the file and found it in order."""
    row = window.page.locator(f"#d-{code}")
    if window.script:
        expect(row).to_contain_text(words, timeout=2 * PATIENCE)
        return window
    return window.reload_until(lambda w: words in w.page.locator(f"#d-{code}").inner_text(), f"{code} {words}")


def upload_all(window: Window, name: str) -> Window:
    for code, upload in papers_of(name).items():
        choose(window, code, upload)
        is_ready(window, code)
    return window


def submit(window: Window) -> str:
    """Look everything through and send; gives the receipt number."""
    window.follow("Lanjut ke periksa isian").headed("Periksa, lalu kirim").press("Kirim permohonan")
    window.says("Permohonan terkirim")
    found = re.search(r"SPC-[A-Z]+-\d{4}-\d{6}", window.words)
    assert found, window.words
    return found[0]


def apply_for_sip(window: Window, name: str) -> tuple[UUID, str]:
    """A whole application by whoever is signed in; gives the case and its receipt number."""
    case_id = begin(window)
    upload_all(fill_form(window, name), name)
    return case_id, submit(window)
