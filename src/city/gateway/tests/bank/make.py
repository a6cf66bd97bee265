"""A bank for these tests: the simulator as a real process on loopback, and a line to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from city.billing.declare import AccountOrder, QrisOrder, TransferOrder
from city.gateway.agencies.bank.client import Line
from city.gateway.agencies.bank.options import Agreement, ensure_demo_agreement
from city.gateway.agencies.bank.snap import SnapBank

SECONDS = 20  # the longest that anything here may take before its test fails
NOWHERE = "http://127.0.0.1:9"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], Any], what: str) -> Any:
    """The first true answer. Fails the test after SECONDS."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(what)


@dataclass
class BankProcess:
    """A running simulator. `kill` is kill -9; `start` starts it again on the same books."""

    folder: Path
    city: str
    port: int
    keys: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def agreement(self) -> Agreement:
        return ensure_demo_agreement(self.keys)

    def start(self) -> None:
        command = [sys.executable, "-m", "django", "bank", f"--port={self.port}", f"--city={self.city}"]
        command += [f"--keys={self.keys}", f"--books={self.folder / 'books.sqlite'}"]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "city.settings", "CITY_DB_HOST": "nowhere.invalid"}
        with (self.folder / "bank.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        until(self.answers, f"the bank did not start: {(self.folder / 'bank.log').read_text()}")

    def answers(self) -> bool:
        try:
            return httpx.get(self.url + "/health", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(SECONDS)

    def teller(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        """What the demo page says to the teller; the answer, whatever its status."""
        return dict(httpx.post(self.url + path, json=told, timeout=SECONDS).json())

    def do(self, code: str, act: str, **more: Any) -> dict[str, Any]:
        return self.teller("/teller/acts", {"code": code, "act": act, **more})

    def order(self, code: str) -> dict[str, Any]:
        return dict(httpx.get(self.url + "/teller/order", params={"code": code}, timeout=SECONDS).json())

    def told(self, code: str) -> list[dict[str, Any]]:
        """What was said to the city about this code, once none of it waits any more."""

        def settled() -> list[dict[str, Any]]:
            news = self.order(code)["news"]
            return [] if any(one["state"] == "waiting" for one in news) else list(news)

        return list(until(settled, "the bank still waits to tell the city"))


@contextmanager
def a_bank_process(folder: Path, city: str = NOWHERE, keys: Path | None = None) -> Iterator[BankProcess]:
    """Its keys and contract are its own, unless it shares the city's."""
    bank = BankProcess(folder, city, free_port(), keys or folder / "keys")
    bank.start()
    try:
        yield bank
    finally:
        bank.kill()


def a_bank(running: BankProcess) -> SnapBank:
    """The city's port to this bank, with a line of its own."""
    line = Line(running.agreement, running.url, rest=0)
    return SnapBank(lambda: line)


def in_days(days: float) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


def a_qris_order(amount: int = 405_000, bill: UUID | None = None, label: str = "SKRD 0001/DPUPR/2026") -> QrisOrder:
    return QrisOrder(bill or uuid4(), label, amount, in_days(1))


def an_account_order(amount: int = 405_000, bill: UUID | None = None) -> AccountOrder:
    return AccountOrder(bill or uuid4(), "SKRD 0001/DPUPR/2026", "Raka Pratama", amount, in_days(7))


def a_transfer(amount: int = 405_000, to_bank: str = "014") -> TransferOrder:
    return TransferOrder(uuid4(), to_bank, "7310252527", "Raka Pratama", amount, "Pengembalian SKRD 0001/DPUPR/2026")
