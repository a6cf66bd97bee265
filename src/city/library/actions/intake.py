"""One batch of records on its way into the catalogue: every record judged, then all written in a few statements."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from city.library.actions.authorities import Names, Topics, establish
from city.library.actions.clustering import Cluster, fill, key_of
from city.library.models import Agent, Contribution, Edition, Isbn, Item, SourceRecord
from city.library.rules.description import Description, control_of, described
from city.library.rules.faults import Fault, Read
from city.library.rules.keys import title_key
from city.library.rules.names import Authority, Name, Topic, authority_of

AUTHORITY, HOLDINGS = "z", ("u", "v", "x", "y")


@dataclass(frozen=True)
class Outcome:
    """What became of one record: a decision, and everything to tell of it."""

    read: Read
    decision: str
    told: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A record that can be taken: what it says, and its row."""

    read: Read
    row: SourceRecord
    title: Description | None
    authority: Authority | None


def _candidate(read: Read) -> _Candidate | Outcome:
    record = read.record
    if record is None:
        return Outcome(read, "refused", (read.refused or Fault("not_marc"),))
    kind = str(record.leader)[6:7]
    if kind in HOLDINGS:
        return Outcome(read, "refused", (Fault("holdings"),))
    title = None if kind == AUTHORITY else described(record)
    if title is None and kind != AUTHORITY:
        return Outcome(read, "refused", (Fault("no_title", "245"),))
    source, number, changed = control_of(record)
    row = SourceRecord(form=read.form, is_authority=kind == AUTHORITY, raw=read.raw, source=source)
    row.digest, row.number, row.changed = hashlib.sha256(read.raw).digest(), number, changed
    return _Candidate(read, row, title, authority_of(record) if kind == AUTHORITY else None)


class Intake:
    """Takes one batch. The caller holds the catalogue's lock, so that what was looked up stays true until `write`."""

    def __init__(self, reads: Sequence[Read], at: datetime) -> None:
        judged = [_candidate(read) for read in reads]
        self._judged = judged
        candidates = [one for one in judged if isinstance(one, _Candidate)]
        self._look_up_records(candidates)
        self._look_up_names(candidates)
        self._cluster = Cluster(at)
        titles = [one.title for one in candidates if one.title]
        keys = [key_of(title, self._creator(title)) for title in titles]
        self._cluster.look_up(keys, (isbn for title in titles for isbn in title.isbns))
        barcodes = [one.barcode for title in titles for one in title.holdings]
        self._items = {item.barcode: item for item in Item.objects.filter(barcode__in=barcodes)}
        self._new_items: list[Item] = []
        self._fresh: dict[UUID, tuple[Edition, Description]] = {}
        self._replaced: dict[UUID, Edition] = {}
        self._rows: list[SourceRecord] = []
        self._renewed: list[SourceRecord] = []
        self.touched: set[UUID] = set()

    def _look_up_records(self, candidates: Sequence[_Candidate]) -> None:
        digests = [one.row.digest for one in candidates]
        self._digests = {
            bytes(d) for d in SourceRecord.objects.filter(digest__in=digests).values_list("digest", flat=True)
        }
        numbers = {one.row.number for one in candidates if one.row.number}
        found = SourceRecord.objects.filter(number__in=numbers).select_related("edition__expression").order_by("id")
        self._numbered = {(row.source, row.number, row.is_authority): row for row in found}

    def _look_up_names(self, candidates: Sequence[_Candidate]) -> None:
        headings = [one.authority.heading for one in candidates if one.authority]
        names = [heading for heading in headings if isinstance(heading, Name)]
        topics = [heading for heading in headings if isinstance(heading, Topic)]
        for one in candidates:
            if one.title:
                names += [*filter(None, [one.title.creator]), *one.title.others]
                topics += one.title.topics
        self._names, self._topics = Names(names), Topics(topics)

    def _creator(self, title: Description) -> Agent | None:
        return self._names.of(title.creator) if title.creator else None

    def take(self) -> list[Outcome]:
        """A decision on every record, in the file's order. Nothing is stored yet."""
        return [one if isinstance(one, Outcome) else self._decide(one) for one in self._judged]

    def _decide(self, one: _Candidate) -> Outcome:
        row = one.row
        if bytes(row.digest) in self._digests:
            return Outcome(one.read, "unchanged")
        self._digests.add(bytes(row.digest))
        before = self._numbered.get((row.source, row.number, row.is_authority)) if row.number else None
        told: list[Fault] = []
        if before is not None and not self._is_same(before, one):
            told.append(Fault("number_taken", "001", {"number": row.number}))
            before = None
        if before is not None and row.changed < before.changed:
            return Outcome(one.read, "older", (Fault("older", "005", {"number": row.number}),))
        decision = self._renew(before, one, told) if before is not None else self._place(one, told)
        return Outcome(one.read, decision, tuple(told))

    def _is_same(self, before: SourceRecord, one: _Candidate) -> bool:
        """A number is only as good as whose it is: without 003 the title must agree as well."""
        if before.source or one.title is None or before.edition is None:
            return True
        return title_key(before.edition.title) == title_key(one.title.title)

    def _place(self, one: _Candidate, told: list[Fault]) -> str:
        """A record that was not here before."""
        self._rows.append(one.row)
        if one.row.number:
            self._numbered.setdefault((one.row.source, one.row.number, one.row.is_authority), one.row)
        if one.title is None:
            if one.authority is None:
                return "kept"
            establish(one.authority, self._names, self._topics)
            return "authority"
        placed = self._cluster.place(one.title, self._creator(one.title))
        one.row.edition = placed.edition
        if placed.decision != "added":
            told.append(Fault(placed.decision, facts={"title": placed.edition.title[:120]}))
        if placed.shares_isbn_with:
            told.append(Fault("isbn_shared", "020", {"title": placed.shares_isbn_with[:120]}))
        if placed.decision != "same_edition":
            self._fresh[placed.edition.pk] = placed.edition, one.title
        self._hold(placed.edition, one.title, told)
        return placed.decision

    def _renew(self, before: SourceRecord, one: _Candidate, told: list[Fault]) -> str:
        """A later state of a record that is here: its row and what was read from it are replaced."""
        before.raw, before.digest, before.form = one.row.raw, one.row.digest, one.row.form
        before.changed = one.row.changed
        if before.pk is not None and before not in self._renewed:
            self._renewed.append(before)
        if one.authority is not None:
            establish(one.authority, self._names, self._topics)
        if one.title is not None and before.edition is not None:
            edition = before.edition
            self.touched.add(edition.expression.work_id)
            self._cluster.move(edition, one.title, self._creator(one.title))
            self._fresh[edition.pk] = fill(edition, one.title), one.title
            if before.pk is not None:
                self._replaced[edition.pk] = edition
            self._hold(edition, one.title, told)
        told.append(Fault("replaced", "001", {"number": one.row.number}))
        return "replaced"

    def _hold(self, edition: Edition, title: Description, told: list[Fault]) -> None:
        """The printed copies that the record names."""
        self.touched.add(edition.expression.work_id)
        for holding in title.holdings:
            known = self._items.get(holding.barcode)
            if known is None:
                item = Item(edition=edition, barcode=holding.barcode, shelf_mark=holding.shelf_mark)
                self._items[holding.barcode] = item
                self._new_items.append(item)
            elif known.edition_id != edition.pk:
                told.append(Fault("barcode_taken", "852", {"barcode": holding.barcode}))

    def write(self) -> None:
        """Store everything that `take` decided."""
        links = [self._links(edition, title) for edition, title in self._fresh.values()]
        self._names.write()
        self._topics.write()
        self._cluster.write()
        self._clear_replaced()
        Contribution.objects.bulk_create([part for parts, _isbns, _about in links for part in parts])
        Isbn.objects.bulk_create([isbn for _parts, isbns, _about in links for isbn in isbns])
        Edition.subjects.through.objects.bulk_create([about for _parts, _isbns, abouts in links for about in abouts])
        Item.objects.bulk_create(self._new_items)
        SourceRecord.objects.bulk_create(self._rows)
        SourceRecord.objects.bulk_update(self._renewed, ["raw", "digest", "form", "changed"])
        self._touch_established()

    def _touch_established(self) -> None:
        """Works of a name or subject that is now known by another form too are found by that form as well."""
        names, topics = self._names.established, self._topics.established
        if names or topics:
            about = Q(contributions__agent__in=names) | Q(subjects__in=topics)
            self.touched.update(Edition.objects.filter(about).values_list("expression__work_id", flat=True))

    def _clear_replaced(self) -> None:
        ids = list(self._replaced)
        if ids:
            names = [one.name for one in Edition._meta.concrete_fields if not one.primary_key]
            Edition.objects.bulk_update(self._replaced.values(), names)
            for table in (Contribution, Isbn, Edition.subjects.through):
                table.objects.filter(edition_id__in=ids).delete()

    def _links(self, edition: Edition, title: Description) -> tuple[list[Contribution], list[Isbn], list[Any]]:
        people = [*filter(None, [title.creator]), *title.others]
        parts: dict[tuple[UUID, str], Contribution] = {}
        for order, name in enumerate(people):
            agent = self._names.of(name)
            part = Contribution(edition=edition, agent=agent, role=name.role, order=order)
            parts.setdefault((agent.pk, name.role), part)
        subjects = {subject.pk: subject for subject in map(self._topics.of, title.topics)}
        through = Edition.subjects.through
        abouts: list[Any] = [through(edition=edition, subject=subject) for subject in subjects.values()]
        return list(parts.values()), [Isbn(edition=edition, number=n) for n in title.isbns], abouts
