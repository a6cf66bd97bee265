"""Writes what search reads, in the transaction that changes a work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from city.library.models import AgentVariant, Contribution, Edition, Entry, SubjectVariant, Word, Work
from city.library.rules.keys import title_key
from city.library.rules.languages import STEMMED
from city.library.rules.words import folded, forms_of, words_of

AT_HOME = "ind"
_MOST_WORDS = 400  # of a work's subjects and names; a symphony's contents note is no help in finding it


@dataclass
class _Found:
    """The words of one work by weight, and what its entry shows."""

    work: Work
    texts: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": [], "C": [], "D": []})
    languages: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    editions: int = 0
    at_home: tuple[int, str] | None = None  # year and title of its oldest edition in Indonesian

    @property
    def title(self) -> str:
        """What readers here know it by."""
        return self.at_home[1] if self.at_home else self.work.title

    def vector(self) -> tuple[str, set[str]]:
        """The tsvector as PostgreSQL reads it, and the words. A word keeps its best weight."""
        stemmed = bool(self.languages & STEMMED) or not self.languages
        weights: dict[str, str] = {}
        words: set[str] = set()
        for weight, texts in self.texts.items():
            for word in [one for text in texts for one in words_of(text)][:_MOST_WORDS]:
                words.add(word)
                forms = forms_of(word, stemmed=stemmed)
                weights.setdefault(forms[0], weight)
                for form in forms[1:]:
                    weights.setdefault(form, "D" if weight == "D" else chr(ord(weight) + 1))
        return " ".join(f"{_quoted(word)}:1{weight}" for word, weight in weights.items()), words

    def entry(self) -> tuple[Entry, set[str]]:
        vector, words = self.vector()
        creator = self.work.creator
        entry = Entry(work=self.work, title=self.title, title_key=title_key(self.title))
        entry.creator, entry.year = creator.name if creator else "", min(self.years, default=None)
        entry.languages, entry.kinds = sorted(self.languages - {""}), sorted(self.kinds)
        entry.decades = sorted({year // 10 * 10 for year in self.years})
        entry.editions, entry.terms = self.editions, vector
        return entry, words


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def index_works(work_ids: Iterable[UUID]) -> None:
    """Write the entries of these works anew; a work without an edition is taken away."""
    found = {work.pk: _Found(work) for work in Work.objects.filter(pk__in=set(work_ids)).select_related("creator")}
    editions = _read_editions(found)
    empty = [pk for pk, one in found.items() if not one.editions]
    Work.objects.filter(pk__in=empty).delete()
    kept = [one for pk, one in found.items() if one.editions]
    _read_names(editions, found)
    _read_subjects(editions, found)
    made = [one.entry() for one in kept]
    _write([entry for entry, _words in made], {word for _entry, words in made for word in words})


def _read_editions(found: dict[UUID, _Found]) -> dict[UUID, UUID]:
    """The editions' own words; gives the work of each edition."""
    columns = ("title", "subtitle", "publisher", "series", "year", "kind", "expression__language")
    works: dict[UUID, UUID] = {}
    rows = Edition.objects.filter(expression__work_id__in=list(found))
    for row in rows.values("id", "expression__work_id", *columns):
        one = found[row["expression__work_id"]]
        works[row["id"]] = row["expression__work_id"]
        one.editions += 1
        if row["expression__language"] == AT_HOME:
            known = row["year"] or 9999, row["title"]
            one.at_home = min(one.at_home or known, known)
        one.texts["A"] += [one.work.title, row["title"], row["subtitle"]]
        one.texts["D"] += [row["publisher"], row["series"]]
        one.languages.add(row["expression__language"])
        one.kinds.add(row["kind"])
        one.years.update([row["year"]] if row["year"] else [])
    return works


def _read_names(editions: dict[UUID, UUID], found: dict[UUID, _Found]) -> None:
    columns = ("edition_id", "agent_id", "agent__name")
    rows: list[Any] = list(Contribution.objects.filter(edition_id__in=list(editions)).values_list(*columns))
    variants: dict[UUID, list[str]] = {}
    agents = {agent_id for _edition, agent_id, _name in rows}
    for agent_id, name in AgentVariant.objects.filter(agent_id__in=agents).values_list("agent_id", "name"):
        variants.setdefault(agent_id, []).append(name)
    for edition_id, agent_id, name in rows:
        found[editions[edition_id]].texts["B"] += [name, *variants.get(agent_id, [])]


def _read_subjects(editions: dict[UUID, UUID], found: dict[UUID, _Found]) -> None:
    through = Edition.subjects.through
    rows = list(
        through.objects.filter(edition_id__in=list(editions)).values_list("edition_id", "subject_id", "subject__term")
    )
    variants: dict[UUID, list[str]] = {}
    subjects = {subject_id for _edition, subject_id, _term in rows}
    for subject_id, term in SubjectVariant.objects.filter(subject_id__in=subjects).values_list("subject_id", "term"):
        variants.setdefault(subject_id, []).append(term)
    for edition_id, subject_id, term in rows:
        found[editions[edition_id]].texts["C"] += [term, *variants.get(subject_id, [])]


def _write(entries: Sequence[Entry], words: set[str]) -> None:
    names = [one.name for one in Entry._meta.concrete_fields if not one.primary_key]
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["work"], update_fields=names)
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    Word.objects.bulk_create(
        [Word(word=word, form=folded(word)) for word in sorted(words - known) if len(word) > 2], ignore_conflicts=True
    )
