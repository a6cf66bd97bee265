"""MARCXML: each record is cut out of the file and read alone, so that a broken one ends nothing but itself.

What stands outside the records is never read: no DOCTYPE reaches the parser, hence no entity, file or network.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree  # writes only

from lxml import etree  # type: ignore[import-untyped]
from pymarc import Field, Indicators, Leader, Record, Subfield
from pymarc.marcxml import record_to_xml_node

from city.library.rules.faults import MARCXML, Fault, Read
from city.library.rules.iso2709 import Unreadable

NAMESPACE = "http://www.loc.gov/MARC21/slim"
_CODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PIECES = re.compile(
    r"<!--.*?-->|<((?:[\w.-]+:)?)record(?=[\s>/])(?:.*?</\1record\s*>|.*)", re.DOTALL
)  # a record without its end reaches to the end of the file, and is refused
_PREFIX = re.compile(r"<(?:([\w.-]+):)?record")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LEADER_LENGTH = 24


def _text_of(data: bytes) -> tuple[str, bool]:
    """The file as text, and whether some bytes were not what the file says of its coding."""
    said = _CODING.match(data[:200].lstrip(b"\xef\xbb\xbf"))
    coding = said[1].decode("ascii") if said else "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(coding), False
    except (UnicodeDecodeError, LookupError):
        return data.decode("utf-8", "replace"), True


def records_in(data: bytes) -> Iterator[Read]:
    """Every record of a MARCXML file, in order, counted from 1."""
    text, damaged = _text_of(data)
    number = 0
    for found in _PIECES.finditer(text):
        if found[0].startswith("<!--"):
            continue
        number += 1
        yield _read(number, found[0], damaged)


def _read(number: int, piece: str, damaged: bool) -> Read:
    raw = piece.encode()
    try:
        record, faults = parsed(piece)
    except Unreadable as why:
        return Read(number, raw, MARCXML, refused=why.fault)
    if damaged and "\ufffd" in piece:
        faults.append(Fault("not_utf8"))
    return Read(number, raw, MARCXML, record, tuple(faults))


def parsed(piece: str) -> tuple[Record, list[Fault]]:
    """The record of one <record> element and what was repaired. Raises Unreadable."""
    prefix = _PREFIX.match(piece)
    named = f' xmlns:{prefix[1]}="{NAMESPACE}"' if prefix and prefix[1] else f' xmlns="{NAMESPACE}"'
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(f"<x{named}>{piece}</x>", parser)
    except etree.XMLSyntaxError as error:
        line = str(error.position[0]) if error.position else "1"
        raise Unreadable(Fault("not_xml", facts={"line": line})) from None
    return _record(root[0])


def _record(node: etree._Element) -> tuple[Record, list[Fault]]:
    faults: list[Fault] = []
    leader = next((child.text or "" for child in node if _name(child) == "leader"), "")
    if len(leader) != LEADER_LENGTH:
        faults.append(Fault("leader", facts={"said": str(len(leader)), "is": str(LEADER_LENGTH)}))
        leader = leader[:LEADER_LENGTH].ljust(LEADER_LENGTH)
    record = Record()
    record.leader = Leader(leader)
    for child in node:
        if _name(child) in ("controlfield", "datafield"):
            record.add_field(_field(child, faults))
    if not record.fields:
        raise Unreadable(Fault("not_marc"))
    return record, faults


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _field(node: etree._Element, faults: list[Fault]) -> Field:
    tag = (node.get("tag") or "").strip()
    if len(tag) != 3 or not (tag.isascii() and tag.isalnum()):
        raise Unreadable(Fault("tag", facts={"said": tag[:20]}))
    if _name(node) == "controlfield":
        return Field(tag, data="".join(node.itertext()))
    signs = [(node.get(name) or " ") for name in ("ind1", "ind2")]
    if any(len(sign) != 1 for sign in signs):
        faults.append(Fault("indicators", tag))
    subfields = [
        Subfield(child.get("code") or "?", "".join(child.itertext())) for child in node if _name(child) == "subfield"
    ]
    return Field(tag, indicators=Indicators(signs[0][0], signs[1][0]), subfields=subfields)


def written(record: Record) -> str:
    """The record as one <record> element. Control letters that XML cannot hold become a space."""
    node = record_to_xml_node(record)
    for element in node.iter():
        element.text = _NOT_XML.sub(" ", element.text) if element.text else element.text
    return ElementTree.tostring(node, encoding="unicode")
