"""The processes of a running city: started in order, started again when they fall, stopped in the reverse order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from city.operate.refusal import Refused

PR_SET_PDEATHSIG = 1
FALLS, WITHIN = 5, 60.0  # more falls than this within so many seconds is a fault that a new start will not mend
LONGEST_LOG = 10_000_000  # bytes; a longer one is set aside as .1 at the next start

Child = subprocess.Popen[bytes]


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the child gets this signal when we die, so that kill -9 on us leaves nothing behind.

    To Linux, "we" is the thread that starts the child: start it from one that lives as long as the process.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)

    return ask_kernel


@dataclass(frozen=True)
class Program:
    """One long-running process: how it is started, and how it is asked to end."""

    name: str
    start: Callable[[], Child]
    log: Path
    stop: Callable[[Child], None]


def program(name: str, command: list[str], environment: dict[str, str], log: Path) -> Program:
    """An ordinary program that ends on SIGTERM and writes to its own log file."""

    def start() -> Child:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as out:
            return subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    return Program(name, start, log, end)


def end(child: Child, seconds: float = 15) -> None:
    """SIGTERM, patience, then SIGKILL to the child and whatever it started in its own session."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def last_words(log: Path, lines: int = 8) -> str:
    """The end of a log, for a person who must see why something fell."""
    if not log.exists():
        return "(it wrote no log)"
    return "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-lines:])


@dataclass
class Children:
    """What we started and must stop."""

    say: Callable[[str], None]
    running: list[tuple[Program, Child]] = field(default_factory=list)
    falls: list[float] = field(default_factory=list)

    def start(self, one: Program) -> None:
        self.running.append((one, one.start()))

    def fallen(self) -> list[int]:
        """Places in `running` whose process has ended by itself."""
        return [place for place, (_, child) in enumerate(self.running) if child.poll() is not None]

    def watch(self, asked_to_stop: Event) -> None:
        """Starts again what falls, until asked to stop. Raises Refused when that does not help."""
        while not asked_to_stop.wait(0.2):
            for place in self.fallen():
                self._start_again(place)

    def _start_again(self, place: int) -> None:
        one, child = self.running[place]
        self.falls = [moment for moment in self.falls if moment > time.monotonic() - WITHIN] + [time.monotonic()]
        if len(self.falls) > FALLS:
            raise Refused(f"{one.name} fell again and again. Its last words in {one.log}:\n{last_words(one.log)}")
        self.say(f"{one.name} ended unexpectedly ({child.returncode}); starting it again. Its log: {one.log}")
        end(child)
        for _ in range(20):
            try:
                self.running[place] = (one, one.start())
                return
            except Refused as refused:  # PostgreSQL waits until the last process of its predecessor is gone
                self.say(str(refused))
                time.sleep(0.5)
        raise Refused(f"{one.name} could not be started again; see {one.log}.")

    def stop(self) -> None:
        """The last started ends first, so that nobody loses the database under their feet."""
        while self.running:
            one, child = self.running.pop()
            one.stop(child)
