"""Entries as they are sealed: everything an entry says, so that one changed byte shows."""

import json
from collections.abc import Iterable, Iterator

from city.ledger.models import Entry

PREFIX = "ledger:"  # a chain per entity: "ledger:BPKAD"


def entry_texts(ids: Iterable[int]) -> Iterator[bytes]:
    """The texts of these entries by rising id: the document, the entry, its lines."""
    found = Entry.objects.filter(pk__in=list(ids)).select_related("document").prefetch_related("lines").order_by("pk")
    return map(entry_text, found)


def entry_text(entry: Entry) -> bytes:
    paper = entry.document
    row = {
        "document": [
            str(paper.pk), paper.type, paper.variant, paper.entity_id, paper.year, paper.number, paper.label,
            paper.source_kind, str(paper.source), paper.part, paper.value_date.isoformat(), paper.posted_on.isoformat(),
            paper.description, paper.told, str(paper.rule_id), str(paper.reverses_id), paper.actor,
            paper.at.isoformat(), paper.recorded_at.isoformat(),
        ],
        "entry": [
            entry.pk, str(entry.uid), entry.entity, entry.book, entry.year, entry.month, entry.booked_on.isoformat(),
        ],
        "lines": [
            [line.no, line.account_id, line.entity, line.book, line.year, line.month, line.booked_on.isoformat(),
             line.counterpart, line.debit, line.credit]
            for line in sorted(entry.lines.all(), key=lambda line: line.no)
        ],
    }  # fmt: skip
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
