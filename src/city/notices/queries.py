"""What stands in an inbox, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.paging import Page, page_of
from city.notices.declare import WORDS, Words
from city.notices.models import Channel, Dispatch, Notice
from city.notices.rules import as_one_sms
from city.people.queries import Contact, contact_of

# Words of a notice whose floor is gone or renamed: the person still sees that there was one, and where it leads.
_FORGOTTEN = Words(
    title=_("Kabar tentang urusan Anda"),
    body=_("Buka untuk melihatnya."),
    sms=_("Ada kabar di kotak masuk."),
    sample={},
)


@dataclass(frozen=True)
class Worded:
    """One notice in words: for the inbox, for a letter, for a phone."""

    title: str
    body: str
    sms: str
    icon: str


@dataclass(frozen=True)
class Letter:
    """One row of the inbox. `unsent` names the channels that did not take it."""

    id: UUID
    at: datetime
    read: bool
    words: Worded
    unsent: tuple[str, ...] = ()


class _Known(dict[str, str]):
    """A fact that a notice was not given reads as a dash: one notice must not shut the whole inbox."""

    def __missing__(self, name: str) -> str:
        return "-"


def worded(code: str, facts: Mapping[str, str], language: str = "") -> Worded:
    """The notice in words; `language` "id" or "en", else the page's own."""
    words = WORDS.get(code) or _FORGOTTEN
    with translation.override(language or translation.get_language()):
        shown = _Known(words.filled(facts))
        return Worded(str(words.title) % shown, str(words.body) % shown, as_one_sms(str(words.sms) % shown), words.icon)


def owner_of_inbox(by: Actor) -> UUID:
    """Whose inbox an actor opens: her own, in whatever role. Raises Refusal (403) for nobody."""
    if by.person_id is None:
        raise Refusal("notice.nobody", _("Masuk dulu untuk membuka kotak masuk."), status=403)
    return by.person_id


def inbox_of(person_id: UUID, after: str = "", *, size: int = 30) -> Page[Letter]:
    """Her notices, newest first."""
    rows = Notice.objects.filter(person_id=person_id).values("id", "code", "facts", "at", "read_at")
    page = page_of(rows, by=("-at", "-id"), after=after, size=size)
    unsent = _unsent([row["id"] for row in page.rows])
    return Page([_letter(row, unsent.get(row["id"], ())) for row in page.rows], page.next_key)


def _letter(row: dict[str, Any], unsent: tuple[str, ...]) -> Letter:
    return Letter(row["id"], row["at"], row["read_at"] is not None, worded(row["code"], row["facts"]), unsent)


def _unsent(notice_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    failed: dict[UUID, tuple[str, ...]] = {}
    rows = Dispatch.objects.filter(notice_id__in=notice_ids, state=Dispatch.State.FAILED)
    for notice_id, channel in rows.values_list("notice_id", "channel"):
        failed[notice_id] = (*failed.get(notice_id, ()), channel)
    return failed


def unread_count(person_id: UUID) -> int:
    """Asked by every page of whoever is signed in, hence in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notices_notice WHERE person_id = %s AND read_at IS NULL", [person_id])
        return int(cursor.fetchone()[0])


def channel_of(person_id: UUID) -> str:
    """How her notices also go out: the channel she chose if it has an address, else one that has; "" for none."""
    contact = contact_of(person_id)
    for channel in (contact.channel, Channel.EMAIL, Channel.SMS):
        if channel and address_in(contact, channel):
            return str(channel)
    return ""


def address_in(contact: Contact, channel: str) -> str:
    return contact.email if channel == Channel.EMAIL else contact.phone


def failed_dispatches(after: str = "", *, size: int = 50) -> Page[dict[str, Any]]:
    """What no channel took, newest first: id, channel, attempts, changed_at, notice__code. No name, no address."""
    rows = Dispatch.objects.filter(state=Dispatch.State.FAILED)
    shown = rows.values("id", "channel", "attempts", "changed_at", "notice__code")
    return page_of(shown, by=("-changed_at", "-id"), after=after, size=size)
