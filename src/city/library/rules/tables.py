"""Titles from a table (CSV): one row a title, made into a MARC record so that there is one way into the catalogue.

The first line names the columns, in Indonesian or English, in any order; only `judul` is needed. Several values in one
cell are parted by "|". `ejaan_lain` are other forms of the author's name and become an authority record.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping

from pymarc import Field, Indicators, Leader, Record, Subfield

from city.library.rules.description import KINDS
from city.library.rules.faults import ISO2709, Fault, Read
from city.library.rules.keys import isbn13

COLUMNS = {
    "judul": "title", "anak_judul": "subtitle", "pengarang": "creator", "tahun_hidup": "dates",
    "ejaan_lain": "variants", "pengarang_lain": "others", "tahun": "year", "kota": "place",
    "penerbit": "publisher", "bahasa": "language", "jenis": "kind", "subjek": "subjects", "isbn": "isbn",
    "tebal": "extent", "ringkasan": "summary", "barkode": "barcode", "tanda_rak": "shelf_mark",
    "judul_asli": "work_title",
}  # fmt: skip
_TOLD_AS = {english: indonesian for indonesian, english in COLUMNS.items()}
_LEADERS = {kind: f"00000n{letter}m a2200000   4500" for letter, kind in reversed(KINDS.items())}
_LEADERS |= {"serial": "00000nas a2200000   4500", "ebook": "00000nam a2200000   4500"}
_AUTHORITY = "00000nz  a2200000   4500"
_KINDS = {
    "buku": "book", "majalah": "serial", "peta": "map", "partitur": "score", "rekaman": "sound", "naskah": "manuscript",
    "gambar": "picture",
}  # fmt: skip
_YEAR, _LANGUAGE = re.compile(r"\d{4}"), re.compile("[a-z]{3}")
# Fields with their first indicator, subfield and column, in the order of the record.
_PLAIN = (
    ("240", "1", (("a", "work_title"),)),
    ("245", "1", (("a", "title"), ("b", "subtitle"))),
    ("260", " ", (("a", "place"), ("b", "publisher"), ("c", "year"))),
    ("300", " ", (("a", "extent"),)),
    ("520", " ", (("a", "summary"),)),
)
Row = Mapping[str, str]


class NoTitles(Exception):
    """The table has no column of titles; `columns` are those it has."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__("no column of titles")
        self.columns = columns


def records_in(data: bytes) -> Iterator[Read]:
    """Every row as a record, counted from 2, for the columns are line 1. Raises NoTitles at once."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    head = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=max(",;\t", key=head.count))
    named = [one.strip().lower().replace(" ", "_") for one in next(lines, [])]
    columns = [COLUMNS.get(one, one) for one in named]
    if "title" not in columns:
        raise NoTitles(named)
    return _reads(lines, columns)


def _reads(lines: Iterator[list[str]], columns: list[str]) -> Iterator[Read]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Read(number, b"", ISO2709, refused=Fault("row"))
            continue
        row = {name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=False)}
        if any(row.values()):
            yield from _of_row(number, row)


def _of_row(number: int, row: Row) -> Iterator[Read]:
    if row.get("creator") and row.get("variants"):
        known = _authority(row)
        yield Read(number, known.as_marc(), ISO2709, known)
    faults: list[Fault] = []
    record = _record(row, faults)
    yield Read(number, record.as_marc(), ISO2709, record, tuple(faults))


def _field(tag: str, first: str, *pairs: tuple[str, str]) -> Field:
    return Field(tag, indicators=Indicators(first, " "), subfields=[Subfield(code, value) for code, value in pairs])


def _several(row: Row, column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split("|") if part.strip()]


def _named(tag: str, row: Row) -> Field:
    dates = row.get("dates", "")
    return _field(tag, "1", ("a", row["creator"]), *([("d", dates)] if dates else []))


def _authority(row: Row) -> Record:
    record = Record()
    record.leader = Leader(_AUTHORITY)
    record.add_field(_named("100", row), *(_field("400", "1", ("a", form)) for form in _several(row, "variants")))
    return record


def _record(row: Row, faults: list[Fault]) -> Record:
    record = Record()
    kind = _known(row, "kind", set(_LEADERS), faults) or "book"
    record.leader = Leader(_LEADERS[kind])
    year, language = _matching(row, "year", _YEAR, faults), _matching(row, "language", _LANGUAGE, faults)
    form = "o" if kind == "ebook" else " "
    record.add_field(Field("008", data=f"000000s{year:4}    {' ' * 8}{form}{' ' * 11}{language:3} d"))
    for isbn in _several(row, "isbn"):
        if not isbn13(isbn):
            faults.append(Fault("cell", "020", {"column": "isbn", "said": isbn[:40]}))
        record.add_field(_field("020", " ", ("a" if isbn13(isbn) else "z", isbn)))
    if row.get("creator"):
        record.add_field(_named("100", row))
    for tag, first, parts in _PLAIN:
        pairs = [(code, row[column]) for code, column in parts if row.get(column)]
        record.add_field(*([_field(tag, first, *pairs)] if pairs else []))
    record.add_field(*(_field("653", " ", ("a", subject)) for subject in _several(row, "subjects")))
    record.add_field(*(_field("700", "1", ("a", name)) for name in _several(row, "others")))
    if row.get("barcode"):
        record.add_field(_field("852", " ", ("h", row.get("shelf_mark", "")), ("p", row["barcode"])))
    return record


def _known(row: Row, column: str, known: set[str], faults: list[Fault]) -> str:
    said = row.get(column, "").lower()
    said = _KINDS.get(said, said)
    if said and said not in known:
        faults.append(Fault("cell", facts={"column": _TOLD_AS[column], "said": said[:40]}))
    return said if said in known else ""


def _matching(row: Row, column: str, form: "re.Pattern[str]", faults: list[Fault]) -> str:
    said = row.get(column, "").lower()
    if said and not form.fullmatch(said):
        faults.append(Fault("cell", facts={"column": _TOLD_AS[column], "said": said[:40]}))
        return ""
    return said
