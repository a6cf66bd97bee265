"""The ASGI application: which way in, which answer, and what holds for all of them."""

import logging
from collections.abc import Mapping
from typing import Any

from django.utils import translation

from city.documents.uploads import form, tus
from city.documents.uploads.threads import Resting
from city.documents.uploads.wire import CORS, PREFLIGHT, Answer, Receive, Request, Send, give, problem
from city.documents.vault import Elsewhere

log = logging.getLogger(__name__)


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        request = Request.of(scope, receive)
        await give(send, await _answer(request), CORS if request.from_our_pages else {})
        await request.drain()


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _answer(request: Request) -> Answer:
    if request.method == "GET" and request.path == "/health":
        return Answer(200, {"Content-Type": "text/plain"}, b"ok")
    if request.method == "OPTIONS":
        return Answer(204, PREFLIGHT if request.from_our_pages else {})
    if request.path == "/form":
        return await form.answer(request)
    if request.path != "/files" and not request.path.startswith("/files/"):
        return Answer(404)
    grant = tus.grant_in(request)
    with translation.override(grant.language if grant else "id"):
        try:
            return await tus.answer(request, grant)
        except Resting:
            return problem(503, "upload.resting", Retry_After="3")
        except Elsewhere:
            return problem(423, "upload.elsewhere", Retry_After="2")
        except Exception:
            log.exception("an upload failed")
            return problem(500, "upload.resting")
