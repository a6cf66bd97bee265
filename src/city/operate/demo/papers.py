"""The papers an applicant holds in her hand, as PDF: cards and letters of invented people, marked as examples."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Sheet:
    """What stands on one paper. `card` is the size of an identity card, else A4; `rows` are names and values."""

    head: str
    title: str
    rows: Sequence[tuple[str, str]]
    text: Sequence[str] = ()
    card: bool = False


@lru_cache(maxsize=64)
def _compiled(words: str) -> bytes:
    made = typst.compile(TEMPLATE, format="pdf", sys_inputs={"sheet": words})
    return bytes(made)


def pdf_of(sheet: Sheet) -> bytes:
    """The paper as a small PDF with real text, as an office would send it."""
    return _compiled(json.dumps(asdict(sheet), ensure_ascii=False))


def identity_card(name: str, nik: str, *, born: str, address: str) -> Sheet:
    """An e-KTP as it lies on the kitchen table."""
    rows = [
        ("NIK", nik),
        ("Nama", name),
        ("Tempat/tgl lahir", born),
        ("Alamat", address),
        ("Berlaku hingga", "SEUMUR HIDUP"),
    ]
    return Sheet("PROVINSI BANTEN · KOTA CILEGON", "KARTU TANDA PENDUDUK", rows, card=True)


def letter(head: str, title: str, name: str, *rows: tuple[str, str], text: Sequence[str] = ()) -> Sheet:
    """A statement or certificate about one person."""
    return Sheet(head, title, [("Nama", name), *rows], text)
