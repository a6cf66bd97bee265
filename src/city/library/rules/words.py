"""Words as readers of Indonesian write them: as they stand, in today's spelling, and by their stem.

PostgreSQL's own `indonesian` stemmer is not used: it cuts "digital" to "gital" and "memasak" to "pasak".
"""

import re
import unicodedata
from functools import lru_cache

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

# The spellings of 1901 and 1947 beside that of 1972. A lone j was read y, so it counts only in a word so marked.
_MARKS_OLD = re.compile("oe|tj|dj|nj|sj")
_OLD = re.compile("oe|tj|dj|nj|sj|ch|j")
_TODAY = {"oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "ch": "kh", "j": "y"}
_DOUBLE = re.compile(r"([a-z])\1")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʻʼʾʿ`", None))
_WORD = re.compile(r"[^\s!-/:-@\[-`{-\x7f\x00-\x1f]+")
_STEMMABLE = re.compile("[a-z]{4,30}")
# Words that are in every second title and tell none apart; a query of nothing else keeps them.
_EMPTY = frozenset((
    "dan", "yang", "di", "ke", "dari", "untuk", "pada", "dengan", "oleh", "atau",
    "the", "a", "an", "of", "and", "in", "to", "for", "on", "by",
))  # fmt: skip
LONGEST_WORD = 40


def words_of(text: str) -> list[str]:
    """The words of a text in any script, without case, accents and apostrophes: "Al-Qur’an" is al, quran."""
    plain = text.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        plain = "".join(map(_letter, unicodedata.normalize("NFKD", plain)))
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]


@lru_cache(maxsize=10_000)
def _letter(c: str) -> str:
    if "\u0300" <= c <= "\u036f":  # accents over Latin letters; the vowel signs of other scripts are letters
        return ""
    return c if unicodedata.category(c)[0] in "LNM" else " "


@lru_cache(maxsize=50_000)
def modern(word: str) -> str:
    """The word in the spelling of 1972: tjilegon is cilegon, noerbaja is nurbaya; baja stays baja."""
    return _OLD.sub(lambda found: _TODAY[found[0]], word) if _MARKS_OLD.search(word) else word


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """In today's spelling with double letters made one: sitti and siti are the same."""
    return _DOUBLE.sub(r"\1", modern(word))


@lru_cache(maxsize=1)
def _stemmer() -> object:
    return StemmerFactory().create_stemmer(False)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Indonesian stem: perpustakaan is pustaka. Words that are none of ours come back as they are."""
    if not _STEMMABLE.fullmatch(word):
        return word
    return str(_stemmer().stem(word))  # type: ignore[attr-defined]


def forms_of(word: str, *, stemmed: bool = True) -> list[str]:
    """Everything under which a word is kept or asked for, its own form first."""
    forms = [word, folded(word)]
    if stemmed:
        forms.append(stem(modern(word)))
    return list(dict.fromkeys(forms))


def asked_for(query: str) -> list[str]:
    """The words of a question that say something; all of them when none does. At most eight."""
    words = list(dict.fromkeys(words_of(query)))[:8]
    return [word for word in words if word not in _EMPTY] or words
