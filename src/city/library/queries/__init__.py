"""What readers and librarians ask of the catalogue."""

from city.library.queries.counts import Counts, Facet, counts_of_all, kind_name, named
from city.library.queries.records import exported, notes_of, sentence_of
from city.library.queries.search import Asked, Results, search
from city.library.queries.title import TitlePage, is_empty, newest, title_page

__all__ = [
    "Asked",
    "Counts",
    "Facet",
    "Results",
    "TitlePage",
    "counts_of_all",
    "exported",
    "is_empty",
    "kind_name",
    "named",
    "newest",
    "notes_of",
    "search",
    "sentence_of",
    "title_page",
]
