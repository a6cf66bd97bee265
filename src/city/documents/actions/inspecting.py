"""A received file becomes one that others may see, or is turned away with a sentence."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from city.documents import vault
from city.documents.actions.keeping import replace_content, written
from city.documents.actions.receiving import turn_away
from city.documents.events import FileReady
from city.documents.inspection import Examined, examined
from city.documents.models import StoredFile
from city.documents.queries.keys import key_of
from city.documents.rules import Reason
from city.kernel.actor import system
from city.kernel.events import publish
from city.kernel.keyring import KeyLost

_US = system("documents")


def inspect(*, file_id: UUID, at: datetime) -> None:
    """Look into a received file, outside any transaction, then say what it is. Safe to repeat and to kill.

    Publishes FileReady or FileRefused. A picture is kept as it was drawn anew, a PDF as it came.
    """
    file = StoredFile.objects.filter(pk=file_id, state=StoredFile.State.RECEIVED).first()
    if file is None:
        return
    try:
        found = examined(vault.read_received(file.pk, key_of(file)), file.content_type, file.limits)
    except KeyLost:  # discarded, or its subject erased, while it waited
        return
    except (FileNotFoundError, vault.Torn):
        found = Reason("file.unreadable")
    if isinstance(found, Reason):
        turn_away(file_id=file_id, reason=found, at=at)
    else:
        _keep(file_id, found, at)


@transaction.atomic
def _keep(file_id: UUID, found: Examined, at: datetime) -> None:
    file = StoredFile.objects.select_for_update().filter(pk=file_id, state=StoredFile.State.RECEIVED).first()
    if file is None:
        return
    replace_content(file, found.content)
    file.pages, file.width, file.height = found.pages, found.width, found.height
    name = f"{file.name}.kecil.jpg"[-160:]
    file.thumbnail = written(found.thumbnail, subject_id=file.subject_id, purpose="thumbnail", name=name, at=at)
    file.state = StoredFile.State.READY
    file.save()
    publish(FileReady(file_id=file.pk, purpose=file.purpose), by=_US, at=at)
    transaction.on_commit(partial(vault.forget_received, file.pk))


@transaction.atomic
def sweep(*, at: datetime, unfinished: datetime) -> int:
    """Forget files begun before `unfinished` and never completed; returns how many."""
    stale = StoredFile.objects.select_for_update(skip_locked=True).filter(
        state=StoredFile.State.RECEIVING, created_at__lt=unfinished
    )
    files = list(stale[:200])
    for file in files:
        turn_away(file_id=file.pk, reason=Reason("upload.cut"), at=at)
    return len(files)
