"""The whole city on one machine, as a person starts and stops it. Slow: each test starts real servers."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from city.operate.tests.test_children import is_alive, until

pytestmark = pytest.mark.slow
CITY = [sys.executable, "-m", "city.operate.cli"]
PASSPHRASE = "ombak kecil di pantai Anyer"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A home with a space in its name that PostgreSQL's user may enter."""
    top = Path(tempfile.mkdtemp(prefix="kota pintar "))
    top.chmod(0o755)
    yield top
    shutil.rmtree(top)


def environment(home: Path) -> dict[str, str]:
    """What an operator's shell holds: nothing of the tests' own ground."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITY_", "PYTEST_"))}
    return {**kept, "CITY_HOME": str(home)}


def free_port() -> int:
    """A port whose two successors are free too: the uploads take one, a demo city's bank the other."""
    for port in range(18_400, 18_990, 3):
        with ExitStack() as held:
            try:
                for taken in (port, port + 1, port + 2):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", taken))
            except OSError:
                continue
            return port
    raise AssertionError("no three free ports side by side")


class Running:
    """A `city run` that has answered."""

    def __init__(self, home: Path, port: int, *more: str) -> None:
        self.home, self.port, self.out = home, port, home / "said"
        home.mkdir(exist_ok=True)
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                [*CITY, "run", "--port", str(port), *more], env=environment(home), stdout=out, stderr=out
            )
        until(lambda: "answers at" in self.said() or self.process.poll() is not None, "it never answered")
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.out.read_text()

    def status(self) -> int:
        with urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
            return int(answer.status)

    def children(self, words: str) -> list[int]:
        command = ["ps", "-eww", "-o", "pid,ppid,args"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True)
        rows = [line.split(None, 2) for line in listed.stdout.splitlines()[1:]]
        return [int(pid) for pid, parent, args in rows if int(parent) == self.process.pid and words in args]

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(number)
        self.process.wait(60)


def city(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*CITY, *arguments], env=environment(home), capture_output=True, text=True, check=False)


def test_the_demo_city_says_who_may_enter(folder: Path) -> None:
    running = Running(folder / "var", free_port(), "--demo")
    until(lambda: "raka@" in running.said(), "the accounts were never printed")
    assert len(running.children("django bank")) == 1
    contract = folder / "var" / "keys" / "bank" / "contract.json"
    until(contract.exists, "the simulated bank left no contract")
    said = [running.said().index(words) for words in ("Starting PostgreSQL", "answers at", "raka@")]
    assert said == sorted(said), "a file does not keep the order in which things were said"
    running.stop()
    again = Running(folder / "var", running.port)
    until(lambda: "raka@" in again.said(), "a demo city stays one without being told again")
    again.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_all_it_started(folder: Path, number: signal.Signals) -> None:
    running = Running(folder / "var", free_port())
    assert running.status() == 200
    until(lambda: len(running.children("")) == 4, "four programs make a city")
    assert "raka@" not in running.said()
    assert re.search(r"Started in [\d.]+ s; the first start of this city took [\d.]+ s", running.said())
    pids = running.children("")
    running.stop(number)
    assert running.process.returncode == 0, running.said()
    assert not any(map(is_alive, pids))
    with pytest.raises(OSError, match="refused"):
        running.status()


def test_a_second_one_is_refused_and_so_is_a_taken_port(folder: Path) -> None:
    running = Running(folder / "var", free_port())
    try:
        again = city(folder / "var", "run", "--port", str(free_port()))
        assert again.returncode == 1
        assert "This city already runs" in again.stderr
        other = city(folder / "lain", "run", "--port", str(running.port))
        assert other.returncode == 1
        assert f"Port {running.port}, where the city should answer, is taken" in other.stderr
        assert running.status() == 200
    finally:
        running.stop()


@pytest.mark.parametrize("which", ["interface wsgi", "interface asgi", "django work", "bin/postgres"])
def test_what_is_killed_comes_back(folder: Path, which: str) -> None:
    running = Running(folder / "var", free_port())
    try:
        until(lambda: len(running.children("")) == 4, "four programs make a city")
        (pid,) = running.children(which)
        os.kill(pid, signal.SIGKILL)
        until(lambda: running.children(which) not in ([], [pid]), f"{which} did not come back")
        until(lambda: answers(running), "the city does not answer any more")
    finally:
        running.stop()
    assert running.process.returncode == 0, running.said()


def answers(running: Running) -> bool:
    try:
        return running.status() == 200
    except OSError:
        return False


def test_kill_9_on_the_city_itself_leaves_nothing_and_it_starts_again(folder: Path) -> None:
    running = Running(folder / "var", free_port())
    until(lambda: len(running.children("")) == 4, "four programs make a city")
    pids = running.children("")
    running.process.kill()
    running.process.wait()
    until(lambda: not any(map(is_alive, pids)), "something outlived the city")
    again = Running(folder / "var", running.port)
    assert again.status() == 200
    again.stop()


def test_a_saved_city_comes_back_on_an_empty_machine(folder: Path) -> None:
    running = Running(folder / "var", free_port(), "--demo")
    counted = "SELECT (SELECT count(*) FROM kernel_eventrecord), (SELECT count(*) FROM people_person)"
    secret = folder / "frasa"
    secret.write_text(PASSPHRASE + "\n")
    archive = str(folder / "simpanan")
    try:
        saved = city(folder / "var", "backup", archive, "--passphrase-file", str(secret))
        assert saved.returncode == 0, saved.stderr
    finally:
        running.stop()
    before = city(folder / "var", "verify")
    assert before.returncode == 0, before.stdout
    back = city(folder / "baru", "restore", archive, "--passphrase-file", str(secret))
    assert back.returncode == 0, back.stdout + back.stderr
    again = Running(folder / "baru", running.port)
    try:
        assert again.status() == 200
        with psycopg.connect(city(folder / "baru", "dsn", "auditor").stdout.strip()) as session:
            events, people = session.execute(counted).fetchone() or (0, 0)
        assert (int(events), int(people)) >= (1, 20)
        passwords = [json.loads((folder / name / "database.json").read_text()) for name in ("var", "baru")]
        assert passwords[0] != passwords[1]
    finally:
        again.stop()
