"""The printing press: a letter in typst and its data become a PDF with number, QR and, when simulated, that word."""

import json
import threading
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import segno
import typst

_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads, and a worker has some
_LIBRARY = Path(__file__).with_name("paper.typ")
# With these the typesetter refuses what a screen reader could not read.
_STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


class CannotPrint(Exception):
    """The letter does not compile with this data: a fault of its author, with typst's own words."""


@dataclass(frozen=True)
class Facts:
    """What stands on every paper, whatever it says."""

    number: str
    code: str
    verify_url: str
    simulated: bool


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False)


def qr(text: str) -> str:
    """An SVG with the quiet zone around it that scanners need."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()


def printed(letter: str, data: dict[str, Any], facts: Facts) -> bytes:
    """The PDF of a letter. `data` holds text, numbers and lists; it can say nothing that typst would obey.

    Raises CannotPrint.
    """
    pages = {"main": letter.encode(), "paper.typ": _LIBRARY.read_bytes()}
    every = {**vars(facts), "qr": qr(facts.verify_url)}
    inputs = {"data": json.dumps(data, ensure_ascii=False), "facts": json.dumps(every, ensure_ascii=False)}
    try:
        press = typst.Compiler(input=pages, font_paths=_fonts(), ignore_system_fonts=True)
        pdf = press.compile(format="pdf", sys_inputs=inputs, pdf_standards=[*_STANDARDS])
    except typst.TypstError as error:
        raise CannotPrint(f"{error.message} {'; '.join(error.hints)}") from error
    if not isinstance(pdf, bytes):
        raise CannotPrint("one PDF was asked for")
    return pdf


def check(pdf: bytes, facts: Facts) -> None:
    """Every paper shows its number and its address, and says that it is a simulation when it is. Raises CannotPrint."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()  # type: ignore[no-untyped-call]
    said = "".join(text.split())
    must = [facts.number, facts.code, *(["SIMULASI"] if facts.simulated else [])]
    missing = [words for words in must if "".join(words.split()) not in said]
    if missing:
        raise CannotPrint(f"the letter leaves out {', '.join(missing)}: begin it with #show: paper.with(…)")
