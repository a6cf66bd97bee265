"""Names and subjects as records head them, and what an authority record says of one."""

from dataclasses import dataclass

from pymarc import Field, Record

from city.library.rules.keys import LONGEST_KEY, name_key, title_key

PERSON, BODY, MEETING = "person", "body", "meeting"
_NAMES = {"00": PERSON, "10": BODY, "11": MEETING}
_TOPICS = {"00": "name", "10": "name", "11": "name", "30": "title", "48": "time", "50": "topic", "51": "place"}
_MARKS = " /:;,=+"
# The second indicator of 6XX: whose list the subject is from.
_SCHEMES = {"0": "lcsh", "1": "lcshac", "2": "mesh", "5": "csh", "6": "rvm"}
_DIVISIONS = ("v", "x", "y", "z")
_NOT_HEAD = ("e", "i", "w", *_DIVISIONS)
LONGEST_NAME = 300


@dataclass(frozen=True)
class Name:
    """A person, body or meeting in one role: "trl", "ill" and so on as the record says, or ""."""

    kind: str
    name: str
    dates: str = ""
    role: str = ""

    @property
    def key(self) -> str:
        return name_key(self.name, self.dates)


@dataclass(frozen=True)
class Topic:
    """A subject, its parts joined by " -- ", from the list named `scheme`."""

    kind: str
    scheme: str
    term: str

    @property
    def key(self) -> str:
        return title_key(self.term)


@dataclass(frozen=True)
class Authority:
    """One heading and the forms that lead to it: a Name with names, or a Topic with terms."""

    heading: Name | Topic
    variants: tuple[str, ...]


def trimmed(text: str) -> str:
    """Without the marks that cataloguing puts between parts ("Bumi manusia :"); a last full stop goes after a word."""
    plain = " ".join(text.split()).strip(_MARKS)
    if plain.endswith(".") and not plain.endswith("..") and len(plain.rsplit(" ", 1)[-1]) > 4:
        plain = plain[:-1]
    return plain.strip(_MARKS)[:1000]


def heading_of(field: Field) -> Name | None:
    """The name in X00, X10 or X11."""
    kind = _NAMES.get(field.tag[1:])
    codes = ("a", "b", "c", "q") if kind == PERSON else ("a", "b", "n", "c")
    name = trimmed(" ".join(field.get_subfields(*codes)))[:LONGEST_NAME]
    if kind is None or not name_key(name):
        return None
    dates = trimmed(" ".join(field.get_subfields("d"))) if kind == PERSON else ""
    role = next(iter(field.get_subfields("4", "e")), "")
    return Name(kind, name, dates[:40], trimmed(role).rsplit("/", 1)[-1].strip(".")[:40])


def topic_of(field: Field) -> Topic | None:
    """The subject in a 6XX (or in the 1XX of an authority record)."""
    kind = "topic" if field.tag == "653" else _TOPICS.get(field.tag[1:], "topic")
    head = " ".join(one.value for one in field.subfields if one.code.isalpha() and one.code not in _NOT_HEAD)
    parts = [trimmed(head), *(trimmed(value) for value in field.get_subfields(*_DIVISIONS))]
    term = " -- ".join(filter(None, parts))[:LONGEST_KEY]
    listed = "free" if field.tag == "653" else _SCHEMES.get(field.indicator2, "")
    scheme = listed or next(iter(field.get_subfields("2")), "local")
    return Topic(kind, scheme[:20], term) if title_key(term) else None


def authority_of(record: Record) -> Authority | None:
    """What an authority record (leader 06 "z") establishes; None when it is of a kind we do not use."""
    for field in record.fields:
        if field.tag[:1] == "1" and field.tag[1:] in _NAMES:
            name = heading_of(field)
            found = [heading_of(one) for one in record.fields if one.tag == f"4{field.tag[1:]}"]
            return Authority(name, tuple(dict.fromkeys(one.name for one in found if one))) if name else None
        if field.tag in ("148", "150", "151"):
            topic = topic_of(field)
            terms = [topic_of(one) for one in record.fields if one.tag == f"4{field.tag[1:]}"]
            return Authority(topic, tuple(dict.fromkeys(one.term for one in terms if one))) if topic else None
    return None
