"""The bank's HTTP: SNAP for the city, and a teller's window (JSON) for the page where a visitor plays the payer."""

import json
import logging
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from city.gateway.agencies.bank import codes, wire
from city.gateway.agencies.bank.calls import Call
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.simulator.books import now
from city.gateway.agencies.bank.simulator.desk import AnswerLost, Desk, Mood
from city.gateway.agencies.bank.simulator.teller import Teller
from city.gateway.agencies.bank.wire import Body

log = logging.getLogger(__name__)
FRONT = b"SIMULASI: bank contoh kota pintar. Tidak ada uang sungguhan. Halaman pembayar: /demo/bank di alamat kota.\n"


@dataclass
class Bank:
    """Everything one bank process holds. `down_until` (monotonic): until then it hangs up on the city."""

    desk: Desk
    teller: Teller
    down_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Window(BaseHTTPRequestHandler):
    """One connection."""

    bank: ClassVar[Bank]
    protocol_version = "HTTP/1.1"
    timeout = 20  # seconds a silent caller may hold a thread

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not size.isdigit() or int(size) > wire.LARGEST_BODY:
            self.close_connection = True
            return self._give(400, codes.answer(codes.BAD_REQUEST, codes.NO_SERVICE))
        body = self.rfile.read(int(size))
        if self.path.startswith("/teller/"):
            return self._teller(body)
        if time.monotonic() < self.bank.down_until:
            return self._hang_up()
        told = {name.lower(): value for name, value in self.headers.items()}
        try:
            status, said = self.bank.desk.answer(Call("POST", self.path, told, body), now())
        except AnswerLost:
            return self._hang_up()
        except Exception:
            log.exception("the bank could not answer %s", self.path)
            status, said = 500, dict(codes.answer(codes.GENERAL_ERROR, codes.NO_SERVICE))
        return self._give(status, said)

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if at.path == "/teller/order":
            code = parse_qs(at.query).get("code", [""])[0]
            return self._told(lambda: self.bank.teller.shown(self.bank.teller.order(code)))
        return self._send(200 if at.path in ("/", "/health") else 404, "text/plain; charset=utf-8", FRONT)

    def _teller(self, raw: bytes) -> None:
        if self.path == "/teller/outage":
            seconds = json.loads(raw).get("seconds")
            self.bank.down_until = time.monotonic() + max(0, min(int(seconds), 600))
            return self._give(200, {"seconds": seconds})
        if self.path == "/teller/transfers":
            return self._transfers(json.loads(raw))
        return self._told(lambda: self.bank.teller.do(wire.unpack(raw), now()))

    def _transfers(self, told: dict[str, Any]) -> None:
        """With a `reference`: where that transfer stands now. Without: how transfers fare from now on."""
        if reference := told.get("reference"):
            self.bank.desk.books.put_transfer(str(reference), str(told["status"]), now())
        else:
            self.bank.desk.mood = Mood(**told)
        return self._give(200, told)

    def _told(self, act: Any) -> None:
        try:
            return self._give(200, act())
        except Refused as refused:
            return self._give(refused.case.status, codes.answer(refused.case, codes.NO_SERVICE, refused.about))

    def _give(self, status: int, said: Body | dict[str, str]) -> None:
        self._send(status, "application/json", wire.pack(said))

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-TIMESTAMP", wire.timestamp(now()))
        self.end_headers()
        self.wfile.write(content)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        log.info("%s", format % args)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def server(bank: Bank, host: str, port: int) -> Server:
    """Bound and listening; `serve_forever` is the caller's to call."""
    window = type("Window", (Window,), {"bank": bank})
    return Server((host, port), window)
