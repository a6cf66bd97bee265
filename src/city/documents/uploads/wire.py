"""HTTP as ASGI gives it: what a request says, how an answer looks, how a body is read without waiting for ever."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from city.documents.queries import sentence

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

SILENCE = 60.0  # seconds without a byte after which a line counts as lost
DRAIN_BYTES, DRAIN_SECONDS = 64_000_000, 60.0  # what is read and thrown away so that the sender sees our answer
_PREFIX = urlsplit(settings.UPLOADS_URL).path.rstrip("/")  # behind one host the proxy gives us a folder

CORS = {
    "Access-Control-Allow-Origin": settings.PUBLIC_URL,
    "Access-Control-Expose-Headers": "Upload-Offset, Upload-Length, Location, Tus-Resumable, Retry-After",
    "Vary": "Origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST, HEAD, PATCH",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Upload-Offset, Upload-Length, Upload-Metadata, "
    "Tus-Resumable",
    "Access-Control-Max-Age": "7200",
}


class LineLost(Exception):
    """The sender is gone, silent for a minute, or came back on another line."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Request:
    method: str
    path: str
    headers: Mapping[str, str]  # names in lower case
    receive: Receive
    has_more: bool  # whether some of the body is still to be read

    @classmethod
    def of(cls, scope: Mapping[str, Any], receive: Receive) -> "Request":
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        return cls(scope["method"], scope["path"].removeprefix(_PREFIX), headers, receive, has_body)

    @property
    def from_our_pages(self) -> bool:
        return self.headers.get("origin") == settings.PUBLIC_URL

    def number(self, header: str) -> int | None:
        text = self.headers.get(header, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None

    async def chunks(self, overtaken: asyncio.Event) -> AsyncIterator[bytes]:
        """The body as it comes. Raises LineLost; nothing is cancelled while a write is under way."""
        over = asyncio.ensure_future(overtaken.wait())
        try:
            while self.has_more:
                coming = asyncio.ensure_future(self.receive())
                await asyncio.wait({coming, over}, timeout=SILENCE, return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    coming.cancel()
                    raise LineLost
                message = coming.result()
                if message["type"] == "http.disconnect":
                    self.has_more = False
                    raise LineLost
                self.has_more = message.get("more_body", False)
                if message.get("body"):
                    yield message["body"]
        finally:
            over.cancel()

    async def drain(self) -> None:
        """Read what still comes and throw it away: a sender who cannot finish does not see our answer."""
        taken = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while self.has_more and taken < DRAIN_BYTES:
                    message = await self.receive()
                    taken += len(message.get("body", b""))
                    self.has_more = message["type"] == "http.request" and message.get("more_body", False)


def problem(status: int, code: str, facts: Mapping[str, Any] | None = None, **headers: str) -> Answer:
    """RFC 9457: `type` is the code, `title` the sentence for the person in her language."""
    body = {"type": code, "title": sentence(code, facts), "status": status}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"Content-Type": "application/problem+json", **named}, json.dumps(body).encode())


async def give(send: Send, answer: Answer, extra: Mapping[str, str]) -> None:
    headers = {"Content-Length": str(len(answer.body)), "Cache-Control": "no-store", **extra, **answer.headers}
    if answer.status == 204:
        del headers["Content-Length"]
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})
