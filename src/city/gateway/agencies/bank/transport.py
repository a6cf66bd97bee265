"""One HTTP request to the bank, bounded in time and size. Nothing is followed and nothing is repeated here."""

import http.client
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LARGEST_ANSWER = 5_000_000  # bytes; a day's statement is the largest
STEP = 4.0  # seconds for connecting, and for each piece of the answer


class Silent(Exception):
    """No answer that can be read: refused, cut off, too slow, too large. What the bank did is not known."""


@dataclass(frozen=True)
class Request:
    """`url` is the bank's address without a path."""

    url: str
    path: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    patience: float = 8.0


def post(request: Request) -> tuple[int, bytes]:
    """Status and body. Raises Silent."""
    until = time.monotonic() + request.patience
    at = urlsplit(request.url)
    step = min(STEP, request.patience)
    try:
        if at.scheme == "https":
            line: http.client.HTTPConnection = http.client.HTTPSConnection(
                at.hostname or "", at.port, timeout=step, context=ssl.create_default_context()
            )
        else:
            line = http.client.HTTPConnection(at.hostname or "", at.port, timeout=step)
        try:
            line.request("POST", at.path.rstrip("/") + request.path, request.body, request.headers)
            answer = line.getresponse()
            return answer.status, _whole(answer, until)
        finally:
            line.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Silent(f"{type(error).__name__}: {error}") from error


def _whole(answer: http.client.HTTPResponse, until: float) -> bytes:
    """Piece by piece: a bank that drips a byte a second would never run into a socket's timeout."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(65_536):
        size += len(piece)
        pieces.append(piece)
        if size > LARGEST_ANSWER:
            raise Silent("the answer is too large")
        if time.monotonic() > until:
            raise Silent("the answer came too slowly")
    if answer.length:
        raise Silent("the answer was cut off")
    return b"".join(pieces)
