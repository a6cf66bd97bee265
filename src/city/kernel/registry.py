"""Shelves: a lower floor names one, upper floors put things on it, and nobody below learns who did."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """A named shelf of things that declare themselves: permit kinds, checks, message channels, agencies."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, T] = {}

    def add(self, code: str, thing: T) -> T:
        """Put a thing on the shelf. Raises ValueError when the code is taken: two folders must not fight for a name."""
        if code in self._things:
            raise ValueError(f"{self.what} {code!r} is declared twice")
        self._things[code] = thing
        return thing

    def __getitem__(self, code: str) -> T:
        return self._things[code]

    def get(self, code: str) -> T | None:
        return self._things.get(code)

    def __contains__(self, code: str) -> bool:
        return code in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def items(self) -> list[tuple[str, T]]:
        return sorted(self._things.items())
