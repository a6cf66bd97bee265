"""What makes two names, titles or numbers the same."""

import re
from functools import lru_cache

from stdnum import isbn
from stdnum.exceptions import ValidationError

from city.library.rules.words import folded, words_of

_ARTICLES = frozenset(("the", "a", "an", "de", "het", "le", "la", "les", "der", "die", "das"))
_YEAR = re.compile(r"\d{4}")
_ISBN = re.compile(r"[\dxX][\dxX\s-]{8,16}")
LONGEST_KEY = 400


@lru_cache(maxsize=20_000)
def title_key(title: str) -> str:
    """Titles with the same key are read as one: spelling, marks, case and a leading article do not count."""
    words = words_of(title)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(map(folded, words))[:LONGEST_KEY]


@lru_cache(maxsize=20_000)
def name_key(name: str, dates: str = "") -> str:
    """A name whatever the order of its parts; a year of birth or death tells namesakes apart."""
    year = _YEAR.search(dates)
    return " ".join([*sorted(map(folded, words_of(name))), *([year[0]] if year else [])])[:LONGEST_KEY]


def work_key(title: str, creator: str, publisher: str) -> str:
    """The cluster: creator and title. Without a creator a publisher must agree, for "Laporan tahunan" is many works."""
    whose = f"c:{name_key(creator)}" if creator else f"p:{name_key(publisher)}"
    return f"{whose}|{title_key(title)}"[:LONGEST_KEY]


def isbn13(text: str) -> str:
    """The ISBN in a text ("0-8044-2957-X (paper)") as thirteen digits; "" when there is none that is right."""
    for found in _ISBN.finditer(text):
        try:
            return str(isbn.to_isbn13(isbn.validate(found[0].strip(" -")))).replace("-", "")
        except ValidationError:
            continue
    return ""


def looks_like_isbn(text: str) -> bool:
    """A question that is nothing but ten or thirteen digits with hyphens."""
    return bool(re.fullmatch(r"[\d\s-]{9,17}[\dxX]", text.strip())) and len(re.sub(r"[\s-]", "", text)) in (10, 13)
