"""The application's form as people fill it in: step by step, and files as they lie on a phone."""

import io
from collections.abc import Mapping

import pikepdf
from PIL import Image

from city.operate.demo.papers import identity_card, letter, pdf_of
from city.operate.demo.photos import Shot, photo_of, portrait

from .applicant import case_in
from .window import Window

TEXT = ["Surat ini dibuat untuk kota contoh. Isinya karangan dan tidak berlaku di mana pun."]


def begun(window: Window, kind: str) -> str:
    """A draft of a kind, opened from its own page, beside drafts that wait already; gives the case's id."""
    window.go(f"/sipeci/kinds/{kind}").follow("Mulai mengisi").says("Atas nama siapa")
    window.page.locator("main form").get_by_role("button").first.click()
    window.page.wait_for_url("**/form/*")
    return str(case_in(window))


def answered(window: Window, answers: Mapping[str, str]) -> Window:
    """Fill in what this step asks, and go on."""
    here = {name: text for name, text in answers.items() if window.page.locator(f"main [name='{name}']").count()}
    before = window.path
    window.fill(**here).press("Simpan dan lanjut")
    window.page.wait_for_url(lambda url: not url.endswith(before))
    return window


def a_pdf(title: str, name: str) -> bytes:
    return pdf_of(letter("CONTOH", title, name, text=TEXT))


def a_photo_of_a_card(name: str) -> bytes:
    """As a phone takes it: on its side, with the place it was taken."""
    card = identity_card(name, "3672991403900001", born="Cilegon, 14-03-1990", address="Jalan Contoh 1")
    return photo_of(card, Shot(1600))


def a_portrait() -> bytes:
    return portrait("perjalanan")


def locked(pdf: bytes) -> bytes:
    """The same PDF behind a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))
    return out.getvalue()


def a_drawing() -> bytes:
    """A PNG of 900 by 1,200 pixels."""
    out = io.BytesIO()
    Image.effect_noise((900, 1200), 60).save(out, "PNG")
    return out.getvalue()
