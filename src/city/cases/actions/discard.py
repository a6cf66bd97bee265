"""A file that no document shows any more is deleted."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from city.cases.models import RequiredDocument
from city.documents import actions as documents
from city.kernel.actor import Actor


def discard(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Delete a file that was taken out of its place, unless an earlier application of the same person shows it too."""
    if not RequiredDocument.objects.filter(Q(file_id=file_id) | Q(previous_id=file_id)).exists():
        documents.discard(file_id=file_id, by=by, at=at)
