"""Where sealed bytes lie. What is being received has the file's id; what is kept has the hash of its sealed bytes.

The hash of sealed bytes is as random as the key: it tells nothing about the content, two equal files get two names,
and anybody can check that an archive is whole without a key.
"""

import hashlib
import os
import secrets
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings

from city.documents.vault.records import RECORD_BYTES, Sealer, plain_size, records


def new_key() -> bytes:
    return secrets.token_bytes(32)


def receiving_path(file_id: UUID) -> Path:
    return Path(settings.FILES) / "receiving" / file_id.hex


def _object_path(place: str) -> Path:
    return Path(settings.FILES) / "kept" / place[:2] / place


def received_about(file_id: UUID) -> str:
    return f"received:{file_id}"


def kept_about(file_id: UUID) -> str:
    return f"kept:{file_id}"


def make_folder(folder: Path) -> None:
    """The folder, for our own eyes only, and lasting: its entry in each parent is on disk too."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """A new name survives a power cut only when its folder was written too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(content: bytes, key: bytes, *, file_id: UUID) -> str:
    """Seal the content and put it where it stays; gives its place. It is on disk, name and all, when this returns."""
    sealer = Sealer(key, kept_about(file_id))
    parts = (sealer.seal(content[i : i + RECORD_BYTES]) for i in range(0, len(content), RECORD_BYTES))
    sealed = b"".join(head + body for head, body in parts)
    place = hashlib.sha256(sealed).hexdigest()
    path = _object_path(place)
    make_folder(path.parent)
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, path)
    sync_folder(path.parent)
    return place


def read(place: str, key: bytes, *, file_id: UUID) -> bytes:
    """What was kept. Raises FileNotFoundError, or Torn when a byte of it is not what was sealed."""
    sealed = _object_path(place).read_bytes()
    return b"".join(records(BytesIO(sealed), Sealer(key, kept_about(file_id))))


def read_received(file_id: UUID, key: bytes) -> bytes:
    """All that was received so far. Raises FileNotFoundError or Torn."""
    with receiving_path(file_id).open("rb") as source:
        return b"".join(records(source, Sealer(key, received_about(file_id))))


def durable_offset(file_id: UUID) -> int:
    """How many bytes of a file being received are on disk for good; 0 when none. Needs no key."""
    try:
        with receiving_path(file_id).open("rb") as source:
            os.fsync(source.fileno())
            return plain_size(source)
    except FileNotFoundError:
        return 0


def kept_size(place: str) -> int | None:
    """The plain size of a kept object, read from its records' heads; None when it is not on disk."""
    try:
        with _object_path(place).open("rb") as source:
            return plain_size(source)
    except FileNotFoundError:
        return None


def drop_object(place: str) -> None:
    if place:
        _object_path(place).unlink(missing_ok=True)


def forget_received(file_id: UUID) -> None:
    receiving_path(file_id).unlink(missing_ok=True)


def strays(*, older_than: float, known: set[str]) -> list[str]:
    """Places on disk that no row knows, last written before the moment `older_than` (seconds since 1970)."""
    found = (Path(settings.FILES) / "kept").glob("*/*")
    return [path.name for path in found if path.name not in known and path.stat().st_mtime < older_than]
