"""What can be wrong with a record: a code and the facts for its sentence, which queries put into words."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pymarc import Record

ISO2709, MARCXML = "iso2709", "marcxml"


@dataclass(frozen=True)
class Fault:
    """One thing repaired, refused or decided; `field` is the tag it is about, or ""."""

    code: str
    field: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """One record of a file: as it came (`raw`), as it was understood, and what had to be repaired.

    `record` is None when nothing could be read; then `refused` says why.
    """

    number: int
    raw: bytes
    form: str
    record: Record | None = None
    repaired: tuple[Fault, ...] = ()
    refused: Fault | None = None
