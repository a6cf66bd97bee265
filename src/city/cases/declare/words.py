"""Words of a kind in both languages: they live in the kind's own folder and are frozen with its version."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Words:
    """A text in Indonesian and English; shown in the reader's language, in Indonesian where the English is missing."""

    id: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.in_language(get_language() or "id")

    def __bool__(self) -> bool:
        return bool(self.id)

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") and self.en else self.id


NONE = Words()


def words_from(data: object) -> Words:
    """From `{id = "…", en = "…"}`, or from one text that is the same in both languages."""
    if isinstance(data, Mapping):
        return Words(str(data.get("id", "")), str(data.get("en", "")))
    return Words(str(data or ""))
