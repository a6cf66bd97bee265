"""What the uploads process does to a file's row: begin, note where it stands, receive, turn away.

None of these waits for bytes, so no database connection is held while a slow phone sends.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from city.documents import vault
from city.documents.actions.keeping import forget
from city.documents.actions.opening import FileOffer, make_place
from city.documents.actions.tickets import Grant
from city.documents.events import FileRefused
from city.documents.models import StoredFile
from city.documents.queries.keys import key_of
from city.documents.rules import Limits, Reason, honest_name
from city.kernel.actor import Actor, system
from city.kernel.events import publish
from city.kernel.ids import new_id

INSPECT = "documents.inspect"
_US = system("uploads")


@dataclass(frozen=True)
class Place:
    """A file as the uploads process knows it. `key` is empty once nothing may be received; `reason` says why not."""

    file_id: UUID
    key: bytes
    size: int
    name: str
    rule: Limits
    reason: Reason | None = None


@dataclass(frozen=True)
class Announced:
    """What a sender says of the file: hints, but for the size, which is a promise (0: a form does not know it)."""

    name: str
    declared_type: str = ""
    size: int = 0


@dataclass(frozen=True)
class Got:
    """What arrived: told by its bytes."""

    content_type: str
    size: int
    sha256: str


def begin(*, file_id: UUID, grant: Grant) -> Place | None:
    """What a sender may go on with; None when the grant's holder has sent no such file."""
    file = StoredFile.objects.select_related("key").filter(pk=file_id).first()
    return _place(file, file.name) if file is not None and grant.covers(file) else None


@transaction.atomic
def open_place(grant: Grant, announced: Announced, *, at: datetime) -> Place:
    """The place for a file that comes now: the grant's own id, or a new one where that was used for another file.

    An announcement whose answer was lost on the way is made again and finds its place as it was.
    """
    file_id = grant.file_id
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is not None:
        same = row.state == StoredFile.State.RECEIVING and row.size == announced.size and grant.covers(row)
        row, file_id = (row, file_id) if same else (None, new_id())
    offer = FileOffer(
        file_id=file_id,
        subject_id=grant.subject_id,
        purpose=grant.purpose,
        rule=grant.rule,
        name=announced.name,
        size=announced.size,
        declared_type=announced.declared_type,
    )
    name = honest_name(announced.name, "")
    if row is not None:
        return _place(row, name)
    key = vault.new_key()
    file = make_place(offer, key=key, by=Actor(ref=grant.by), at=at)
    return Place(file.pk, key, file.size, name, file.limits)


def _place(file: StoredFile, name: str) -> Place:
    key = key_of(file) if file.state == StoredFile.State.RECEIVING else b""
    reason = Reason(file.reason, file.facts) if file.reason else None
    return Place(file.pk, key, file.size, name, file.limits, reason)


def note_progress(*, file_id: UUID, on_disk: int) -> None:
    """So that a page can say how much has arrived; the truth is what is on disk."""
    StoredFile.objects.filter(pk=file_id, state=StoredFile.State.RECEIVING).update(received_bytes=on_disk)


@transaction.atomic
def received(*, place: Place, got: Got) -> bool:
    """All of the file is on disk: it waits for its inspection, which is a job. Said twice, it happens once.

    False when there is no such file any more.
    """
    changed = StoredFile.objects.filter(pk=place.file_id, state=StoredFile.State.RECEIVING).update(
        state=StoredFile.State.RECEIVED,
        name=honest_name(place.name, got.content_type),
        content_type=got.content_type,
        size=got.size,
        received_bytes=got.size,
        received_sha256=got.sha256,
    )
    if changed:
        app.configure_task(INSPECT, queue="default").defer(file_id=str(place.file_id))
    return bool(changed) or StoredFile.objects.filter(pk=place.file_id).exists()


@transaction.atomic
def same_as_before(*, grant: Grant, place: Place, got: Got) -> UUID:
    """The file of a form: the one already here when the very same was sent twice, else the one that came now."""
    if place.file_id == grant.file_id:
        return place.file_id
    before = StoredFile.objects.filter(pk=grant.file_id, received_sha256=got.sha256)
    if not before.exclude(state=StoredFile.State.REFUSED).exists():
        return place.file_id
    double = StoredFile.objects.get(pk=place.file_id)
    forget(double)
    double.delete()
    return grant.file_id


@transaction.atomic
def turn_away(*, file_id: UUID, reason: Reason, at: datetime) -> None:
    """The file cannot be taken: the row keeps why, key and bytes go. Said twice, it happens once."""
    file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None or file.state not in (StoredFile.State.RECEIVING, StoredFile.State.RECEIVED):
        return
    file.because(reason).save(update_fields=["state", "reason", "facts"])
    publish(FileRefused(file_id=file.pk, purpose=file.purpose, code=reason.code), by=_US, at=at)
    forget(file)
