"""The shape of a reader's question in an address: ?q=&language=&kind=&decade=."""

from collections.abc import Mapping

from city.library.queries import Asked

LONGEST_QUESTION = 120


def asked_by(told: Mapping[str, str]) -> tuple[Asked, dict[str, str]]:
    """The question, and what of the address it was read from; a choice that is none is left out."""
    words = " ".join(told.get("q", "").replace("\0", " ").split())[:LONGEST_QUESTION]
    language, kind, decade = (told.get(name, "") for name in ("language", "kind", "decade"))
    language = language if len(language) == 3 and language.isascii() and language.isalpha() else ""
    kind = kind if kind.isascii() and kind.isalpha() and len(kind) <= 12 else ""
    decade = decade if decade.isascii() and decade.isdigit() and len(decade) == 4 else ""
    kept = {"q": words, "language": language, "kind": kind, "decade": decade}
    return Asked(words, language, kind, int(decade) if decade else None), {k: v for k, v in kept.items() if v}
