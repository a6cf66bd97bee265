"""Uploads without script: a page's plain form posts here, and the browser is sent back to that page.

POST /form, multipart/form-data: `ticket`, then `file` → 303 to the page with `?berkas=<id>`, and `&galat=<code>` when
the file could not be taken.
"""

import asyncio
import html
import logging
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from city.documents import actions
from city.documents.actions import Announced, Grant, Place, grant_of
from city.documents.queries import sentence
from city.documents.rules import Reason, errors_in_offer
from city.documents.uploads import lines
from city.documents.uploads.filling import Bounds, TurnedAway, fill, settled
from city.documents.uploads.multipart import BadForm, FilePart, Form
from city.documents.uploads.threads import Resting, in_database
from city.documents.uploads.wire import Answer, LineLost, Request
from city.documents.vault import Elsewhere

log = logging.getLogger(__name__)
_FORM_AROUND = 2_048  # bytes of a request that are not the file: boundaries, ticket, headers


async def answer(request: Request) -> Answer:
    if request.method != "POST":
        return Answer(405, {"Allow": "POST"})
    overtaken = asyncio.Event()
    try:
        form = Form(request.headers.get("content-type", ""), request.chunks(overtaken))
        grant = grant_of((await form.fields()).get("ticket", ""), at=timezone.now())
    except (BadForm, LineLost):
        return _page(400, "upload.cut")
    if grant is None or not grant.back:
        return _page(403, "ticket.wrong")
    code, file_id = await _sent(_Sending(request, form, overtaken), grant)
    return _back(grant.back, file_id, code)


@dataclass(frozen=True)
class _Sending:
    request: Request
    form: Form
    overtaken: asyncio.Event


async def _sent(sending: _Sending, grant: Grant) -> tuple[str, UUID | None]:
    """What became of the file: a code when it could not be taken, and its id when it has a row."""
    if grant.stale:
        return "ticket.stale", None
    part = sending.form.file
    if part is None or not part.name:
        return "upload.none", None
    try:
        return await _received(sending, part, grant)
    except Resting:
        return "upload.resting", None
    except Elsewhere:
        return "upload.elsewhere", None
    except (BadForm, LineLost):
        return "upload.cut", None
    except Exception:
        log.exception("a form could not be received")
        return "upload.resting", None


async def _received(sending: _Sending, part: FilePart, grant: Grant) -> tuple[str, UUID | None]:
    rule = grant.rule
    size = max(1, (sending.request.number("content-length") or 0) - _FORM_AROUND)
    await lines.end_other_line(grant.file_id)
    announced = Announced(part.name, part.declared_type)
    place = await in_database(actions.open_place, grant, announced, at=timezone.now())
    try:
        reason = errors_in_offer(part.name, size, part.declared_type, rule)
        if reason is not None:
            raise TurnedAway(reason)
        over = Reason("file.too_large", {"size": max(size, rule.max_bytes), "limit": rule.max_bytes})
        return "", await _taken(sending, place, Bounds(rule, rule.max_bytes, over), grant)
    except TurnedAway as no:
        await in_database(actions.turn_away, file_id=place.file_id, reason=no.reason, at=timezone.now())
        return no.reason.code, place.file_id


async def _taken(sending: _Sending, place: Place, bounds: Bounds, grant: Grant) -> UUID:
    async with lines.line_for(place, sending.overtaken) as line:
        line.receipt.start_over()
        await fill(line.receipt, sending.form.content(), bounds)
        got = await settled(line.receipt, bounds.limits)
    file_id = await in_database(actions.same_as_before, grant=grant, place=place, got=got)
    if file_id == place.file_id:
        await in_database(actions.received, place=place, got=got)
    return file_id


def _back(back: str, file_id: UUID | None, code: str) -> Answer:
    """To the page the form stands on, its own query kept."""
    place = urlsplit(back)
    told = [("berkas", str(file_id))] if file_id else []
    told += [("galat", code)] if code else []
    kept = [(k, v) for k, v in parse_qsl(place.query, keep_blank_values=True) if k not in ("berkas", "galat")]
    path = urlunsplit(("", "", place.path, urlencode(kept + told), place.fragment))
    return Answer(303, {"Location": settings.PUBLIC_URL + path})


def _page(status: int, code: str) -> Answer:
    """Only for a form that is not one of ours: there is no page to go back to."""
    said, home = html.escape(sentence(code)), html.escape(settings.PUBLIC_URL)
    text = (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Kota Pintar</title><h1>Kota Pintar</h1><p>{said}</p>"
        f'<p><a href="{home}/">Kembali ke halaman depan</a></p></html>'
    )
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'"}
    return Answer(status, headers, text.encode())
