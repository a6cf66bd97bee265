"""A demo city of its own for measuring: started as an operator would, its processor time read from the kernel."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PARTS = ("web", "uploads", "postgres", "worker")


def free_port() -> int:
    """A port whose neighbour is free too: pages and uploads stand side by side."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            found.setdefault(int(stat[1]), []).append(int(entry.name))
    return found


def _part_of(pid: int) -> str:
    line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    marks = {"city.operate.web": "web", "documents.uploads": "uploads", "django work": "worker", "postgres": "postgres"}
    return next((part for mark, part in marks.items() if mark in line), "")


def _used(pid: int, below: dict[int, list[int]]) -> float:
    """Seconds of a process, of its children that ended, and of all that still run below it."""
    stat = _stat(pid)
    own = sum(int(ticks) for ticks in stat[11:15]) / TICK if stat else 0.0
    return own + sum(_used(child, below) for child in below.get(pid, []))


def used_by_all(pid: int) -> float:
    """Seconds of a process and all below it."""
    return _used(pid, _children())


@dataclass(frozen=True)
class Town:
    """A running city. `cpu()` is seconds by part since it started; differences are what a request cost."""

    home: Path
    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def part(self, name: str) -> int:
        return next(pid for pid in _children().get(self.pid, []) if _part_of(pid) == name)

    def cpu(self) -> dict[str, float]:
        below = _children()
        return {_part_of(pid): _used(pid, below) for pid in below.get(self.pid, []) if _part_of(pid)}

    @contextmanager
    def worker_asleep(self) -> Iterator[None]:
        """Jobs wait, so that what a request costs is not mixed with what it left to do."""
        pids = _below(self.part("worker"))
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


def _below(pid: int) -> list[int]:
    below = _children()
    return [pid, *(deeper for child in below.get(pid, []) for deeper in _below(child))]


@contextmanager
def a_town() -> Iterator[Town]:
    """A durable demo city in a folder of its own, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="kp-bench-"))
    home.chmod(0o755)
    port = free_port()
    command = [sys.executable, "-m", "city.operate.cli", "run", "--demo", "--port", str(port)]
    os.environ.update(CITY_HOME=str(home), CITY_DEMO="1")
    log = (home / "run.log").open("wb")
    running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        _wait_until_up(home / "run.log", running)
        yield Town(home, port, running.pid)
    finally:
        running.terminate()
        running.wait(60)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_up(log: Path, running: "subprocess.Popen[bytes]", seconds: int = 600) -> None:
    for _ in range(seconds * 10):
        if running.poll() is not None:
            break
        if "answers at" in log.read_text(errors="replace"):
            time.sleep(2)  # the accounts are printed after the address; let the start come to rest
            return
        time.sleep(0.1)
    raise SystemExit(f"The city did not start:\n{log.read_text(errors='replace')}")
