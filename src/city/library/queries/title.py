"""One work as its page shows it: every edition with its makers, numbers and copies."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from city.library.models import Contribution, Edition, Entry, Item, Work
from city.library.queries.counts import kind_name, named

NEWEST = 12
MOST_EDITIONS = 60


@dataclass(frozen=True)
class Maker:
    """Somebody with a part in an edition; `known_as` are the other forms of the name."""

    name: str
    role: str
    known_as: tuple[str, ...]


@dataclass(frozen=True)
class EditionShown:
    """An edition with its words for the page."""

    row: Edition
    kind: str
    language: str
    makers: tuple[Maker, ...]
    isbns: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class TitlePage:
    """A work: its editions, newest first, and the subjects of them all. `more` says that not all are shown.

    `title` is the one it is listed under, in Indonesian where there is one; `work.title` is its own.
    """

    work: Work
    title: str
    creator: str
    known_as: tuple[str, ...]
    editions: tuple[EditionShown, ...]
    subjects: tuple[str, ...]
    more: bool


def title_page(work_id: UUID) -> TitlePage | None:
    """The work's page; None when there is no such work."""
    work = (
        Work.objects.select_related("creator", "entry").prefetch_related("creator__variants").filter(pk=work_id).first()
    )
    if work is None:
        return None
    editions = list(_editions(work_id)[: MOST_EDITIONS + 1])
    shown = tuple(map(_shown, editions[:MOST_EDITIONS]))
    subjects = {subject.term: None for edition in editions for subject in edition.subjects.all()}
    creator = work.creator
    known_as = tuple(variant.name for variant in creator.variants.all()) if creator else ()
    more = len(editions) > MOST_EDITIONS
    return TitlePage(work, work.entry.title, creator.name if creator else "", known_as, shown, tuple(subjects), more)


def _editions(work_id: UUID) -> "QuerySet[Edition]":
    makers = Contribution.objects.select_related("agent").prefetch_related("agent__variants").order_by("order")
    rows = Edition.objects.filter(expression__work_id=work_id).select_related("expression")
    parts = Prefetch("contributions", makers), "isbns", "items", "subjects"
    return rows.prefetch_related(*parts).order_by(F("year").desc(nulls_last=True), "id")


def _shown(edition: Edition) -> EditionShown:
    parts = edition.contributions.all()
    makers = (Maker(p.agent.name, p.role, tuple(v.name for v in p.agent.variants.all())) for p in parts)
    return EditionShown(
        edition,
        kind_name(edition.kind),
        named(edition.expression.language),
        tuple(makers),
        tuple(isbn.number for isbn in edition.isbns.all()),
        tuple(edition.items.all()),
    )


def is_empty() -> bool:
    """Whether the catalogue has no title yet."""
    return not Work.objects.exists()


def newest() -> list[Entry]:
    """What came into the catalogue last."""
    return list(Entry.objects.order_by("-work__at", "-work_id")[:NEWEST])
