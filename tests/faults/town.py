"""A whole durable city of one test's own, whose programs can be killed at any moment and come back by themselves."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import httpx
import psycopg

from city.operate.children import die_with_parent, last_words
from city.operate.home import Home
from city.operate.postgres.cluster import Cluster
from city.operate.tests.test_children import until
from city.operate.tests.test_run import environment

HERE = Path(__file__).parent
TOP = HERE.parents[1]
SUPERVISED = [sys.executable, str(HERE / "supervised.py")]
CITY = [sys.executable, "-m", "city.operate.cli"]
PROGRAMS = {"web": "city.operate.web:", "uploads": "documents.uploads:", "worker": "-m django work", "postgres": " -D "}
Row = tuple[object, ...]


def home_at(path: Path) -> Home:
    return Home(path, "city", Cluster(path), path / "keys", path / "files")


def operator(path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`city …` for the city in this folder, as typed at a terminal."""
    return subprocess.run(
        [*CITY, *arguments], env=environment(path), capture_output=True, text=True, check=False, cwd=TOP
    )


def in_city(path: Path, script: Path | str, *arguments: str) -> str:
    """Runs a script of ours (a file, or the words of one) inside the city's environment; gives what it printed."""
    told = home_at(path).environment("faults", CITY_DB_PASSWORDS=str(path / "database.json"), CITY_LOG="WARNING")
    line = [str(script)] if isinstance(script, Path) else ["-c", f"import django; django.setup()\n{script}"]
    done = subprocess.run(
        [sys.executable, *line, *arguments], env=told, capture_output=True, text=True, check=False, cwd=TOP
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def copied(source: Path, target: Path) -> Path:
    """The city of a folder, stopped, once more in another folder; owners and modes stay."""
    target.parent.chmod(0o755)  # PostgreSQL's user passes through
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
    return target


def _children_of(pid: int) -> dict[int, str]:
    """Each child's pid and command line; what has ended and waits to be collected is left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if int(parent) == pid and state != "Z":
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
                    found[int(entry.name)] = line.decode(errors="replace")
    return found


def _free_port() -> int:
    """A port whose neighbour is free too; at random, because several cities start at once."""
    while True:
        port = random.randrange(20_000, 30_000, 2)
        with socket.socket() as one, socket.socket() as two, suppress(OSError):
            one.bind(("127.0.0.1", port))
            two.bind(("127.0.0.1", port + 1))
            return port


class Town:
    """A running city. `kill` takes a program away; `whole` waits until it has come back by itself."""

    def __init__(self, path: Path) -> None:
        self.path, self.home, self.port = path, home_at(path), _free_port()
        self.url, self.uploads_url = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.port + 1}"
        self.workers = 1
        self.killed: dict[str, int] = dict.fromkeys(PROGRAMS, 0)
        self.start()

    def start(self) -> None:
        self.said = self.path / "said"
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [*SUPERVISED, "run", "--port", str(self.port)],
                env=environment(self.path),
                stdout=out,
                stderr=out,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        until(lambda: self._answered() or self.process.poll() is not None, "the city never answered")
        assert self.process.poll() is None, self.said.read_text()
        self.whole()

    def _answered(self) -> bool:
        return "answers at" in self.said.read_text()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)

    def pid(self, program: str) -> int | None:
        mark = PROGRAMS[program]
        return next((pid for pid, line in _children_of(self.process.pid).items() if mark in line), None)

    def kill(self, program: str, dice: random.Random, part: str = "") -> None:
        """kill -9: the whole program, its first process alone, or one process below it, as the dice fall."""
        pid = self.pid(program)
        if pid is None:
            return
        below = list(_children_of(pid))
        part = part or dice.choice(["all", "first", "below"] if below else ["all", "first"])
        with suppress(ProcessLookupError):
            if part == "all":
                os.killpg(pid, signal.SIGKILL)
            else:
                os.kill(pid if part == "first" else dice.choice(below), signal.SIGKILL)
        self.killed[program] += 1

    def whole(self) -> None:
        """Until every program runs and answers."""
        until(lambda: self._is_whole() or self.process.poll() is not None, "the city did not come back")
        assert self.process.poll() is None, self.said.read_text()

    def _is_whole(self) -> bool:
        if not all(self.pid(program) for program in PROGRAMS):
            return False
        try:
            self.rows("SELECT 1")
            return all(
                httpx.get(url, timeout=60).status_code == 200 for url in (self.url, self.uploads_url + "/health")
            )
        except (psycopg.OperationalError, httpx.TransportError):
            return False

    def rows(self, question: str, *values: object, role: str = "owner") -> list[Row]:
        """Asked of the database itself, past the city."""
        with psycopg.connect(self.home.address(role), connect_timeout=10, options="-c timezone=UTC") as session:
            answer = session.execute(question, values)
            return answer.fetchall() if answer.description else []

    def count(self, question: str, *values: object) -> int:
        return int(str(self.rows(question, *values)[0][0]))

    def operator(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return operator(self.path, *arguments)

    def verify(self) -> None:
        """`city verify` has nothing to complain of."""
        done = self.operator("verify")
        assert done.returncode == 0, done.stdout + done.stderr

    def quiet(self) -> None:
        """Until nothing is left to do: no job, no delivery. A job of a killed worker waits for the queue's chore."""
        end, hurry = monotonic() + 300, monotonic() + 3
        while (left := self._left()) != (0, 0):
            assert monotonic() < end, f"jobs and deliveries that are never done: {left}\n{self._stuck()}"
            if monotonic() > hurry:
                self.hurry()
                hurry = monotonic() + 3
            sleep(0.1)

    def _left(self) -> tuple[int, int]:
        try:
            jobs = self.count("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
            return jobs, self.count("SELECT count(*) FROM kernel_delivery WHERE state <> 'done'")
        except psycopg.OperationalError:
            return -1, -1

    def _stuck(self) -> str:
        jobs = self.rows("SELECT id, task_name, status, attempts FROM procrastinate_jobs WHERE status <> 'succeeded'")
        return f"{jobs}\n{last_words(self.path / 'log' / 'worker.log', 60)}"

    def hurry(self) -> None:
        """The half minute of silence that a killed worker is given is left out, not the chore that notices it."""
        if self.workers > 1:
            return  # who is dead cannot be told by who is older
        with suppress(psycopg.OperationalError):
            self.rows(
                "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'"
                " WHERE id < (SELECT max(id) FROM procrastinate_workers)"
            )


def a_town(template: Path, folder: Path) -> Iterator[Town]:
    """For a fixture: a copy of the template's city, running; gone afterwards."""
    town = Town(copied(template, folder / "var"))
    try:
        yield town
    finally:
        town.stop()
        shutil.rmtree(folder, ignore_errors=True)


Deed = Callable[[], object]
