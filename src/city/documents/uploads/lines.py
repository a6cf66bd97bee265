"""One line a file. A phone that lost its line comes back on a new one while the old still looks alive: the new wins.

A page's script sends a file in pieces. Between two of them the file stays open for a while, so that the next piece
asks neither the database for its key nor the disk for what was there before.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from city.documents.actions import Grant, Place
from city.documents.uploads.threads import on_disk
from city.documents.vault import Receipt

MOST = 400  # files received at once; each holds at most one record in memory
OPEN_BETWEEN, MOST_BETWEEN = 30.0, 200  # seconds and files, between two pieces


class Line:
    """The one line on which a file comes now. `overtaken` is set when another takes over, and reading must stop."""

    def __init__(self, place: Place, receipt: Receipt) -> None:
        self.place = place
        self.receipt = receipt
        self.next_piece_for: Grant | None = None

    def goes_on(self, grant: Grant) -> None:
        """A piece is here and more will come: keep the file open for the holder of this grant."""
        self.next_piece_for = grant


@dataclass
class _Busy:
    overtaken: asyncio.Event
    over: asyncio.Event


@dataclass
class _Between:
    line: Line
    since: float


_busy: dict[UUID, _Busy] = {}
_between: dict[UUID, _Between] = {}


def full() -> bool:
    return len(_busy) >= MOST


async def end_other_line(file_id: UUID) -> None:
    """Have the other line, if there is one, write what it has and stop."""
    while (busy := _busy.get(file_id)) is not None:
        busy.overtaken.set()
        await busy.over.wait()


def between_pieces(file_id: UUID, grant: Grant) -> Place | None:
    """The place of a file that waits for its next piece from the holder of this grant."""
    held = _between.get(file_id)
    before = held.line.next_piece_for if held else None
    if held is None or before is None:
        return None
    same = (before.subject_id, before.purpose, before.by) == (grant.subject_id, grant.purpose, grant.by)
    return held.line.place if same else None


@asynccontextmanager
async def line_for(place: Place, overtaken: asyncio.Event) -> AsyncIterator[Line]:
    """The file opened for receiving. Raises Elsewhere when another process holds it.

    At the end everything taken is on disk.
    """
    await end_other_line(place.file_id)
    busy = _busy[place.file_id] = _Busy(overtaken, asyncio.Event())
    try:
        held = _between.pop(place.file_id, None)
        line = Line(place, held.line.receipt if held else await on_disk(Receipt, place.file_id, place.key))
        try:
            yield line
            await on_disk(line.receipt.settle)
        except BaseException:
            line.next_piece_for = None
            await on_disk(line.receipt.settle)
            raise
        finally:
            _put_down(line)
    finally:
        del _busy[place.file_id]
        busy.over.set()
        _close_old()


def _put_down(line: Line) -> None:
    if line.next_piece_for is None:
        line.receipt.close()
    else:
        _between[line.place.file_id] = _Between(line, time.monotonic())


def _close_old() -> None:
    """The oldest stand first: a dict keeps the order in which its keys came."""
    now = time.monotonic()
    for file_id, held in list(_between.items()):
        if now - held.since < OPEN_BETWEEN and len(_between) <= MOST_BETWEEN:
            return
        del _between[file_id]
        held.line.receipt.close()
