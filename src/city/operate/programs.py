"""The programs of a running city: pages, uploads, and the worker; production starts the same commands. The demo city
has a bank beside them, which says that it is a simulation."""

import sys
from dataclasses import dataclass

from city.operate.ports import LOOPBACK

GRANIAN = [sys.executable, "-m", "granian", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]


@dataclass(frozen=True)
class Listen:
    """Where a server listens; the proxy in front of a production city needs no more."""

    host: str = LOOPBACK
    port: int = 8000

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def arguments(self) -> list[str]:
        return ["--host", self.host, "--port", str(self.port)]


def web(at: Listen, workers: int = 2) -> list[str]:
    """Pages: WSGI, because an asynchronous stack costs 2.7 ms more a request and pages gain nothing by it."""
    shape = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "2"]
    return [*GRANIAN, *shape, *at.arguments(), "city.operate.web:application"]


def uploads(at: Listen) -> list[str]:
    """Files: a small asynchronous process of its own, so that slow phones never hold the pages' threads."""
    return [*GRANIAN, "--interface", "asgi", "--workers", "1", *at.arguments(), "city.documents.uploads:application"]


def worker() -> list[str]:
    """Jobs, timers, deliveries and chores."""
    return [sys.executable, "-m", "django", "work"]


def bank(at: Listen, city: Listen) -> list[str]:
    """The simulated bank: its own process, its own books, nothing of the city's but the address of its pages."""
    return [sys.executable, "-m", "django", "bank", "--port", str(at.port), "--city", city.url]
