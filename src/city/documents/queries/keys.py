"""The key of one file, wrapped under the key of its subject: who destroys that one has destroyed this one too."""

import base64
from uuid import UUID

from city.documents.models import FileKey, StoredFile
from city.kernel.keyring import KeyLost
from city.kernel.subjects import open_for, seal_for


def _about(file_id: UUID) -> str:
    return f"file-key:{file_id}"


def wrapped(key: bytes, file: StoredFile) -> bytes:
    """Raises KeyLost for a subject that was erased."""
    return seal_for(file.subject_id, base64.b64encode(key).decode(), about=_about(file.pk))


def key_of(file: StoredFile) -> bytes:
    """Raises KeyLost when the file was discarded or its subject erased."""
    try:
        row = file.key
    except FileKey.DoesNotExist:
        raise KeyLost(_about(file.pk)) from None
    return base64.b64decode(open_for(file.subject_id, bytes(row.wrapped), about=_about(file.pk)))
