"""Which of the two forms a file of records has: MARCXML begins with a mark of XML, everything else is ISO 2709."""

from collections.abc import Iterator

from city.library.rules import iso2709, marcxml
from city.library.rules.faults import Read

_XML_MARKS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def records_in(data: bytes) -> Iterator[Read]:
    """Every record of the file, in order."""
    if data[:200].lstrip(b" \t\r\n").startswith(_XML_MARKS):
        return marcxml.records_in(data)
    return iso2709.records_in(data)
