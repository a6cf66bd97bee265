"""A running demo city for one test process: pages, uploads, worker and the simulated bank on loopback, on a database of
its own.

The demo city is loaded once into a template that every test process clones; keys and files are shared, because a file's
id names it alone.
"""

import fcntl
import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from city.operate import children, programs
from city.operate.children import Child, Program
from city.operate.ground_for_tests import clone, socket_folder
from city.operate.ports import wait_for_answer
from city.operate.postgres import roles
from city.operate.postgres.cluster import Cluster
from city.operate.programs import Listen

DEMO = "city_demo"
TOP = Path(__file__).parents[2]


def _ground() -> Path:
    return Path(os.environ["CITY_TEST_GROUND"])


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _environment(**told: str) -> dict[str, str]:
    home = _ground() / "home"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "city.settings",
        "PYTHONPATH": str(TOP / "src"),
        "CITY_STATIC": str(home / "static"),
        "CITY_LOG": "WARNING",
        **told,
    }


def _django(*command: str, **told: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "django", *command],
        env=_environment(**told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (_ground() / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def demo_template() -> str:
    """The loaded demo city that others are cloned from, made by the first test process that needs one."""
    done = _ground() / "demo.done"
    with _one_at_a_time():
        if not done.exists():
            _django("collectstatic", "--noinput", "--clear", "--verbosity=0", "--skip-checks")
            with clone(f"{DEMO}_new") as fresh:
                _django("demo", "load", "--skip-checks", CITY_DB_NAME=fresh)
                with Cluster(_ground() / "cluster").connect() as admin:
                    admin.execute(f"ALTER DATABASE {fresh} RENAME TO {DEMO}")
            done.touch()
    return DEMO


def _free_port() -> int:
    """A port whose two neighbours are free too; at random, because several cities start at once."""
    while True:
        port = random.randrange(30_000, 40_000, 3)
        with socket.socket() as one, socket.socket() as two, socket.socket() as three, suppress(OSError):
            for place, line in enumerate((one, two, three)):
                line.bind(("127.0.0.1", port + place))
            return port


@dataclass
class LiveCity:
    """Where it answers, and its rows."""

    database: str
    web: Listen
    uploads: Listen
    bank: Listen
    log: Path
    running: list[tuple[Program, Child]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.web.url

    @property
    def environment(self) -> dict[str, str]:
        return _environment(
            CITY_DB_NAME=self.database,
            CITY_PUBLIC_URL=self.web.url,
            CITY_UPLOADS_URL=self.uploads.url,
            CITY_BANK_URL=self.bank.url,
        )

    def start(self) -> None:
        self._start_bank()
        commands = {
            "web": programs.web(self.web, workers=1),
            "uploads": programs.uploads(self.uploads),
            "worker": programs.worker(),
        }
        for name, command in commands.items():
            one = children.program(name, command, self.environment, self.log / f"{name}.log")
            self.running.append((one, one.start()))
        for (one, child), at in zip(self.running[1:3], (self.web.url + "/", self.uploads.url + "/health"), strict=True):
            status = wait_for_answer(at, one.name, child)
            assert status == 200, f"{one.name} answers {status}:\n{children.last_words(one.log, 40)}"

    def _start_bank(self) -> None:
        """First, and one at a time: its keys are made by whoever comes first, and are the same for all."""
        books = ["--books", str(self.log / "bank.sqlite")]
        with _one_at_a_time():
            one = children.program(
                "bank", [*programs.bank(self.bank, self.web), *books], self.environment, self.log / "bank.log"
            )
            self.running.append((one, child := one.start()))
            wait_for_answer(self.bank.url + "/", one.name, child)

    def stop(self) -> None:
        while self.running:
            one, child = self.running.pop()
            one.stop(child)

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """One of its programs is killed, and started again at the end."""
        place = next(place for place, (one, _child) in enumerate(self.running) if one.name == name)
        one, child = self.running[place]
        one.stop(child)
        try:
            yield
        finally:
            child = one.start()
            self.running[place] = (one, child)
            at = {"web": self.web.url + "/", "uploads": self.uploads.url + "/health"}[name]
            wait_for_answer(at, name, child)

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What the database says, asked as the application's role."""
        secret = roles.passwords(_ground() / "home" / "database.json")["app"]
        where = {"host": str(socket_folder()), "dbname": self.database, "user": roles.ROLES["app"], "password": secret}
        with psycopg.connect(**where) as connection:
            return connection.execute(question, values).fetchall()  # type: ignore[call-overload,no-any-return]

    def one(self, question: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the only row."""
        found = self.rows(question, values)
        assert len(found) == 1, f"{len(found)} rows: {question} {values}"
        return found[0][0]

    def run(self, script: str) -> str:
        """Runs words of Python inside the city, as its worker would: to tell the clock another day."""
        line = [sys.executable, "-c", f"import django\ndjango.setup()\n{script}"]
        done = subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def words(self) -> str:
        """The ends of the programs' logs, for whoever must see why a journey failed."""
        return "\n".join(f"{one.name}:\n{children.last_words(one.log, 25)}" for one, _child in self.running)


@contextmanager
def live_city() -> Iterator[LiveCity]:
    with clone(f"city_{_worker()}_journeys", demo_template()) as database:
        port = _free_port()
        web, uploads, bank = (Listen(port=port + place) for place in range(3))
        city = LiveCity(database, web, uploads, bank, _ground() / f"journeys-{_worker()}")
        try:
            city.start()
            yield city
        finally:
            city.stop()
