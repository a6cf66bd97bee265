"""Find works by words of title, names and subjects, or by ISBN: old spelling, stems and slips of the finger allowed.

A common word ranks only its first hits, so that it costs no more than a rare one; facets count what was ranked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast

from city.kernel.paging import Page, page_of
from city.library.models import Entry, Isbn, Word
from city.library.queries.counts import Counts, counted
from city.library.rules.keys import isbn13, looks_like_isbn
from city.library.rules.words import asked_for, folded, forms_of

CAP = 2_000  # hits that are ranked and counted
_WEIGHTS = [0.05, 0.2, 0.5, 1.0]  # of the rest, subjects, names, titles
_FEW = 20
_NEAR = 0.4  # how alike (trigrams) a word must be to be meant
_COLUMNS = ("work_id", "title", "title_key", "creator", "year", "languages", "kinds", "editions")


@dataclass(frozen=True)
class Asked:
    """A reader's question: words, and what she narrowed it to; `decade` is its first year."""

    words: str = ""
    language: str = ""
    kind: str = ""
    decade: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.language or self.kind or self.decade is not None)


@dataclass(frozen=True)
class Results:
    """A page of works. `counts` says CAP where there may be more. `read_as` are words taken for mistyped ones.

    `wrong_isbn` is set when the question is ten or thirteen digits whose check digit does not fit.
    """

    page: Page[dict[str, Any]]
    counts: Counts
    read_as: tuple[tuple[str, str], ...] = ()
    wrong_isbn: bool = False

    @property
    def is_capped(self) -> bool:
        return self.counts.works >= CAP


def search(asked: Asked, after: str = "", *, size: int = 20) -> Results:
    """Works that answer every word, the best first; without words all works by title."""
    words, read_as = _meant(asked_for(asked.words))
    rows = _narrowed(asked)
    numbered = _by_isbn(rows, asked.words)
    if numbered is not None:
        return _answered(numbered, ("title_key", "work_id"), after, size)
    if not words:
        wrong = looks_like_isbn(asked.words)
        return _answered(rows.none() if asked.words.strip() else rows, ("title_key", "work_id"), after, size, wrong)
    query = _query(words)
    hits = Entry.objects.filter(pk__in=rows.filter(terms=query).values("pk")[:CAP])
    rank = SearchRank(F("terms"), _query(words, loose=True), weights=_WEIGHTS)
    points = Cast(rank * 1_000_000, IntegerField())
    ranked = hits.annotate(points=points)
    found = _answered(ranked, ("-points", "-work_id"), after, size, looks_like_isbn(asked.words))
    return replace(found, read_as=read_as)


def _narrowed(asked: Asked) -> "QuerySet[Entry]":
    rows = Entry.objects.all()
    if asked.language:
        rows = rows.filter(languages__contains=[asked.language])
    if asked.kind:
        rows = rows.filter(kinds__contains=[asked.kind])
    if asked.decade is not None:
        rows = rows.filter(decades__contains=[asked.decade])
    return rows


def _by_isbn(rows: "QuerySet[Entry]", words: str) -> "QuerySet[Entry] | None":
    number = isbn13(words) if looks_like_isbn(words) else ""
    if not number:
        return None
    return rows.filter(pk__in=Isbn.objects.filter(number=number).values("edition__expression__work_id"))


def _query(words: Iterable[str], *, loose: bool = False) -> SearchQuery:
    """Every word in one of its forms; the last one may be only begun. `loose` joins by "or", for ranking."""
    asked = list(words)
    parts = []
    for place, word in enumerate(asked):
        forms = [f"'{form}'" for form in forms_of(word)]
        begun = [f"'{folded(word)}':*"] if place == len(asked) - 1 and len(word) > 3 and not loose else []
        parts.append(f"({' | '.join([*forms, *begun])})")
    return SearchQuery((" | " if loose else " & ").join(parts), search_type="raw", config="simple")


def _meant(words: list[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """The words as they were meant: one that stands in no entry is led to the nearest that does."""
    plain = {word: folded(word) for word in words}
    known = set(Word.objects.filter(form__in=plain.values()).values_list("form", flat=True))
    read_as = []
    for word, form in plain.items():
        is_begun = word == words[-1] and _begins_one(form)
        nearest = "" if form in known or len(form) < 4 or is_begun else _nearest(form)
        if nearest:
            read_as.append((word, nearest))
    meant = dict(read_as)
    return [meant.get(word, word) for word in words], tuple(read_as)


def _begins_one(form: str) -> bool:
    return Word.objects.filter(form__startswith=form).exists()


def _nearest(form: str) -> str:
    """The likest word: trigrams choose a few, the order of letters decides (adventurs: not adventurers)."""
    alike = Word.objects.filter(form__trigram_similar=form).annotate(near=TrigramSimilarity("form", form))
    few = alike.filter(near__gte=_NEAR).order_by("-near", "word").values_list("word", "form")[:_FEW]
    ranked = sorted((-SequenceMatcher(None, form, kept).ratio(), word) for word, kept in few)
    return ranked[0][1] if ranked else ""


def _answered(rows: "QuerySet[Any]", by: tuple[str, ...], after: str, size: int, wrong_isbn: bool = False) -> Results:
    shown = [*_COLUMNS, *(["points"] if "-points" in by else [])]
    page = page_of(rows.values(*shown), by=by, after=after, size=size)
    return Results(page, counted(rows, cap=CAP), wrong_isbn=wrong_isbn)
