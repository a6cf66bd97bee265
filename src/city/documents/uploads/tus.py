"""Uploads by script: a part of tus 1.0.

POST /files            Authorization: Ticket …, Upload-Length            → 201, Location
HEAD /files/<id>       Authorization: Ticket …                           → 200, Upload-Offset (bytes on disk for good)
PATCH /files/<id>      … Upload-Offset, application/offset+octet-stream  → 204, Upload-Offset
409 tells in Upload-Offset where to go on; a file that is complete answers every PATCH alike. Every refusal is
problem+json with a code and a sentence for the person.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from city.documents import actions, vault
from city.documents.actions import UPLOAD, Place
from city.documents.declare import UploadRule
from city.documents.rules import Reason
from city.documents.uploads import lines
from city.documents.uploads.filling import Bounds, TurnedAway, fill, settled
from city.documents.uploads.threads import in_database, on_disk
from city.documents.uploads.wire import Answer, LineLost, Request, problem
from city.kernel.keyring import read_ticket

TUS = {"Tus-Resumable": "1.0.0"}
_STATUS = {"file.too_large": 413, "file.changed": 413, "file.empty": 422}  # the rest is 415: not what we take


def claims_of(request: Request) -> dict[str, Any] | None:
    kind, _, ticket = request.headers.get("authorization", "").partition(" ")
    return read_ticket(ticket, purpose=UPLOAD, at=timezone.now()) if kind.lower() == "ticket" else None


async def answer(request: Request, claims: dict[str, Any] | None) -> Answer:
    """The answer to one request; `claims` are those of its ticket."""
    if claims is None:
        return problem(403, "ticket.stale")
    if request.method == "POST" and request.path == "/files":
        return _created(request, claims)
    if request.path != f"/files/{claims['file']}":
        return problem(403, "ticket.wrong")
    if request.method not in ("HEAD", "PATCH"):
        return Answer(405, {"Allow": "HEAD, PATCH, OPTIONS"})
    file_id = UUID(claims["file"])
    await lines.end_other_line(file_id)
    place = await in_database(actions.begin, file_id=file_id)
    if place is None:
        return problem(404, "upload.unknown")
    if place.reason is not None:
        return refused(place.reason)
    if not place.key:
        return _offset(place.size, place.size)
    try:
        return await (_head(place, claims) if request.method == "HEAD" else _patch(request, place, claims))
    except TurnedAway as no:
        await in_database(actions.turn_away, file_id=file_id, reason=no.reason, at=timezone.now())
        return refused(no.reason)


def _created(request: Request, claims: Mapping[str, Any]) -> Answer:
    rule, length = UploadRule.from_json(claims["rule"]), request.number("upload-length")
    if length is not None and length > rule.max_bytes:
        return refused(Reason("file.too_large", {"size": length, "limit": rule.max_bytes}))
    if length != claims["size"]:
        return problem(400, "file.changed")
    return Answer(201, {"Location": f"{settings.UPLOADS_URL}/files/{claims['file']}", "Upload-Offset": "0", **TUS})


async def _head(place: Place, claims: Mapping[str, Any]) -> Answer:
    offset = await on_disk(vault.durable_offset, place.file_id)
    if offset == place.size:  # all is here, but a killed process or a resting database could not say so
        async with lines.receipt_for(place.file_id, place.key, asyncio.Event()) as receipt:
            if receipt.offset == place.size:
                got = await settled(receipt, UploadRule.from_json(claims["rule"]))
                await in_database(actions.received, place=place, got=got)
            offset = receipt.offset
    return _offset(offset, place.size)


async def _patch(request: Request, place: Place, claims: Mapping[str, Any]) -> Answer:
    offset, coming = request.number("upload-offset"), request.number("content-length")
    if offset is None or request.headers.get("content-type") != "application/offset+octet-stream":
        return problem(400, "upload.unknown")
    if offset + (coming or 0) > place.size:
        return refused(Reason("file.changed"))
    if lines.full():
        return problem(503, "upload.resting", Retry_After="5")
    return await _take(request, place, UploadRule.from_json(claims["rule"]), offset)


async def _take(request: Request, place: Place, rule: UploadRule, offset: int) -> Answer:
    overtaken = asyncio.Event()
    async with lines.receipt_for(place.file_id, place.key, overtaken) as receipt:
        if offset != receipt.offset:
            return problem(409, "upload.offset", Upload_Offset=str(receipt.offset))
        bounds = Bounds(rule, place.size, Reason("file.changed"))
        try:
            await fill(receipt, request.chunks(overtaken), bounds)
        except LineLost:
            await on_disk(receipt.settle)
            await in_database(actions.note_progress, file_id=place.file_id, on_disk=receipt.on_disk)
            return problem(409, "upload.cut", Upload_Offset=str(receipt.on_disk))
        if receipt.offset == place.size:
            got = await settled(receipt, rule)
            await in_database(actions.received, place=place, got=got)
        else:
            await on_disk(receipt.settle)
            await in_database(actions.note_progress, file_id=place.file_id, on_disk=receipt.on_disk)
        return _offset(receipt.offset, place.size)


def _offset(offset: int, size: int) -> Answer:
    return Answer(204, {"Upload-Offset": str(offset), "Upload-Length": str(size), **TUS})


def refused(reason: Reason) -> Answer:
    return problem(_STATUS.get(reason.code, 415), reason.code, reason.facts)
