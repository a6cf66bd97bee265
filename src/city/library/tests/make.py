"""Builders for catalogue records and for a catalogue that holds some."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pymarc import Field, Indicators, Record, Subfield

from city.kernel.actor import system
from city.kernel.rules import WIB
from city.library.actions import import_records
from city.library.models import Import
from city.library.rules.files import records_in

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
CITY = system("tests")
# Real records and EPUBs, which stand beside the checkout and are never copied into it.
_BESIDE = Path(__file__).resolve().parents[5] / "shared"
SHARED = Path(os.environ.get("CITY_SHARED", _BESIDE)) / "data" / "library"


def field(tag: str, *pairs: str, signs: str = "  ") -> Field:
    """`field("245", "a", "Bumi manusia", "c", "Pramoedya")`."""
    parts = [Subfield(code, value) for code, value in zip(pairs[::2], pairs[1::2], strict=True)]
    return Field(tag, indicators=Indicators(signs[0], signs[1]), subfields=parts)


def a_record(title: str = "Bumi manusia", *, number: str = "", source: str = "CLG", **more: str) -> Record:
    """A book's record; more: creator, dates, isbn, subject, publisher, year, language, changed, barcode, leader."""
    record = Record()
    record.leader = f"00000{more.get('leader', 'nam')} a2200000   4500"  # type: ignore[assignment]
    if number:
        record.add_field(Field("001", data=number), Field("003", data=source))
    if "changed" in more:
        record.add_field(Field("005", data=more["changed"]))
    year, language = more.get("year", "1980"), more.get("language", "ind")
    record.add_field(Field("008", data=f"261124s{year}    io {' ' * 17}{language} d"))
    if "isbn" in more:
        record.add_field(field("020", "a", more["isbn"]))
    if "creator" in more:
        record.add_field(field("100", "a", more["creator"], "d", more.get("dates", ""), signs="1 "))
    record.add_field(field("245", "a", title, signs="10"))
    if "publisher" in more:
        record.add_field(field("260", "a", "Jakarta :", "b", f"{more['publisher']},", "c", f"{year}."))
    if "subject" in more:
        record.add_field(field("650", "a", more["subject"], signs=" 4"))
    if "barcode" in more:
        record.add_field(field("852", "p", more["barcode"], "h", "899.221 3"))
    return record


def as_file(records: Iterable[Record]) -> bytes:
    return b"".join(record.as_marc() for record in records)


def taken(data: bytes, *, dry_run: bool = False) -> Import:
    """The import of a file's bytes."""
    return import_records(
        file_name="sampel.mrc", reads=records_in(data), tell=lambda _progress: None, dry_run=dry_run, by=CITY, at=AT
    )


def a_catalogue(*records: Record) -> Import:
    return taken(as_file(records))
