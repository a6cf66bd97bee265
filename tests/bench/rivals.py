"""The yardstick runs under the same server, against the same database, beside the city."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from town import free_port, used_by_all


def as_owner(*sentences: str) -> None:
    with psycopg.connect(os.environ["BENCH_OWNER"], autocommit=True) as line:
        for sentence in sentences:
            line.execute(sentence)  # type: ignore[arg-type]  # fixed words, above in this folder


@dataclass(frozen=True)
class Rival:
    """A running yardstick. Its database time is in `postgres`, which the caller measures with the city's."""

    port: int
    pid: int

    def ask(self, line: HTTPConnection, path: str) -> None:
        line.request("GET", path)
        answer = line.getresponse()
        if answer.status != 200 or not answer.read():
            raise SystemExit(f"The yardstick answered {answer.status} to {path}.")

    def cpu(self) -> float:
        return used_by_all(self.pid)


@contextmanager
def by_hand(session: str) -> Iterator[Rival]:
    """Under the city's own shape of server; it learns the page of whoever's session this is."""
    port = free_port()
    shape = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    command = [sys.executable, "-m", "granian", *shape, "--host", "127.0.0.1", "--port", str(port)]
    path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    running = subprocess.Popen(
        [*command, "rival:application"], env={**os.environ, "PYTHONPATH": path, "BENCH_SESSION": session}
    )
    rival = Rival(port, running.pid)
    try:
        _wait(rival)
        yield rival
    finally:
        running.terminate()
        running.wait(30)


def _wait(rival: Rival, tries: int = 200) -> None:
    for _ in range(tries):
        try:
            rival.ask(HTTPConnection("127.0.0.1", rival.port, timeout=5), "/50")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The yardstick did not start.")
