"""A place for a file is opened: from here on the sender may send it, and nothing but it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from city.documents.actions.keeping import forget, with_key
from city.documents.declare import UploadRule
from city.documents.events import FileDiscarded
from city.documents.models import StoredFile
from city.documents.queries.files import sentence
from city.documents.rules import errors_in_offer, honest_name
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.keyring import make_ticket

UPLOAD, FORM = "documents.upload", "documents.form"  # what a ticket is for
TICKET_LASTS = timedelta(minutes=30)  # a new one is had by asking again with the same id; what was sent stays
FORM_TICKET_LASTS = timedelta(hours=4)  # a page without script cannot ask again


@dataclass(frozen=True)
class FileOffer:
    """A file as its sender announces it. `file_id` is made by the page: asking twice opens one place."""

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
    """What a form without script needs: action, hidden field `ticket` BEFORE the file field `file`, and the limits."""

    action_url: str
    ticket: str
    accept: str
    limits_text: str


@transaction.atomic
def open_upload(offer: FileOffer, *, by: Actor, at: datetime) -> Upload:
    """Open a place for one announced file; the caller has checked that the actor may send it.

    Refuses (422) what cannot be taken before a byte is sent, and (404) an id that is somebody else's. Asking again
    with the same id gives a fresh ticket and keeps what was received.
    """
    reason = errors_in_offer(offer.name, offer.size, offer.declared_type, offer.rule)
    if reason is not None:
        said = sentence(reason.code, reason.facts)
        raise Refusal(reason.code, said, status=422, errors=[FieldError("file", said)])
    file = StoredFile.objects.filter(pk=offer.file_id).first() or make_place(offer, by=by, at=at)
    if (file.subject_id, file.purpose, file.size) != (offer.subject_id, offer.purpose, offer.size):
        said = _("Tempat berkas ini bukan untuk kiriman itu. Muat ulang halamannya, lalu pilih berkasnya lagi.")
        raise Refusal("file.unknown_id", said, status=404)
    claims = {"file": str(file.pk), "size": offer.size, "rule": offer.rule.as_json(), "language": _language()}
    ticket = make_ticket(claims, purpose=UPLOAD, until=at + TICKET_LASTS)
    return Upload(f"{settings.UPLOADS_URL}/files/{file.pk}", ticket, file.pk)


def make_place(offer: FileOffer, *, by: Actor, at: datetime) -> StoredFile:
    """The row and the key of a file that is about to be received."""
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
        )
    )


def ticket_for(offer: FileOffer, *, back: str, by: Actor, at: datetime) -> UploadSlot:
    """What a page without script needs to send one file; writes nothing, so it may be asked while a page is drawn.

    `back` is a path of this city: the browser returns there with `?berkas=<id>`, and `&galat=<code>` when the file
    could not be taken.
    """
    if not back.startswith("/") or back.startswith("//"):
        raise ValueError("a form comes back to a page of this city")
    claims = {
        "file": str(offer.file_id),
        "subject": str(offer.subject_id),
        "purpose": offer.purpose,
        "rule": offer.rule.as_json(),
        "back": back,
        "by": by.ref,
        "language": _language(),
    }
    ticket = make_ticket(claims, purpose=FORM, until=at + FORM_TICKET_LASTS)
    return UploadSlot(f"{settings.UPLOADS_URL}/form", ticket, offer.rule.accept, offer.rule.limits_text)


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


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"
