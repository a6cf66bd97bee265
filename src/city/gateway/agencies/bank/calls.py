"""A signed SNAP call, as either side receives it: who, when, unchanged. Parsing comes after all that."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from city.gateway.agencies.bank import codes, signing, wire
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.wire import Body

_EXTERNAL_ID = re.compile(r"[0-9A-Za-z-]{1,36}", re.ASCII)
_JSON = re.compile(r"application/json(; ?charset=utf-8)?", re.ASCII | re.IGNORECASE)
TOKEN_HEADERS = ("x-timestamp", "x-client-key", "x-signature")
HEADERS = ("authorization", "x-timestamp", "x-signature", "x-partner-id", "x-external-id", "channel-id")


@dataclass(frozen=True)
class Call:
    """One request. Header names are in small letters; `path` is what the caller signed, with its query string."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Caller:
    """Who alone may call: `knows_token` says whether this side gave the token out and it still holds."""

    partner_id: str
    channel_id: str
    secret: str
    window: int
    knows_token: Callable[[str], bool]


@dataclass(frozen=True)
class Checked:
    """A call that is genuine and fresh. Whether it was met before is for the one who keeps the book of calls."""

    external_id: str
    signature: str
    body: Body


def outside(call: Call) -> None:
    """What can be said of a call before its body is read. Raises Refused."""
    if call.method != "POST":
        raise Refused(codes.NOT_SUPPORTED)
    if not _JSON.fullmatch(call.headers.get("content-type", "")):
        raise Refused(codes.BAD_FORMAT, "Content-Type")


def shape(call: Call, wanted: tuple[str, ...]) -> None:
    """What can be said before anything is computed. Raises Refused."""
    outside(call)
    if not 2 <= len(call.body) <= wire.LARGEST_BODY:
        raise Refused(codes.BAD_REQUEST)
    for name in wanted:
        if not call.headers.get(name):
            raise Refused(codes.BAD_MANDATORY, name.upper())


def fresh(stamp: str, window: int, at: datetime) -> None:
    """Raises Refused for a moment that cannot be read, or too far from ours."""
    try:
        said = wire.time_of(stamp)
    except ValueError as error:
        raise Refused(codes.BAD_FORMAT, "X-TIMESTAMP") from error
    if abs(said - at) > timedelta(seconds=window):
        raise Refused(codes.UNAUTHORIZED, "X-TIMESTAMP")


def checked(call: Call, caller: Caller, at: datetime) -> Checked:
    """The call with its parsed body. Raises Refused with SNAP's code for what is wrong first."""
    shape(call, HEADERS)
    told = call.headers
    if (told["x-partner-id"], told["channel-id"]) != (caller.partner_id, caller.channel_id):
        raise Refused(codes.UNAUTHORIZED, "Unknown Client")
    kind, _, token = told["authorization"].partition(" ")
    if kind != "Bearer" or not caller.knows_token(token):
        raise Refused(codes.BAD_TOKEN)
    fresh(told["x-timestamp"], caller.window, at)
    if not _EXTERNAL_ID.fullmatch(told["x-external-id"]):
        raise Refused(codes.BAD_FORMAT, "X-EXTERNAL-ID")
    signed = signing.Transaction(call.method, call.path, token, call.body, told["x-timestamp"])
    if not signing.is_signed(signed, caller.secret, told["x-signature"]):
        raise Refused(codes.UNAUTHORIZED, "Signature")
    body = wire.unpack(call.body)
    repeated = wire.part(body, "additionalInfo").get("externalId", told["x-external-id"])
    if repeated != told["x-external-id"]:  # SNAP's signature does not cover this header; the signed body does
        raise Refused(codes.UNAUTHORIZED, "X-EXTERNAL-ID")
    return Checked(told["x-external-id"], told["x-signature"], body)
