"""`city run`: the whole city on one machine, started in order and stopped when told to."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType

from city.operate import programs
from city.operate.children import Child, Children, Program, last_words, program
from city.operate.home import Home
from city.operate.ports import must_be_free, wait_for_answer
from city.operate.prepare import prepare
from city.operate.programs import Listen
from city.operate.refusal import Refused
from city.operate.say import say


class _AskedToStop(BaseException):
    """SIGTERM or Ctrl-C while the city was still starting."""


@dataclass(frozen=True)
class Start:
    """How this city is to be started. `since` is the moment (epoch seconds) the person pressed Enter."""

    home: Home
    web: Listen
    uploads: Listen
    demo: bool
    since: float
    say: Callable[[str], None] = say
    stop: Event = field(default_factory=Event)

    @property
    def bank(self) -> Listen:
        """The simulated bank of a demo city answers beside the uploads."""
        return Listen(self.uploads.host, self.uploads.port + 1)


def run(start: Start) -> None:
    """Starts everything, prints where it answers, and returns when asked to stop. Raises Refused."""
    with start.home.alone(), _signals_of(start) as up:
        must_be_free(start.web.port, "the city")
        must_be_free(start.uploads.port, "the uploads")
        if start.home.is_demo or start.demo:
            must_be_free(start.bank.port, "the simulated bank")
        children = Children(start.say)
        try:
            _start_all(start, children)
            _tell(start)
            up.set()
            children.watch(start.stop)
        except _AskedToStop:
            pass
        finally:
            start.say("Stopping the city …")
            up.set()
            children.stop()
            start.say("Stopped. Everything that was committed is kept.")


@contextmanager
def _signals_of(start: Start) -> Iterator[Event]:
    """Ctrl-C and SIGTERM break off a start; once the city is up they only ask, so that no child is half started."""
    up = Event()

    def ask(number: int, frame: FrameType | None) -> None:
        start.stop.set()
        if not up.is_set():
            raise _AskedToStop

    kept = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield up
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _start_all(start: Start, children: Children) -> None:
    home = start.home
    if home.cluster:
        start.say("Starting PostgreSQL …")
        children.start(_postgres(home))
    home.make_ready()
    if start.demo:
        home.demo_mark.touch()
    told = {"CITY_PUBLIC_URL": start.web.url, "CITY_UPLOADS_URL": start.uploads.url}
    prepare(home, start.say, told)
    if home.is_demo:
        told["CITY_BANK_URL"] = start.bank.url
    children.start(_program(home, "web", programs.web(start.web), told))
    children.start(_program(home, "uploads", programs.uploads(start.uploads), told))
    _wait(start, children)
    children.start(_program(home, "worker", programs.worker(), told))
    if home.is_demo:
        children.start(_program(home, "bank", programs.bank(start.bank, start.web), told))


def _program(home: Home, name: str, command: list[str], told: dict[str, str]) -> Program:
    return program(name, command, home.environment(name, **told), home.path / "log" / f"{name}.log")


def _postgres(home: Home) -> Program:
    own = home.cluster
    assert own is not None  # noqa: S101 - asked by the caller
    return Program("PostgreSQL", own.start, own.log, own.stop)


def _wait(start: Start, children: Children) -> None:
    """Until the pages and the uploads answer over HTTP: only then is the address worth printing."""
    by_name: dict[str, tuple[Program, Child]] = {one.name: (one, child) for one, child in children.running}
    for name, at in (("web", start.web), ("uploads", start.uploads)):
        one, child = by_name[name]
        try:
            status = wait_for_answer(at.url + "/", name, child)
        except Refused as refused:
            raise Refused(f"{refused} Its last words in {one.log}:\n{last_words(one.log)}") from refused
        if name == "web" and status >= 500:
            raise Refused(f"The home page answers {status}. Last words in {one.log}:\n{last_words(one.log)}")


def _tell(start: Start) -> None:
    """The address, who may sign in, and how long this took beside the very first time."""
    took, first = time.time() - start.since, start.home.path / "first-start"
    if not first.exists():
        first.write_text(f"{took:.1f}")
    start.say(f"\n  Kota Pintar answers at {start.web.url}")
    start.say(f"  Started in {took:.1f} s; the first start of this city took {first.read_text()} s.")
    start.say(
        f"  Data: {_short(start.home.path)} · logs: {_short(start.home.path / 'log')} · Ctrl-C stops everything.\n"
    )
    if start.home.is_demo:
        start.home.django("accounts")


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
