"""The demo page's way to the simulated bank's teller. Not SNAP: a real bank has no such window."""

import http.client
import json
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings

SECONDS = 5
LARGEST = 1_000_000


class NoTeller(Exception):
    """The simulated bank does not run."""


class TellerRefused(Exception):
    """The teller knows no such code, or nothing to do it with. `code` is SNAP's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def order(code: str) -> dict[str, Any]:
    """What the bank knows of a QRIS text or an account's number. Raises NoTeller, TellerRefused."""
    return _ask("GET", "/teller/order?" + urlencode({"code": code}))


def do(code: str, act: str, amount: int = 0) -> dict[str, Any]:
    """One of the payer's acts; see simulator/teller.py."""
    told: dict[str, Any] = {"code": code, "act": act}
    if amount:
        told["amount"] = {"value": f"{amount}.00", "currency": "IDR"}
    return _ask("POST", "/teller/acts", told)


def outage(seconds: int) -> None:
    """The bank hangs up on the city for so long; 0 ends it."""
    _ask("POST", "/teller/outage", {"seconds": seconds})


def _ask(method: str, path: str, told: dict[str, Any] | None = None) -> dict[str, Any]:
    at = urlsplit(settings.BANK_URL)
    line = http.client.HTTPConnection(at.hostname or "", at.port, timeout=SECONDS)
    try:
        body = json.dumps(told) if told is not None else None
        line.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = line.getresponse()
        said = json.loads(answer.read(LARGEST))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoTeller from error
    finally:
        line.close()
    if answer.status != 200:
        raise TellerRefused(str(said.get("responseCode", "")))
    return cast(dict[str, Any], said)
