"""Records of ISO 2709 (MARC21, INDOMARC) read as they are, not as their leaders say.

A record ends at its end mark, a field at its own; lengths and addresses are only compared, and what lies is counted
anew. The coding is what the bytes are: UTF-8 when they read so, else MARC-8.
"""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass

from pymarc import Field, Indicators, Leader, Record, Subfield
from pymarc.marc8 import MARC8ToUnicode

from city.library.rules.faults import ISO2709, Fault, Read

END_OF_RECORD, END_OF_FIELD, SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
LEADER, ENTRY = 24, 12
LONGEST_RECORD, LONGEST_FIELD = 99_999, 9_999
_SPACE = "character 0x20 "  # no alphabet but Latin lists the space, and a space is what it becomes
_BETWEEN = b"\r\n\x00\x1a"  # what lies between records and belongs to none


class Unreadable(Exception):
    """The record cannot be read; says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True)
class _Parts:
    leader: str
    fields: list[tuple[str, bytes]]
    faults: list[Fault]


def records_in(data: bytes) -> Iterator[Read]:
    """Every record of a file, in order, counted from 1; one that cannot be read does not stop the next."""
    number, start = 0, 0
    while start < len(data):
        end = data.find(END_OF_RECORD, start)
        whole = end >= 0
        end = end if whole else len(data)
        chunk = data[start:end].lstrip(_BETWEEN)
        start = end + 1
        if chunk.strip():
            number += 1
            yield _read(number, chunk, whole)


def _read(number: int, chunk: bytes, whole: bool) -> Read:
    raw = chunk + (END_OF_RECORD if whole else b"")
    try:
        record, faults = parsed(chunk, whole)
    except Unreadable as why:
        return Read(number, raw, ISO2709, refused=why.fault)
    return Read(number, raw, ISO2709, record, tuple(faults))


def parsed(chunk: bytes, whole: bool = True) -> tuple[Record, list[Fault]]:
    """The record of these bytes (without its end mark) and what was repaired. Raises Unreadable."""
    parts = _parts_of(chunk, whole)
    coding = _coding_of(chunk, parts)
    record = Record()
    record.leader = Leader(parts.leader)  # as it came: Record() would put its own marks into it
    for tag, value in parts.fields:
        record.add_field(_field(tag, value, coding, parts.faults))
    record.leader.coding_scheme = "a"
    return record, parts.faults


def _parts_of(chunk: bytes, whole: bool) -> _Parts:
    base = chunk.find(END_OF_FIELD) + 1
    if base <= LEADER:
        raise Unreadable(Fault("not_marc"))
    leader = chunk[:LEADER].decode("ascii", "replace").replace("\ufffd", " ")
    entries = _directory(chunk[LEADER : base - 1])
    faults = []
    if whole and _lies(leader, len(chunk) + 1, base):
        faults.append(Fault("leader", facts={"said": leader[:5].strip(), "is": str(len(chunk) + 1)}))
    fields = _by_address(entries, chunk[base:])
    if fields is None:
        fields = _in_order(entries, chunk[base:], whole)
        faults.append(Fault("addresses") if whole else _cut(entries, fields))
    elif not whole:
        faults.append(Fault("no_end"))
    return _Parts(leader, fields, faults)


def _lies(leader: str, length: int, base: int) -> bool:
    return leader[:5] != f"{length:05}"[-5:] or leader[12:17] != f"{base:05}"


def _directory(text: bytes) -> list[tuple[str, str, str]]:
    """Tag, length and start of every field. Raises Unreadable: without the tags nothing can be told apart."""
    entries = [text[i : i + ENTRY].decode("latin-1") for i in range(0, len(text), ENTRY)]
    if not entries or len(text) % ENTRY or not all(e[:3].isascii() and e[:3].isalnum() for e in entries):
        raise Unreadable(Fault("directory"))
    return [(entry[:3], entry[3:7], entry[7:]) for entry in entries]


def _by_address(entries: list[tuple[str, str, str]], data: bytes) -> list[tuple[str, bytes]] | None:
    """The fields where the directory says they are; None when it is wrong about one of them."""
    fields, counted = [], 0
    for tag, length, start in entries:
        if not (length.isdigit() and start.isdigit()):
            return None
        end = int(start) + int(length)
        value = data[int(start) : end]
        if value[-1:] != END_OF_FIELD or END_OF_FIELD in value[:-1]:
            return None
        fields.append((tag, value[:-1]))
        counted += len(value)
    return fields if counted == len(data) else None


def _in_order(entries: list[tuple[str, str, str]], data: bytes, whole: bool) -> list[tuple[str, bytes]]:
    """The fields one after the other, by their own end marks. Raises Unreadable when they are not as many as tags."""
    *values, rest = data.split(END_OF_FIELD)
    if whole and (len(values) != len(entries) or rest):
        raise Unreadable(Fault("fields", facts={"tags": str(len(entries)), "found": str(len(values))}))
    if not values:
        raise Unreadable(Fault("cut_early"))
    return [(entry[0], value) for entry, value in zip(entries, values, strict=False)]


def _cut(entries: list[tuple[str, str, str]], fields: list[tuple[str, bytes]]) -> Fault:
    lost = [entry[0] for entry in entries[len(fields) :]]
    return Fault("cut", lost[0] if lost else "", {"lost": str(len(lost))})


def _coding_of(chunk: bytes, parts: _Parts) -> str:
    """What the bytes are. An escape is MARC-8's own; anything else that reads as UTF-8 is UTF-8."""
    said_utf8 = parts.leader[9:10] == "a"
    if chunk.isascii() and b"\x1b" not in chunk:
        return "utf-8"
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        if said_utf8:
            parts.faults.append(Fault("not_utf8"))
        return "marc-8"
    if b"\x1b" in chunk and not said_utf8:
        return "marc-8"
    if not said_utf8:
        parts.faults.append(Fault("is_utf8"))
    return "utf-8"


def _text(value: bytes, coding: str, tag: str, faults: list[Fault]) -> str:
    if coding == "utf-8":
        return value.decode("utf-8")
    complaints = io.StringIO()
    with redirect_stderr(complaints):  # the library tells of letters it does not know there and nowhere else
        text = str(MARC8ToUnicode().translate(value))
    if any(_SPACE not in line for line in complaints.getvalue().splitlines()):
        faults.append(Fault("letters", tag))
    return text


def _field(tag: str, value: bytes, coding: str, faults: list[Fault]) -> Field:
    if tag < "010" and tag.isdigit():
        return Field(tag, data=_text(value, coding, tag, faults))
    head, *pieces = value.split(SUBFIELD)
    if len(head) != 2 or not head.isascii() or not pieces:
        faults.append(Fault("indicators", tag))
        spare = head[2:] if not pieces and head[:2].isascii() else b""
        pieces = pieces or [b"a" + spare]
    signs = (head[:2].decode("ascii", "replace") + "  ").replace("\ufffd", " ")
    subfields = [_subfield(piece, coding, tag, faults) for piece in pieces if piece]
    if len(subfields) != len(pieces):
        faults.append(Fault("empty_subfield", tag))
    return Field(tag, indicators=Indicators(signs[0], signs[1]), subfields=subfields)


def _subfield(piece: bytes, coding: str, tag: str, faults: list[Fault]) -> Subfield:
    code = piece[:1].decode("ascii", "replace").replace("\ufffd", "?")
    if code == "?":
        faults.append(Fault("subfield_code", tag))
        return Subfield(
            "?", piece.decode("utf-8", "replace") if coding == "utf-8" else _text(piece, coding, tag, faults)
        )
    return Subfield(code, _text(piece[1:], coding, tag, faults))


def fits(record: Record) -> bool:
    """Whether ISO 2709 can hold the record: five digits of length in all, four for a field."""
    lengths = [len(one.as_marc("utf-8")) for one in record.fields]
    whole = LEADER + 2 + ENTRY * len(lengths) + sum(lengths)
    return whole <= LONGEST_RECORD and max(lengths, default=0) <= LONGEST_FIELD
