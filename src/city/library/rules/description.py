"""What a bibliographic record says of a title, read from the fields that MARC21 and INDOMARC share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pymarc import Field, Record

from city.library.rules.keys import isbn13
from city.library.rules.names import Name, Topic, heading_of, topic_of, trimmed

# Leader 06: what the thing is. Leader 07 "s" makes a text a serial, 008/23 makes it electronic.
KINDS = {
    "a": "book", "t": "manuscript", "c": "score", "d": "score", "e": "map", "f": "map", "g": "video",
    "i": "sound", "j": "sound", "k": "picture", "m": "file", "o": "object", "p": "mixed", "r": "object",
}  # fmt: skip
_ELECTRONIC, _SERIAL = ("o", "q", "s"), ("b", "i", "s")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_LANGUAGE = re.compile(r"[a-z]{3}")
_NO_LANGUAGE = ("und", "zxx", "mul", "   ", "|||")
_FOR_CHILDREN = ("a", "b", "c", "d", "j")
# Added entries that are persons or bodies of the title itself; those with a $t name another work.
_ADDED = ("700", "710", "711")
_TOPICS = ("600", "610", "611", "630", "648", "650", "651", "653")


@dataclass(frozen=True)
class Holding:
    """One copy in a house: its barcode and shelf mark (852 $p, $h $i)."""

    barcode: str
    shelf_mark: str


@dataclass(frozen=True)
class Imprint:
    """Who brought it out, where and when; `year` is None when the record does not say."""

    publisher: str = ""
    place: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Description:
    """One title as its record tells it; `work_title` is the uniform title where the record has one."""

    title: str
    subtitle: str
    responsibility: str
    work_title: str
    kind: str
    language: str
    creator: Name | None
    others: tuple[Name, ...]
    topics: tuple[Topic, ...]
    isbns: tuple[str, ...]
    imprint: Imprint
    extent: str
    edition: str
    series: str
    summary: str
    for_children: bool
    holdings: tuple[Holding, ...]


def control_of(record: Record) -> tuple[str, str, str]:
    """Whose number (003), the number (001), and when the record was last changed (005); "" where it does not say."""
    source, number, changed = (_data(record, tag) for tag in ("003", "001", "005"))
    return source[:40], number[:80], changed[:20]


def described(record: Record) -> Description | None:
    """The title a record describes; None when it names none (no 245 $a)."""
    named = first(record, "245")
    title = trimmed(_value(named, "a", "n", "p"))
    if not title:
        return None
    names = [heading_of(field) for tag in ("100", "110", "111") for field in record.get_fields(tag)]
    creator = next((name for name in names if name), None)
    return Description(
        title=title,
        subtitle=trimmed(_value(named, "b")),
        responsibility=trimmed(_value(named, "c")),
        work_title=trimmed(_value(first(record, "240") or first(record, "130"), "a", "n", "p")) or title,
        kind=_kind(record),
        language=_language(record),
        creator=creator,
        others=_others(record, creator),
        topics=_topics(record),
        isbns=tuple(dict.fromkeys(filter(None, (isbn13(_value(f, "a")) for f in record.get_fields("020"))))),
        imprint=_imprint(record),
        extent=trimmed(_value(first(record, "300"), "a")),
        edition=trimmed(_value(first(record, "250"), "a")),
        series=trimmed(_value(first(record, "490") or first(record, "830") or first(record, "440"), "a", "v")),
        summary=" ".join(_value(field, "a") for field in record.get_fields("520")),
        for_children=_kind(record) == "book" and _fixed(record, 22) in _FOR_CHILDREN,
        holdings=_holdings(record.get_fields("852")),
    )


def first(record: Record, tag: str) -> Field | None:
    return next(iter(record.get_fields(tag)), None)


def _data(record: Record, tag: str) -> str:
    field = first(record, tag)
    return (field.data or "").strip() if field else ""


def _fixed(record: Record, place: int) -> str:
    """One letter of 008; "" when the field is shorter."""
    field = first(record, "008")
    return (field.data or "")[place : place + 1] if field else ""


def _value(field: Field | None, *codes: str) -> str:
    """The subfields of these codes in the record's order, parted by a space."""
    return " ".join(part.strip() for part in field.get_subfields(*codes) if part.strip()) if field else ""


def _kind(record: Record) -> str:
    leader = str(record.leader)
    kind = KINDS.get(leader[6:7], "book")
    if kind == "book" and leader[7:8] in _SERIAL:
        return "serial"
    return "ebook" if kind == "book" and _fixed(record, 23) in _ELECTRONIC else kind


def _language(record: Record) -> str:
    """Three letters (ISO 639-2/B) from 008, else from 041 $a; "" when the record does not say."""
    field = first(record, "008")
    said = [(field.data or "")[35:38].lower() if field else ""]
    said += [value[:3].lower() for one in record.get_fields("041") for value in one.get_subfields("a")]
    return next((code for code in said if _LANGUAGE.fullmatch(code) and code not in _NO_LANGUAGE), "")


def _others(record: Record, creator: Name | None) -> tuple[Name, ...]:
    found = [heading_of(field) for field in record.get_fields(*_ADDED) if not field.get_subfields("t")]
    return tuple(dict.fromkeys(name for name in found if name and (creator is None or name.key != creator.key)))


def _topics(record: Record) -> tuple[Topic, ...]:
    found = (topic_of(field) for field in record.get_fields(*_TOPICS))
    return tuple({topic.key: topic for topic in found if topic}.values())


def _imprint(record: Record) -> Imprint:
    fields = [f for f in record.get_fields("264") if f.indicator2 in ("1", " ")] or record.get_fields("260", "264")
    field = fields[0] if fields else None
    dates = [_fixed_year(record), _value(field, "c"), *(_value(one, "c") for one in fields[1:])]
    year = next((int(found[0]) for date in dates if (found := _YEAR.search(date))), None)
    return Imprint(trimmed(_value(field, "b")), trimmed(_value(field, "a")).strip("[]"), year)


def _fixed_year(record: Record) -> str:
    field = first(record, "008")
    return (field.data or "")[7:11] if field else ""


def _holdings(fields: Iterable[Field]) -> tuple[Holding, ...]:
    found = (Holding(_value(field, "p")[:60], _value(field, "h", "i")[:80]) for field in fields)
    return tuple({one.barcode: one for one in found if one.barcode}.values())
