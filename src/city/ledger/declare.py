"""What others tell the ledger: the papers behind documents, and the documents they want posted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from city.kernel.registry import Registry

# By source kind ("billing.bill"): a paper's title and address for drill-down, or None when it is not to be seen.
SOURCES: Registry[Callable[[UUID], tuple[str, str] | None]] = Registry("paper behind an entry")

TREASURY = "PPKD"  # the BUD's own books


@dataclass(frozen=True)
class Document:
    """A paper that moves money, as its owner tells it; which accounts move is a posting rule's to say.

    `type` numbers it (SKRD, TBP, STS, NK …) and `variant` picks the rule within it ("no_bill"). `entity` is an agency's
    code, or TREASURY. `amounts` are sen by the rule's names, all of them, zero where there is nothing. `accounts` are
    codes by the rule's placeholders. `part` tells several documents of one type and source apart. `description` is
    read by auditors for ever: no personal data. `audit_year`: an adjustment in that year's period 13.
    """

    type: str
    entity: str
    source_kind: str
    source: UUID
    value_date: date
    amounts: Mapping[str, int]
    accounts: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    variant: str = ""
    part: str = ""
    audit_year: int | None = None

    def told(self) -> dict[str, Any]:
        """As the posting function reads it."""
        words = {
            "type": self.type,
            "variant": self.variant,
            "entity": self.entity,
            "source_kind": self.source_kind,
            "source": str(self.source),
            "part": self.part,
            "value_date": self.value_date.isoformat(),
            "amounts": dict(self.amounts),
            "accounts": dict(self.accounts),
            "description": self.description,
        }
        return words if self.audit_year is None else {**words, "audit_year": self.audit_year}


@dataclass(frozen=True)
class Reversal:
    """A document taken back by a new one (type KOREKSI) with every line on its other side, dated today; once."""

    document: UUID
    reason: str

    def told(self) -> dict[str, Any]:
        """As the posting function reads it."""
        return {"reverses": str(self.document), "description": self.reason}


@dataclass(frozen=True)
class Posted:
    """A document in the books: its number, its label on paper ("SKRD/BPKAD/2026/000017"), its entries' ids."""

    id: UUID
    number: int
    label: str
    entries: tuple[UUID, ...]


@dataclass(frozen=True)
class RuleDraft:
    """A posting rule that somebody proposes. `lines` are written as in data/rules.toml."""

    type: str
    title: str
    source: str
    valid_from: date
    lines: tuple[str, ...]
    variant: str = ""
    valid_until: date | None = None
    audit: bool = False
