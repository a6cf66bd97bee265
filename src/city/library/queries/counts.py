"""How many works there are by language, kind and decade: of an answer, or of the whole catalogue."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from city.library.rules.languages import language_name

MOST_CHOICES = 8
_FRESH = 60  # seconds that counts of the whole catalogue are kept
_KEPT = "library.counts"
KINDS: dict[str, Any] = {
    "book": _("Buku"),
    "ebook": _("Buku elektronik"),
    "serial": _("Terbitan berkala"),
    "manuscript": _("Naskah"),
    "score": _("Partitur"),
    "map": _("Peta"),
    "video": _("Film dan video"),
    "sound": _("Rekaman suara"),
    "picture": _("Gambar"),
    "file": _("Berkas komputer"),
    "object": _("Benda"),
    "mixed": _("Koleksi campuran"),
}


@dataclass(frozen=True)
class Facet:
    """One way to narrow an answer: its value for the address, its words, how many works it leaves."""

    value: str
    words: str
    count: int


@dataclass(frozen=True)
class Counts:
    """Works in all, and the fullest languages, kinds and decades among them."""

    works: int
    languages: list[Facet]
    kinds: list[Facet]
    decades: list[Facet]


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def page_language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def named(code: str) -> str:
    """The language of a code in the page's language."""
    return language_name(code, page_language())


def counted(rows: "QuerySet[Any]", *, cap: int) -> Counts:
    """Of these works, at most `cap`."""
    tallies: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    found = list(rows.order_by().values_list("languages", "kinds", "decades")[:cap])
    for row in found:
        for tally, values in zip(tallies, row, strict=True):
            tally.update(map(str, values))
    return _worded(len(found), tallies)


def counts_of_all() -> Counts:
    """Of everything; kept for a minute, for it is the same for every reader."""
    kept = cache.get(_KEPT)
    if kept is None:
        kept = _asked_of_all()
        cache.set(_KEPT, kept, _FRESH)
    return _worded(*kept)


def _asked_of_all() -> tuple[int, tuple[Counter[str], ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM library_entry")
        works = int(cursor.fetchone()[0])
        tallies = []
        for column in ("languages", "kinds", "decades"):
            cursor.execute(f"SELECT unnest({column})::text, count(*) FROM library_entry GROUP BY 1")  # noqa: S608 - ours
            tallies.append(Counter(dict(cursor.fetchall())))
    return works, tuple(tallies)


def _worded(works: int, tallies: tuple[Counter[str], ...]) -> Counts:
    languages, kinds, decades = (tally.most_common(MOST_CHOICES) for tally in tallies)
    return Counts(
        works,
        [Facet(code, named(code), count) for code, count in languages],
        [Facet(kind, kind_name(kind), count) for kind, count in kinds],
        [Facet(year, f"{year}–{int(year) + 9}", count) for year, count in sorted(decades, reverse=True)],
    )
