"""Several people at the same instant, and one whose finger presses twice."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import httpx

from .page import Page
from .person import Person

T = TypeVar("T")


def at_once(*deeds: Callable[[], T]) -> list[T]:
    """Do all of them at the same moment, each on a thread of its own; what each gave, in their order."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], T]) -> T:
        gate.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


class Twice(Person):
    """Every button is pressed twice at the same instant; both presses must lead to the same page."""

    def send(self, path: str, values: Mapping[str, str]) -> httpx.Response:
        single = super().send
        one, other = at_once(lambda: single(path, values), lambda: single(path, values))
        ways = [(answer.status_code, answer.headers.get("location", "")) for answer in (one, other)]
        assert ways[0] == ways[1], f"{path}: {ways} {[Page(answer.text).words[:300] for answer in (one, other)]}"
        return one
