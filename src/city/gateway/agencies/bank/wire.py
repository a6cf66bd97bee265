"""How SNAP writes money, time and numbers, and how a stranger's JSON is read without trusting it."""

import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from city.gateway.agencies.bank.codes import BAD_FORMAT, BAD_MANDATORY, BAD_REQUEST, Refused

WIB = ZoneInfo("Asia/Jakarta")
LARGEST_BODY = 32_768  # bytes; the largest message of these services is under two thousand
DEEPEST = 6
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d:\d\d|Z)", re.ASCII)
_VALUE = re.compile(r"\d{1,16}(\.00?)?", re.ASCII)

Body = dict[str, Any]


def timestamp(at: datetime) -> str:
    """`2026-11-24T14:10:05+07:00`."""
    return at.astimezone(WIB).isoformat(timespec="seconds")


def time_of(text: str) -> datetime:
    """Raises ValueError for anything but a moment with its offset."""
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def money(amount: int) -> dict[str, str]:
    """Rupiah as SNAP wants them: two decimals, a currency."""
    return {"value": f"{amount}.00", "currency": "IDR"}


def external_id() -> str:
    """Digits that name one message on its day; 30 of chance are not met twice."""
    return "".join(secrets.choice("0123456789") for _ in range(30))


def pack(body: Mapping[str, Any]) -> bytes:
    """JSON as it is signed and sent: no white space."""
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def unpack(raw: bytes) -> Body:
    """A stranger's JSON object. Raises Refused for anything else, for a key said twice, and for what is too deep."""
    try:
        body = json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(BAD_REQUEST) from error
    if not isinstance(body, dict) or _depth(body) > DEEPEST:
        raise Refused(BAD_REQUEST)
    return cast(Body, body)


def _once(pairs: list[tuple[str, Any]]) -> Body:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is said twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def text(body: Mapping[str, Any], field: str, longest: int = 64) -> str:
    """A mandatory text. Raises Refused naming the field."""
    value = body.get(field)
    if value is None or value == "":
        raise Refused(BAD_MANDATORY, field)
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise Refused(BAD_FORMAT, field)
    return value


def text_or(body: Mapping[str, Any], field: str, longest: int = 128) -> str:
    """An optional text; empty where it is not said."""
    return text(body, field, longest) if body.get(field) not in (None, "") else ""


def part(body: Mapping[str, Any], field: str) -> Body:
    """An object within; empty where it is not said."""
    value = body.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refused(BAD_FORMAT, field)
    return cast(Body, value)


def rupiah(body: Mapping[str, Any], field: str) -> int:
    """A mandatory amount in whole rupiah; the bank moves no sen."""
    inner = part(body, field)
    value = text(inner, "value", 19)
    if inner.get("currency") != "IDR" or not _VALUE.fullmatch(value) or int(value.split(".")[0]) == 0:
        raise Refused(BAD_FORMAT, field)
    return int(value.split(".")[0])


def moment(body: Mapping[str, Any], field: str) -> datetime:
    """A mandatory moment."""
    try:
        return time_of(text(body, field, 32))
    except ValueError as error:
        raise Refused(BAD_FORMAT, field) from error
