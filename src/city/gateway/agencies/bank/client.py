"""The city as a customer of its bank: SNAP BI over HTTP, signed, bounded, and safe to repeat."""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from city.billing.declare import BankRefused, BankUnreachable
from city.gateway.agencies.bank import signing, transport, wire
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.options import Agreement
from city.gateway.agencies.bank.wire import Body

log = logging.getLogger(__name__)
FOR_TOKENS = "access-token/b2b"
PAUSES = (0.2, 0.6, 1.2)  # seconds before the second, third and fourth try
MARGIN = 60  # seconds before its end at which a token is not used any more
SILENCES, REST = 3, 10.0  # after so many requests without answer nobody waits for the bank for so many seconds


def unreachable(code: str = "") -> BankUnreachable:
    return BankUnreachable(_("Bank sedang tidak menjawab. Tidak ada yang hilang; coba lagi beberapa menit lagi."), code)


def refused(code: str) -> BankRefused:
    return BankRefused(_("Bank menolak permintaan ini. Coba lagi nanti; bila tetap ditolak, hubungi bendahara."), code)


@dataclass(frozen=True)
class Reply:
    """A SNAP answer that could be read. `case` is the response code without its service: 20000, 40901."""

    status: int
    body: Body

    @property
    def code(self) -> str:
        return str(self.body.get("responseCode", ""))

    @property
    def case(self) -> str:
        return self.code[:3] + self.code[5:]

    @property
    def good(self) -> bool:
        return self.status in (200, 202) and self.code[:1] == "2"


@dataclass
class Line:
    """A signed line to one bank. Shared by threads: the token is fetched by one of them and kept until it is stale."""

    agreement: Agreement
    url: str
    rest: float = REST
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _token: str = ""
    _token_ends: float = 0.0
    _silences: int = 0
    _rests_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, name: str, body: Body) -> Reply:
        """One try. A token the bank no longer knows is replaced once. Raises BankUnreachable."""
        reply = self._ask_once(name, body)
        if reply.case == "40101":
            self._forget_token()
            reply = self._ask_once(name, body)
        return reply

    def ask_again(self, name: str, body: Body) -> Reply:
        """For questions that change nothing: tried as often as the contract says. Raises BankUnreachable."""
        for pause in (*PAUSES[: self.agreement.contract.tries - 1], None):
            try:
                reply = self.ask(name, body)
                if reply.status < 500 or pause is None:
                    return reply
            except BankUnreachable:
                if pause is None:
                    raise
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _ask_once(self, name: str, body: Body) -> Reply:
        contract, raw = self.agreement.contract, wire.pack(body)
        token, stamp, path = self._current_token(), wire.timestamp(self.now()), contract.url_path + name
        signed = signing.Transaction("POST", path, token, raw, stamp)
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": stamp,
            "X-SIGNATURE": signing.sign(signed, self.agreement.secret),
            "X-PARTNER-ID": contract.partner_id,
            "X-EXTERNAL-ID": wire.external_id(),
            "CHANNEL-ID": contract.channel_id,
        }
        return self._send(path, raw, headers)

    def _send(self, path: str, raw: bytes, headers: dict[str, str]) -> Reply:
        sent = transport.Request(self.url, path, raw, headers, self.agreement.contract.patience)
        if time.monotonic() < self._rests_until:
            raise unreachable()
        try:
            status, answer = transport.post(sent)
            reply = Reply(status, wire.unpack(answer))
        except (transport.Silent, Refused) as error:
            log.warning("bank: %s gave no answer: %s", path, error)
            self._silences += 1
            if self._silences >= SILENCES:  # a bank that hangs must not hold the pages' few threads
                self._silences, self._rests_until = 0, time.monotonic() + self.rest
            raise unreachable() from error
        self._silences = 0
        return reply

    def _forget_token(self) -> None:
        with self._lock:
            self._token = ""

    def _current_token(self) -> str:
        with self._lock:
            if not self._token or time.monotonic() > self._token_ends:
                self._token, seconds = self._fetch_token()
                self._token_ends = time.monotonic() + max(0, seconds - MARGIN)
            return self._token

    def _fetch_token(self) -> tuple[str, int]:
        contract, stamp = self.agreement.contract, wire.timestamp(self.now())
        headers = {
            "Content-Type": "application/json",
            "X-TIMESTAMP": stamp,
            "X-CLIENT-KEY": contract.client_id,
            "X-SIGNATURE": signing.sign_token_request(contract.client_id, stamp, self.agreement.city_key),
        }
        reply = self._send(contract.url_path + FOR_TOKENS, wire.pack({"grantType": "client_credentials"}), headers)
        token, seconds = reply.body.get("accessToken"), str(reply.body.get("expiresIn", ""))
        if not reply.good or not isinstance(token, str) or not seconds.isdigit():
            log.error("bank: no token: %s", reply.code)
            raise unreachable(reply.code)  # a refused token says nothing of what was asked before
        return token, int(seconds)


def name_of(*parts: Any) -> str:
    """A reference that the same order gets again: 25 letters and digits."""
    digest = hashlib.sha256(json.dumps([str(one) for one in parts]).encode()).hexdigest()
    return digest[:25].upper()
