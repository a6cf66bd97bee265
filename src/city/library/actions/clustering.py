"""Which work, expression and edition a description belongs to: known ones, or new ones that wait for `write`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from city.library.models import Agent, Edition, Expression, Isbn, Work
from city.library.rules.description import Description
from city.library.rules.keys import title_key, work_key

FORMS = {
    "book": "text", "ebook": "text", "serial": "text", "manuscript": "text", "score": "score", "map": "map",
    "video": "video", "sound": "sound", "picture": "picture",
}  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """Where a description came to stand, and why: "added", "clustered" or "same_edition"."""

    edition: Edition
    decision: str
    shares_isbn_with: str = ""


def key_of(description: Description, creator: Agent | None) -> str:
    return work_key(description.work_title, creator.name if creator else "", description.imprint.publisher)


def fill(edition: Edition, description: Description) -> Edition:
    """The edition as this description tells it; what belongs to it in other tables is written by the intake."""
    edition.kind, edition.title, edition.subtitle = description.kind, description.title, description.subtitle
    edition.responsibility, edition.extent = description.responsibility, description.extent
    edition.publisher, edition.place = description.imprint.publisher, description.imprint.place
    edition.year, edition.edition, edition.series = description.imprint.year, description.edition, description.series
    edition.summary, edition.for_children = description.summary, description.for_children
    return edition


def _likeness(edition: Edition) -> tuple[object, ...] | None:
    """What two descriptions of one edition agree in when neither has an ISBN; None when that is too little to say."""
    if not (edition.publisher and edition.year):
        return None
    titles = title_key(f"{edition.title} {edition.subtitle}"), title_key(edition.publisher), title_key(edition.edition)
    return edition.expression_id, edition.kind, *titles, edition.year, edition.extent


@dataclass
class Cluster:
    """The works that a batch touches, with what stands under them."""

    at: datetime
    works: dict[str, Work] = field(default_factory=dict)
    expressions: dict[tuple[UUID, str, str], Expression] = field(default_factory=dict)
    _alike: dict[tuple[object, ...], Edition] = field(default_factory=dict)
    _by_isbn: dict[str, list[Edition]] = field(default_factory=dict)
    _new: dict[str, list[Work | Expression | Edition]] = field(default_factory=dict)

    def look_up(self, keys: Iterable[str], isbns: Iterable[str]) -> None:
        """Learn what the catalogue already has under these keys and numbers."""
        self.works = {work.key: work for work in Work.objects.filter(key__in=set(keys))}
        ids = [work.pk for work in self.works.values()]
        for one in Expression.objects.filter(work_id__in=ids):
            self.expressions[one.work_id, one.language, one.form] = one
        for edition in Edition.objects.filter(expression__work_id__in=ids).select_related("expression").order_by("id"):
            self._know(edition)
        for row in Isbn.objects.filter(number__in=set(isbns)).select_related("edition__expression").order_by("id"):
            self._by_isbn.setdefault(row.number, []).append(row.edition)

    def _know(self, edition: Edition) -> None:
        likeness = _likeness(edition)
        if likeness:
            self._alike.setdefault(likeness, edition)

    def place(self, description: Description, creator: Agent | None) -> Placed:
        twins = [one for isbn in description.isbns for one in self._by_isbn.get(isbn, [])]
        same = next((one for one in twins if _same(one, description)), None)
        if same:
            return Placed(same, "same_edition")
        expression, known = self._expression(description, creator)
        edition = fill(Edition(expression=expression), description)
        like = None if description.isbns else self._alike.get(_likeness(edition) or ())
        if like:
            return Placed(like, "same_edition")
        self.add(edition, description.isbns)
        return Placed(edition, "clustered" if known else "added", twins[0].title if twins else "")

    def add(self, edition: Edition, isbns: Iterable[str]) -> None:
        self._new.setdefault("editions", []).append(edition)
        self._know(edition)
        for isbn in isbns:
            self._by_isbn.setdefault(isbn, []).append(edition)

    def move(self, edition: Edition, description: Description, creator: Agent | None) -> None:
        """A corrected record may belong to another work than before."""
        edition.expression = self._expression(description, creator)[0]

    def _expression(self, description: Description, creator: Agent | None) -> tuple[Expression, bool]:
        """The expression, and whether its work was known before."""
        key = key_of(description, creator)
        work = self.works.get(key)
        known = work is not None
        if work is None:
            work = Work(key=key, title=description.work_title, creator=creator, at=self.at)
            self.works[key] = work
            self._new.setdefault("works", []).append(work)
        wanted = work.pk, description.language, FORMS.get(description.kind, "other")
        if wanted not in self.expressions:
            self.expressions[wanted] = Expression(work=work, language=wanted[1], form=wanted[2])
            self._new.setdefault("expressions", []).append(self.expressions[wanted])
        return self.expressions[wanted], known

    def write(self) -> None:
        Work.objects.bulk_create(self._new.get("works", []))  # type: ignore[arg-type]
        Expression.objects.bulk_create(self._new.get("expressions", []))  # type: ignore[arg-type]
        Edition.objects.bulk_create(self._new.get("editions", []))  # type: ignore[arg-type]


def _same(edition: Edition, description: Description) -> bool:
    return edition.kind == description.kind and title_key(edition.title) == title_key(description.title)
