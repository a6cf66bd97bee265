"""The city's heartbeat: small chores the worker does every few seconds, each told the time."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import close_old_connections

from city.kernel.registry import Registry

log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Chore:
    name: str
    seconds: float
    work: Callable[[datetime], Any]


CHORES: Registry[Chore] = Registry("chore")


def every(*, seconds: float) -> Callable[[F], F]:
    """Have the worker call `work(at)` again and again. A chore is safe to repeat and safe to run twice at once."""

    def keep(work: F) -> F:
        name = f"{work.__module__}.{work.__name__}"
        CHORES.add(name, Chore(name, seconds, work))
        return work

    return keep


def beat(stop: threading.Event) -> None:
    """Run the chores until told to stop. A chore that fails is logged and tried again at its next turn."""
    due = dict.fromkeys((chore.name for chore in CHORES), 0.0)
    while not stop.is_set():
        for chore in CHORES:
            if time.monotonic() >= due[chore.name]:
                _do(chore)
                due[chore.name] = time.monotonic() + chore.seconds
        stop.wait(0.2)


def _do(chore: Chore) -> None:
    close_old_connections()
    try:
        chore.work(datetime.now(UTC))
    except Exception:
        log.exception("chore %s failed", chore.name)
