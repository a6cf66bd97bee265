"""Who looked at my data: read from the events that nobody can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.kernel.paging import Page, page_of
from city.kernel.queries import history_of
from city.people.queries import name_of, roles_of

# What was seen and what for, by the codes that events keep; a code without words is shown as it is.
WHAT = {
    "nik": gettext_lazy("NIK utuh"),
    "profile": gettext_lazy("Nama dan NIK tersamar"),
    "case": gettext_lazy("Isian dan berkas permohonan"),
}
PURPOSE = {
    "permits.letter": gettext_lazy("Menulis surat izin"),
    "permits.desk": gettext_lazy("Memeriksa permohonan"),
    "counter.file": gettext_lazy("Mengajukan permohonan di loket"),
    "counter.help": gettext_lazy("Melanjutkan permohonan di loket"),
    "counter.surrender": gettext_lazy("Menyerahkan izin di loket"),
}


@dataclass(frozen=True)
class Look:
    """Somebody opened a part of my data: who, in which office now, what, what for."""

    at: datetime
    who: str
    office: str
    what: str
    why: str


def looks_at(person_id: UUID, at: datetime, after: str = "", *, size: int = 30) -> Page[Look]:
    """Newest first."""
    rows = history_of("person", person_id).filter(name="PersonDataSeen").order_by().values("id", "actor", "at", "data")
    page = page_of(rows, by=("-id",), after=after, size=size)
    who = {ref: _who(ref, person_id, at) for ref in {str(row["actor"]) for row in page.rows}}
    return Page([_look(row, *who[row["actor"]]) for row in page.rows], page.next_key)


def _who(ref: str, me: UUID, at: datetime) -> tuple[str, str]:
    """Name and present office of an actor."""
    kind, _colon, ident = ref.partition(":")
    if kind != "person":
        return _("Sistem kota"), ""
    if UUID(ident) == me:
        return _("Anda sendiri"), ""
    held = [role for role in roles_of(UUID(ident), at) if role.agency]
    return name_of(UUID(ident)), f"{held[0].title}, {held[0].place}" if held else ""


def _look(row: Mapping[str, Any], who: str, office: str) -> Look:
    what, purpose = row["data"]["what"], row["data"]["purpose"]
    return Look(row["at"], who, office, str(WHAT.get(what, what)), str(PURPOSE.get(purpose, purpose)))
