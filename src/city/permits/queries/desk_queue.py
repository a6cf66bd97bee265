"""The officers' queue: whose file, why it is here, how many working days are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from city.cases.declare import KINDS
from city.cases.models import State
from city.cases.queries import Wanted, buckets_of, kinds_at, queue_counts, queue_rows
from city.kernel.actor import Actor
from city.kernel.queries import working_calendar
from city.kernel.rules import WIB, WorkingCalendar
from city.ui.environment import language
from city.ui.rules.formats import date_long

MOST = 100  # counting stops here; a page shows "99+"

_BUCKETS: Mapping[str, Any] = {
    "verify": gettext_lazy("Kelengkapan"),
    "examine": gettext_lazy("Isi berkas"),
    "review": gettext_lazy("Kajian"),
    "inspect": gettext_lazy("Pemeriksaan lapangan"),
    "assess": gettext_lazy("Penetapan retribusi"),
    "draft": pgettext_lazy("antrean", "Konsep"),
    "initial": pgettext_lazy("antrean", "Paraf"),
    "sign": gettext_lazy("Tanda tangan"),
    "hand_over": gettext_lazy("Serah ke sistem penerbit"),
    "waiting": gettext_lazy("Menunggu pemohon"),
    "payment": gettext_lazy("Menunggu bayar"),
    "all": gettext_lazy("Semua"),
}
_TYPES: Mapping[str, Any] = {
    "new": pgettext_lazy("permohonan", "Baru"),
    "renewal": gettext_lazy("Perpanjangan"),
    "amendment": gettext_lazy("Perubahan"),
    "duplicate": gettext_lazy("Salinan"),
    "closure": gettext_lazy("Penutupan"),
}


def type_words(application_type: str) -> str:
    """How an application type is called ("Perpanjangan")."""
    return str(_TYPES.get(application_type, application_type))


def state_words(state: str) -> str:
    return str(State(state).label)


@dataclass(frozen=True)
class Bucket:
    """One part of the desk. `count` is words ("8", "99+"), empty where nobody counts."""

    code: str
    words: str
    count: str


@dataclass(frozen=True)
class Due:
    """A day by which something is wanted. `left` is working days after today until then, negative when it has passed;
    `left_words` stands under that number."""

    words: str
    left: int
    left_words: str


@dataclass(frozen=True)
class QueueRow:
    """One file in the queue."""

    id: UUID
    receipt: str
    title: str
    applicant: str
    state: str
    type: str
    due: Due
    closed: bool

    @property
    def left(self) -> int:
        return self.due.left


@dataclass(frozen=True)
class QueuePage:
    """A page of one bucket and the other buckets beside it; `kinds` are (code, name) of those it can be narrowed to."""

    bucket: Bucket
    buckets: list[Bucket]
    rows: list[QueueRow]
    next_key: str
    kind: str
    kinds: list[tuple[str, str]]

    @property
    def today(self) -> int:
        """How many of the rows shown are due today or late."""
        return sum(row.left <= 0 for row in self.rows if not row.closed)


def working_days_left(day: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days after today up to the day; below zero, how many have passed since."""
    if day >= today:
        return len(calendar.days_between(today + timedelta(days=1), day))
    return -max(1, len(calendar.days_between(day + timedelta(days=1), today)))


def desk_queue(actor: Actor, wanted: Wanted, *, at: datetime, size: int = 50) -> QueuePage:
    """The bucket asked for, or the first that has something to do. Refuses (403) whoever has no part in any."""
    counts = queue_counts(actor, at, MOST)
    buckets = [_bucket(code, counts.get(code)) for code in buckets_of(actor)]
    if not buckets:
        actor.require("permits.verify")
    chosen = next((one for one in buckets if one.code == wanted.bucket), None) or _first_with_work(buckets, counts)
    kinds = [(code, _title(code)) for code in kinds_at(actor)]
    kind = wanted.kind if wanted.kind in dict(kinds) else ""
    page = queue_rows(actor, Wanted(chosen.code, kind, wanted.after), at=at, size=size)
    return QueuePage(chosen, buckets, _rows(page.rows, at.astimezone(WIB).date()), page.next_key, kind, kinds)


def _first_with_work(buckets: list[Bucket], counts: Mapping[str, int]) -> Bucket:
    return next((one for one in buckets if counts.get(one.code)), buckets[0])


def _bucket(code: str, count: int | None) -> Bucket:
    words = "" if count is None else f"{MOST - 1}+" if count >= MOST else str(count)
    return Bucket(code, str(_BUCKETS[code]), words)


def _rows(found: Sequence[Mapping[str, Any]], today: date) -> list[QueueRow]:
    """A page repeats a few days, kinds and states: each is put into words once."""
    calendar = working_calendar()
    due = {day: _due(day, today, calendar) for day in {row["urgent_on"] for row in found}}
    titles = {kind: _title(kind) for kind in {row["kind"] for row in found}}
    states = {state: state_words(state) for state in {row["state"] for row in found}}
    types = {one: type_words(one) for one in {row["application_type"] for row in found}}
    return [
        QueueRow(
            id=row["id"],
            receipt=row["receipt"] or "",
            title=titles[row["kind"]],
            applicant=row["applicant__name"],
            state=states[row["state"]],
            type=types[row["application_type"]],
            due=due[row["urgent_on"]],
            closed=row["turn"] == "",
        )
        for row in found
    ]


def _due(day: date, today: date, calendar: WorkingCalendar) -> Due:
    left = working_days_left(day, today, calendar)
    words = _("Batas %(day)s") % {"day": date_long(day, language())}
    if left <= 0:
        return Due(words, left, _("lewat") if left < 0 else _("hari ini"))
    return Due(words, left, ngettext("hari", "hari", left))


def _title(code: str) -> str:
    kind = KINDS.get(code)
    return str(kind.spec.name) if kind else code
