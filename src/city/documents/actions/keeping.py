"""Rows, keys and bytes of files go together, and leave together."""

import hashlib
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from city.documents import vault
from city.documents.models import FileKey, StoredFile
from city.documents.queries.keys import key_of, wrapped
from city.documents.rules import SNIFF_BYTES, content_type_of
from city.kernel.ids import new_id


def with_key(file: StoredFile, key: bytes | None = None) -> StoredFile:
    """Save a new file with a key of its own. Raises KeyLost for a subject that was erased."""
    file.save(force_insert=True)
    FileKey.objects.create(file=file, wrapped=wrapped(key or vault.new_key(), file))
    return file


def written(content: bytes, *, subject_id: UUID, purpose: str, name: str, at: datetime) -> StoredFile:
    """A file that the city itself writes: ready at once. If the transaction fails, the bytes are swept away later."""
    key, file_id = vault.new_key(), new_id()
    file = StoredFile(
        id=file_id,
        subject_id=subject_id,
        purpose=purpose,
        name=name,
        content_type=content_type_of(content[:SNIFF_BYTES]),
        size=len(content),
        received_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        place=vault.keep(content, key, file_id=file_id),
        state=StoredFile.State.READY,
        created_by="system:documents",
        created_at=at,
    )
    return with_key(file, key)


def replace_content(file: StoredFile, content: bytes) -> None:
    """What is kept of a received file, under the file's own key; the row is changed but not saved."""
    file.place = vault.keep(content, key_of(file), file_id=file.pk)
    file.sha256, file.size = hashlib.sha256(content).hexdigest(), len(content)


def forget(file: StoredFile) -> None:
    """Destroy a file's key now and its bytes once the transaction stands."""
    FileKey.objects.filter(pk=file.pk).delete()
    transaction.on_commit(partial(vault.drop_object, file.place))
    transaction.on_commit(partial(vault.forget_received, file.pk))
