"""A file while it is being received: bytes come in any size, whole records go to disk."""

import fcntl
import hashlib
import os
from typing import BinaryIO
from uuid import UUID

from city.documents.rules import SNIFF_BYTES
from city.documents.vault.disk import make_folder, received_about, receiving_path, sync_folder
from city.documents.vault.records import RECORD_BYTES, Sealer, Torn, records


class Elsewhere(Exception):
    """Another process is receiving this very file."""


class Receipt:
    """Opens what was received before, cuts off what is half written, and goes on from there.

    `offset` counts every byte taken, `on_disk` those in whole records. One Receipt a file: the kernel's lock on it
    goes with the process, also when it is killed. Not for two threads at once.
    """

    def __init__(self, file_id: UUID, key: bytes) -> None:
        path = receiving_path(file_id)
        make_folder(path.parent)
        fresh = not path.exists()
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise Elsewhere(str(file_id)) from error
        if fresh:
            sync_folder(path.parent)
        self._unsettled = True  # what an earlier process wrote may not be on disk yet
        self._key, self._about = key, received_about(file_id)
        self._begin()
        self._replay()

    def _begin(self) -> None:
        self._sealer = Sealer(self._key, self._about)
        self._digest = hashlib.sha256()
        self._waiting = bytearray()
        self.head = b""
        self.on_disk = 0

    def _replay(self) -> None:
        """Every byte received before is opened again: the hash goes on, and a torn end is found and cut off."""
        try:
            for plain in records(self._file, self._sealer):
                self._count(plain)
        except Torn as torn:
            self._file.truncate(torn.at)
            self._file.seek(torn.at)

    def _count(self, plain: bytes | memoryview) -> None:
        self._digest.update(plain)
        self.on_disk += len(plain)
        if len(self.head) < SNIFF_BYTES:
            self.head += bytes(plain[: SNIFF_BYTES - len(self.head)])

    @property
    def offset(self) -> int:
        return self.on_disk + len(self._waiting)

    @property
    def sha256(self) -> str:
        """Of the bytes on disk."""
        return self._digest.hexdigest()

    @property
    def first_bytes(self) -> bytes:
        """The beginning of the file, as far as it is here: what its type is told by."""
        return (self.head + bytes(self._waiting[:SNIFF_BYTES]))[:SNIFF_BYTES]

    def take(self, chunk: bytes) -> bool:
        """Take bytes; true when a whole record waits and `write` is due."""
        self._waiting += chunk
        return len(self._waiting) >= RECORD_BYTES

    def write(self) -> None:
        """Seal what waits and hand it to the system: after this a killed process loses nothing of it."""
        waiting, self._waiting = memoryview(self._waiting), bytearray()
        for start in range(0, len(waiting), RECORD_BYTES):
            plain = waiting[start : start + RECORD_BYTES]
            for part in self._sealer.seal(plain):
                self._put(part)
            self._count(plain)

    def _put(self, part: bytes) -> None:
        self._unsettled = True
        left = memoryview(part)
        while left:
            left = left[self._file.write(left) :]

    def settle(self) -> None:
        """Write what waits and wait for the disk: after this a power cut loses nothing of it."""
        self.write()
        if self._unsettled:
            os.fsync(self._file.fileno())
            self._unsettled = False

    def start_over(self) -> None:
        """Forget what was received, for a sender who cannot go on from the middle (a form without script)."""
        self._file.truncate(0)
        self._file.seek(0)
        self._begin()

    def close(self) -> None:
        self._file.close()
