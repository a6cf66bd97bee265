"""One line a file. A phone that lost its line comes back on a new one while the old still looks alive: the new wins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from city.documents.uploads.threads import on_disk
from city.documents.vault import Elsewhere, Receipt

MOST = 400  # files received at once; each holds at most one record in memory


class _Line:
    def __init__(self, overtaken: asyncio.Event) -> None:
        self.overtaken = overtaken
        self.over = asyncio.Event()


_lines: dict[UUID, _Line] = {}


def full() -> bool:
    return len(_lines) >= MOST


async def end_other_line(file_id: UUID) -> None:
    """Have the other line, if there is one, write what it has and stop."""
    while (line := _lines.get(file_id)) is not None:
        line.overtaken.set()
        await line.over.wait()


@asynccontextmanager
async def receipt_for(file_id: UUID, key: bytes, overtaken: asyncio.Event) -> AsyncIterator[Receipt]:
    """The file opened for receiving; `overtaken` is set when another line takes over, and reading must stop.

    Raises Elsewhere when another process holds it. At the end everything taken is on disk.
    """
    await end_other_line(file_id)
    line = _lines[file_id] = _Line(overtaken)
    try:
        receipt = await on_disk(Receipt, file_id, key)
        try:
            yield receipt
        finally:
            try:
                await on_disk(receipt.settle)
            finally:
                receipt.close()
    finally:
        del _lines[file_id]
        line.over.set()


__all__ = ["MOST", "Elsewhere", "end_other_line", "full", "receipt_for"]
