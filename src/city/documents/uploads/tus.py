"""Uploads by script: a part of tus 1.0.

POST /files            Authorization: Ticket …, Upload-Length, Upload-Metadata → 201, Location, Upload-Offset
HEAD /files/<id>       Authorization: Ticket …                           → 204, Upload-Offset (bytes on disk for good)
PATCH /files/<id>      … Upload-Offset, application/offset+octet-stream  → 204, Upload-Offset
409 tells in Upload-Offset where to go on; a file that is complete answers every PATCH alike. 401: the ticket is over,
the page gives a new one, and what was sent stays. Every refusal is problem+json with a code and a sentence.
"""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from city.documents import actions, vault
from city.documents.actions import Announced, Grant, Place, grant_of
from city.documents.rules import Reason, errors_in_offer
from city.documents.uploads import lines
from city.documents.uploads.filling import Bounds, TurnedAway, fill, settled
from city.documents.uploads.lines import Line
from city.documents.uploads.threads import in_database, on_disk
from city.documents.uploads.wire import Answer, LineLost, Request, problem

TUS = {"Tus-Resumable": "1.0.0"}
_STATUS = {
    "file.too_large": 413,
    "file.changed": 413,
    "file.empty": 422,
    "upload.cut": 410,
}  # the rest is 415: not what we take


def grant_in(request: Request) -> Grant | None:
    kind, _, ticket = request.headers.get("authorization", "").partition(" ")
    return grant_of(ticket, at=timezone.now()) if kind.lower() == "ticket" else None


async def answer(request: Request, grant: Grant | None) -> Answer:
    """The answer to one request that carries this grant."""
    if grant is None or grant.stale:
        return problem(401, "ticket.stale", WWW_Authenticate="Ticket")
    if request.path == "/files":
        return await _opened(request, grant) if request.method == "POST" else Answer(405, {"Allow": "POST"})
    file_id = _id_in(request.path)
    if file_id is None or request.method not in ("HEAD", "PATCH"):
        return Answer(404) if file_id is None else Answer(405, {"Allow": "HEAD, PATCH"})
    await lines.end_other_line(file_id)
    place = lines.between_pieces(file_id, grant) or await in_database(actions.begin, file_id=file_id, grant=grant)
    if place is None:
        return problem(404, "upload.unknown")
    if place.reason is not None:
        return refused(place.reason)
    if not place.key:
        return _offset(place.size, place.size)
    try:
        return await (_head(place) if request.method == "HEAD" else _patch(request, place, grant))
    except TurnedAway as no:
        await in_database(actions.turn_away, file_id=file_id, reason=no.reason, at=timezone.now())
        return refused(no.reason)


def _id_in(path: str) -> UUID | None:
    try:
        return UUID(path.removeprefix("/files/"))
    except ValueError:
        return None


async def _opened(request: Request, grant: Grant) -> Answer:
    said = _metadata(request.headers.get("upload-metadata", ""))
    announced = Announced(said.get("filename", ""), said.get("filetype", ""), request.number("upload-length") or 0)
    reason = errors_in_offer(announced.name, announced.size, announced.declared_type, grant.rule)
    if reason is not None:
        return refused(reason)
    place = await in_database(actions.open_place, grant, announced, at=timezone.now())
    async with lines.line_for(place, asyncio.Event()) as line:
        offset = line.receipt.offset
        line.goes_on(grant)
    location = f"{settings.UPLOADS_URL}/files/{place.file_id}"
    return Answer(201, {"Location": location, "Upload-Offset": str(offset), **TUS})


def _metadata(header: str) -> dict[str, str]:
    """`filename <base64>,filetype <base64>` as tus writes it; what cannot be read is left out."""
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        with suppress(ValueError):
            found[name] = b64decode(value, validate=True).decode("utf-8")
    return found


async def _head(place: Place) -> Answer:
    offset = await on_disk(vault.durable_offset, place.file_id)
    if offset == place.size:  # all is here, but a killed process or a resting database could not say so
        async with lines.line_for(place, asyncio.Event()) as line:
            if line.receipt.offset == place.size:
                return await _whole(line)
            offset = line.receipt.offset
    return _offset(offset, place.size)


async def _patch(request: Request, place: Place, grant: Grant) -> Answer:
    offset, coming = request.number("upload-offset"), request.number("content-length")
    if offset is None or request.headers.get("content-type") != "application/offset+octet-stream":
        return problem(400, "upload.unknown")
    if offset + (coming or 0) > place.size:
        return refused(Reason("file.changed"))
    if lines.full():
        return problem(503, "upload.resting", Retry_After="5")
    overtaken = asyncio.Event()
    async with lines.line_for(place, overtaken) as line:
        if offset != line.receipt.offset:
            return problem(409, "upload.offset", Upload_Offset=str(line.receipt.offset))
        return await _take(line, request.chunks(overtaken), grant)


async def _take(line: Line, chunks: AsyncIterator[bytes], grant: Grant) -> Answer:
    receipt, place = line.receipt, line.place
    try:
        await fill(receipt, chunks, Bounds(place.rule, place.size, Reason("file.changed")))
    except LineLost:
        await on_disk(receipt.settle)
        await in_database(actions.note_progress, file_id=place.file_id, on_disk=receipt.on_disk)
        return problem(409, "upload.cut", Upload_Offset=str(receipt.on_disk))
    if receipt.offset == place.size:
        return await _whole(line)
    await on_disk(receipt.settle)
    line.goes_on(grant)
    return _offset(receipt.offset, place.size)


async def _whole(line: Line) -> Answer:
    got = await settled(line.receipt, line.place.rule)
    if not await in_database(actions.received, place=line.place, got=got):
        return problem(404, "upload.unknown")  # discarded while it was sent
    return _offset(got.size, got.size)


def _offset(offset: int, size: int) -> Answer:
    return Answer(204, {"Upload-Offset": str(offset), "Upload-Length": str(size), **TUS})


def refused(reason: Reason) -> Answer:
    return problem(_STATUS.get(reason.code, 415), reason.code, reason.facts)
