"""The shape of a file on disk: records one after the other, each `length | nonce | AES-256-GCM(plain)`.

Records are only ever added, so that no nonce seals two texts, and what a killed process left half written is cut off.
Each record is bound to the file and its place in it: none can be moved, swapped or left out in the middle.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

RECORD_BYTES = 256 * 1024  # plain bytes in a full record
_HEAD = struct.Struct(">I12s")
_TAG = 16


class Torn(Exception):
    """A record is half written, or not what was sealed. `at` is the file position where it begins."""

    def __init__(self, at: int) -> None:
        super().__init__(f"record at byte {at}")
        self.at = at


class Sealer:
    """Seals the records of one file in order. `about` names the file and the use of its bytes."""

    def __init__(self, key: bytes, about: str, index: int = 0) -> None:
        self._cipher = AESGCM(key)
        self._about = about
        self.index = index

    def seal(self, plain: bytes | memoryview) -> tuple[bytes, bytes]:
        """A record in two parts, head and sealed bytes, so that nothing large is copied."""
        nonce = os.urandom(12)
        sealed = self._cipher.encrypt(nonce, plain, self._bound())
        self.index += 1
        return _HEAD.pack(len(plain), nonce), sealed

    def open(self, nonce: bytes, sealed: bytes) -> bytes:
        plain = self._cipher.decrypt(nonce, sealed, self._bound())
        self.index += 1
        return plain

    def _bound(self) -> bytes:
        return f"{self._about}:{self.index}".encode()


def records(source: BinaryIO, sealer: Sealer) -> Iterator[bytes]:
    """The plain bytes of each record in order. Raises Torn at the first one that is not whole."""
    at = source.tell()
    while head := source.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise Torn(at)
        length, nonce = _HEAD.unpack(head)
        if length > RECORD_BYTES:
            raise Torn(at)
        try:
            yield sealer.open(nonce, source.read(length + _TAG))
        except (InvalidTag, ValueError) as error:
            raise Torn(at) from error
        at = source.tell()


def plain_size(source: BinaryIO) -> int:
    """How many plain bytes the whole records hold, without opening them: needs no key."""
    end = source.seek(0, os.SEEK_END)
    at = total = 0
    while at + _HEAD.size + _TAG <= end:
        source.seek(at)
        length, _nonce = _HEAD.unpack(source.read(_HEAD.size))
        at += _HEAD.size + length + _TAG
        if at > end:
            break
        total += length
    return total
