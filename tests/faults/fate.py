"""What strikes while somebody's press is under way: kill -9, at a moment the dice choose."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from .town import Town

OFTEN = 0.2  # of what comes again and again (five documents, ten acceptances) only some is struck, after the first
LONGEST = 0.12  # seconds after a request went out: about as long as one takes, so that before, amid and after all occur


class Fate:
    """Kills one of `victims` within requests it is told of, and lets things go on once all has come back.

    A failed test prints the seed: the same seed throws the same dice again.
    """

    def __init__(self, town: Town, victims: tuple[str, ...], seed: int) -> None:
        self.town, self.victims, self.dice = town, victims, random.Random(seed)
        self.strikes: list[str] = []
        self.known: set[str] = set()
        print(f"dice of {', '.join(victims)}: seed {seed}")

    @contextmanager
    def striking(self, what: str) -> Iterator[None]:
        """One strike somewhere within what happens here: surely at the first of its kind, then now and then."""
        step = re.sub(r"[0-9a-f-]{36}|documents/\w+", "…", what)
        if step in self.known and self.dice.random() > OFTEN:
            yield
            return
        self.known.add(step)
        with self._strike(what):
            yield

    @contextmanager
    def _strike(self, what: str) -> Iterator[None]:
        victim, delay = self.dice.choice(self.victims), self.dice.uniform(0, LONGEST)
        strike = Timer(delay, self.town.kill, (victim, self.dice))
        self.strikes.append(f"{victim} {delay * 1000:.0f} ms after {what}")
        strike.start()
        try:
            yield
        finally:
            strike.join()
            self.town.whole()
