"""Documents in the books: by their paper, or one whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from city.ledger.declare import SOURCES
from city.ledger.models import Closing, Document, Entity, Entry, Line


@dataclass(frozen=True)
class WholeDocument:
    """A document with its entries (lines and accounts at hand), what took it back, and the paper it stands for."""

    document: Document
    entries: Sequence[Entry]
    reversed_by: Document | None
    paper: tuple[str, str] | None  # title, address


def _entries() -> "QuerySet[Entry]":
    lines = Prefetch("lines", Line.objects.select_related("account").order_by("no"))
    return Entry.objects.prefetch_related(lines).order_by("pk")


def entries_of(source_kind: str, source: UUID) -> "QuerySet[Entry]":
    """Everything booked for a paper, corrections too, oldest first; `document` and `lines` are at hand."""
    wanted = _entries().select_related("document")
    return wanted.filter(document__source_kind=source_kind, document__source=source)


def document_of(source_kind: str, source: UUID) -> UUID:
    """The first document of a paper. Raises LookupError for a paper that has none."""
    found = Document.objects.filter(source_kind=source_kind, source=source).order_by("recorded_at", "pk").first()
    if found is None:
        raise LookupError(f"no document of {source_kind} {source}")
    return found.pk


def booked_days(source_kind: str, sources: Iterable[UUID]) -> dict[UUID, date]:
    """The day in the books of the first document of each of these papers; later corrections of it do not count."""
    wanted = Entry.objects.filter(document__source_kind=source_kind, document__source__in=list(sources))
    return dict(wanted.order_by("-pk").values_list("document__source", "booked_on"))


def booked_late(source_kind: str, since: date) -> dict[UUID, date]:
    """Papers whose own day lay in a month that was closed, with the day on which they came into the books instead."""
    if not Closing.objects.exists():
        return {}
    wanted = Entry.objects.filter(booked_on__gte=since, booked_on__gt=F("document__value_date"))
    wanted = wanted.filter(document__source_kind=source_kind)
    return dict(wanted.order_by("-pk").values_list("document__source", "booked_on"))


def document(uuid: UUID) -> WholeDocument | None:
    """One document as it is shown."""
    found = Document.objects.select_related("rule", "reverses", "reversed_by").filter(pk=uuid).first()
    if found is None:
        return None
    ask = SOURCES.get(found.source_kind)
    return WholeDocument(
        document=found,
        entries=list(_entries().filter(document=found)),
        reversed_by=getattr(found, "reversed_by", None),
        paper=ask(found.source) if ask else None,
    )


def entities() -> "QuerySet[Entity]":
    """Who keeps books."""
    return Entity.objects.order_by("code")
