"""Files of the demo city take the way of every file: announced, sent to the uploads program, looked into."""

import asyncio
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from city.documents.actions import FileOffer, inspect, open_upload
from city.documents.models import StoredFile
from city.documents.queries import files
from city.kernel.actor import Actor

# Another program of this city, called here as its server calls it; loading must not need a running city.
UPLOADS = "city.documents.uploads.application"


def all_sent(offers: Iterable[tuple[FileOffer, bytes]], *, by: Actor) -> list[UUID]:
    """Send files and have them looked into, a few at once. Raises RuntimeError when the city turns one away."""
    now = timezone.now()
    ids = [_sent(offer, content, by, now) for offer, content in offers]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(partial(_looked_into, at=now), ids))
    for file in files(ids).values():
        if file.state != StoredFile.State.READY:
            raise RuntimeError(f"{file.name} was turned away: {file.reason}")
    return ids


def _sent(offer: FileOffer, content: bytes, by: Actor, now: datetime) -> UUID:
    upload = open_upload(replace(offer, size=len(content)), by=by, at=now)
    status = asyncio.run(_patch(urlsplit(upload.url).path, upload.ticket, content))
    if status != 204:
        raise RuntimeError(f"{offer.name} could not be sent: {status}")
    return upload.file_id


def _looked_into(file_id: UUID, *, at: datetime) -> None:
    try:
        inspect(file_id=file_id, at=at)
    finally:
        connection.close()


async def _patch(path: str, ticket: str, content: bytes) -> int:
    """One PATCH of the whole file, told to the program in the words of ASGI."""
    told: list[dict[str, Any]] = []
    headers = {
        "authorization": f"Ticket {ticket}",
        "content-type": "application/offset+octet-stream",
        "content-length": str(len(content)),
        "upload-offset": "0",
    }
    scope = {
        "type": "http",
        "method": "PATCH",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await import_string(UPLOADS)(scope, receive, send)
    return int(next(message["status"] for message in told if message["type"] == "http.response.start"))
