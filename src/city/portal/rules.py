"""Words looked up, and holidays said in one sentence. Pure: told the day and the words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

# Words of every question and of no service ("mau urus izin …", "how to get a …").
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "saya kami aku mau ingin cara bagaimana urus mengurus buat membuat bikin minta perlu butuh daftar untuk di ke "
        "dari yang dan atau a an the i my to how get need want for of in and or apply",
    )
)
_CLOSE = 5  # a word this long may have one letter wrong


def terms_of(text: str) -> list[str]:
    """The words of a text, folded: no case, no accents, no marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def asked_for(query: str) -> list[str]:
    """The words that say something; all of them when none does."""
    words = terms_of(query)[:8]
    return [word for word in words if word not in _EMPTY] or words


def score(query: str, *texts: str) -> int:
    """How well texts answer a query: 0 when one of its words is nowhere; earlier texts weigh more."""
    wanted = asked_for(query)
    if not wanted:
        return 0
    total = 0
    for word in wanted:
        best = max((_fit(word, terms_of(text)) * (len(texts) - place) for place, text in enumerate(texts)), default=0)
        if not best:
            return 0
        total += best
    return total


def _fit(word: str, words: Iterable[str]) -> int:
    """3 for the word itself, 2 for its beginning, 1 for one letter off; 0 for none."""
    best = 0
    for one in words:
        if one == word:
            return 3
        if len(word) > 1 and one.startswith(word):
            best = max(best, 2)
        elif len(word) >= _CLOSE and _one_off(word, one):
            best = max(best, 1)
    return best


def _one_off(a: str, b: str) -> bool:
    """One letter changed, left out, doubled or swapped with its neighbour."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return a == b
    i = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return long[i + 1 :] == short[i:]


def runs_of(days: Sequence[date]) -> list[list[date]]:
    """Days off that people meet as one absence: nothing but Saturdays and Sundays lies between them."""
    runs: list[list[date]] = []
    for day in sorted(set(days)):
        if runs and _only_weekend_between(runs[-1][-1], day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _only_weekend_between(first: date, last: date) -> bool:
    gap = [first + timedelta(days=n) for n in range(1, (last - first).days)]
    return all(day.weekday() >= 5 for day in gap)
