"""How a page's script sends: one ticket, PATCHes, HEAD after a cut."""

import socket
from dataclasses import dataclass
from typing import Any

import httpx
from django.utils import timezone

from city.documents.actions import FileOffer, Upload, open_upload
from city.documents.models import StoredFile
from city.documents.tests.make import an_offer
from city.kernel.actor import system

SENDER = system("test")


@dataclass
class Sender:
    """One file on its way."""

    offer: FileOffer
    upload: Upload

    @classmethod
    def of(cls, content: bytes, **changes: Any) -> "Sender":
        offer = an_offer(size=len(content), **changes)
        return cls(offer, open_upload(offer, by=SENDER, at=timezone.now()))

    @property
    def row(self) -> StoredFile:
        return StoredFile.objects.get(pk=self.offer.file_id)

    def headers(self, offset: int) -> dict[str, str]:
        return {
            "Authorization": f"Ticket {self.upload.ticket}",
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }

    def patch(self, content: bytes, offset: int = 0, **headers: str) -> httpx.Response:
        return httpx.patch(self.upload.url, content=content, headers={**self.headers(offset), **headers}, timeout=30)

    def head(self) -> httpx.Response:
        return httpx.head(self.upload.url, headers=self.headers(0), timeout=30)

    def begin_on(self, line: socket.socket, length: int, offset: int = 0) -> None:
        """Only the head of a PATCH: the body comes as the test likes."""
        named = {**self.headers(offset), "Host": "uploads", "Content-Length": str(length)}
        path = "/files/" + str(self.offer.file_id)
        lines = [f"PATCH {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
