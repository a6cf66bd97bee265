"""From the line to the disk: limits and type are checked at every byte, whole records are written on the way."""

import time
from collections.abc import AsyncIterable
from dataclasses import dataclass

from city.documents.actions import Got
from city.documents.rules import SNIFF_BYTES, Limits, Reason, content_type_of, errors_in_type
from city.documents.uploads.threads import on_disk
from city.documents.vault import Receipt

PATIENCE = 2.0  # seconds after which what came on a slow line is written although no record is full


class TurnedAway(Exception):
    """What comes cannot be taken, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Bounds:
    """How much may come and of which types. `over` is what is said when more comes."""

    limits: Limits
    most: int
    over: Reason


async def fill(receipt: Receipt, chunks: AsyncIterable[bytes], bounds: Bounds) -> None:
    """Take chunks until they end. Raises TurnedAway as soon as the type shows or the bound is passed, and LineLost."""
    written, typed = time.monotonic(), False
    async for chunk in chunks:
        if receipt.offset + len(chunk) > bounds.most:
            raise TurnedAway(bounds.over)
        due = receipt.take(chunk)
        if not typed and receipt.offset >= SNIFF_BYTES:
            check_type(receipt, bounds.limits)
            typed = True
        if due or time.monotonic() - written > PATIENCE:
            await on_disk(receipt.write)
            written = time.monotonic()


def check_type(receipt: Receipt, limits: Limits) -> str:
    content_type = content_type_of(receipt.first_bytes)
    reason = errors_in_type(content_type, limits)
    if reason is not None:
        raise TurnedAway(reason)
    return content_type


async def settled(receipt: Receipt, limits: Limits) -> Got:
    """Everything is on disk for good; what it is. Raises TurnedAway for an empty file or a wrong type."""
    await on_disk(receipt.settle)
    if receipt.offset == 0:
        raise TurnedAway(Reason("file.empty"))
    return Got(check_type(receipt, limits), receipt.offset, receipt.sha256)
