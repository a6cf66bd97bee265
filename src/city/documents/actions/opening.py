"""A place for a file is opened: from here on the sender may send it, and nothing but it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from city.documents.actions.keeping import forget, with_key
from city.documents.actions.tickets import Grant
from city.documents.declare import UploadRule
from city.documents.events import FileDiscarded
from city.documents.models import StoredFile
from city.documents.queries.files import sentence
from city.documents.rules import errors_in_offer, honest_name
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish


@dataclass(frozen=True)
class FileOffer:
    """A file as its sender announces it, for a place: `purpose` of a subject. `file_id` is made by the page.

    `name`, `size` and `declared_type` stay empty where nothing is chosen yet.
    """

    file_id: UUID
    subject_id: UUID
    purpose: str
    rule: UploadRule
    name: str = ""
    size: int = 0
    declared_type: str = ""


@dataclass(frozen=True)
class Upload:
    """Where to send bytes: PATCH `url` with `Authorization: Ticket <ticket>`; after a cut, HEAD tells the offset."""

    url: str
    ticket: str
    file_id: UUID


@dataclass(frozen=True)
class UploadSlot:
    """What a page needs for one place: with or without script, its form posts to `action_url` with the hidden field
    `ticket` BEFORE the file field `file`. Show `limits_text` before anything is chosen.
    """

    action_url: str
    ticket: str
    accept: str
    limits_text: str
    max_bytes: int


def ticket_for(offer: FileOffer, *, back: str, by: Actor, at: datetime) -> UploadSlot:
    """What a page needs to have one file sent; writes nothing, so it may be asked while the page is drawn.

    The caller has checked that the actor may send it. `back` is a path of this city: without script the browser
    returns there with `?berkas=<id>`, and `&galat=<code>` when the file could not be taken.
    """
    if not back.startswith("/") or back.startswith("//"):
        raise ValueError("a form comes back to a page of this city")
    ticket = _grant(offer, by, back).ticket(at=at)
    rule = offer.rule
    return UploadSlot(f"{settings.UPLOADS_URL}/form", ticket, rule.accept, rule.limits_text, rule.max_bytes)


@transaction.atomic
def open_upload(offer: FileOffer, *, by: Actor, at: datetime) -> Upload:
    """Open a place for one announced file, for a sender who is no page (an app, a counter's scanner).

    The caller has checked that the actor may send it. Refuses (422) what cannot be taken before a byte is sent, and
    (404) an id that is somebody else's. Asked again with the same id, it gives a fresh ticket and keeps what came.
    """
    reason = errors_in_offer(offer.name, offer.size, offer.declared_type, offer.rule)
    if reason is not None:
        said = sentence(reason.code, reason.facts)
        raise Refusal(reason.code, said, status=422, errors=[FieldError("file", said)])
    grant = _grant(offer, by, "")
    file = StoredFile.objects.filter(pk=offer.file_id).first() or make_place(offer, by=by, at=at)
    if not grant.covers(file) or file.size != offer.size:
        said = _("Tempat berkas ini bukan untuk kiriman itu. Muat ulang halamannya, lalu pilih berkasnya lagi.")
        raise Refusal("file.unknown_id", said, status=404)
    return Upload(f"{settings.UPLOADS_URL}/files/{file.pk}", grant.ticket(at=at), file.pk)


def make_place(offer: FileOffer, *, key: bytes | None = None, by: Actor, at: datetime) -> StoredFile:
    """The row and the key (a new one) of a file that is about to be received."""
    return with_key(
        StoredFile(
            id=offer.file_id,
            subject_id=offer.subject_id,
            purpose=offer.purpose,
            name=honest_name(offer.name, ""),
            declared_type=offer.declared_type[:120],
            size=offer.size,
            rule=offer.rule.as_json(),
            created_by=by.ref,
            created_at=at,
        ),
        key,
    )


@transaction.atomic
def discard(*, file_id: UUID, by: Actor, at: datetime) -> None:
    """Take a file back: its bytes and its key go for good. The caller has checked that it is the actor's to take.

    Repeating it changes nothing. Refuses (409) a file that stands in a paper.
    """
    file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None:
        return
    publish(FileDiscarded(file_id=file.pk, purpose=file.purpose), by=by, at=at)
    forget(file)
    thumbnail = file.thumbnail
    file.delete()
    if thumbnail is not None:
        forget(thumbnail)
        thumbnail.delete()


def _grant(offer: FileOffer, by: Actor, back: str) -> Grant:
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return Grant(offer.file_id, offer.subject_id, offer.purpose, offer.rule, by.ref, language, back)
