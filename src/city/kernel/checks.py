"""What `city verify` asks: each check names every broken thing in a sentence, or nothing."""

from collections.abc import Callable, Iterator

from city.kernel.registry import Registry

Check = Callable[[], Iterator[str]]
CHECKS: Registry[Check] = Registry("check")


def check(name: str) -> Callable[[Check], Check]:
    """Declare a check ("events: every event is sealed or in the tail"); it yields one sentence per broken thing."""
    return lambda ask: CHECKS.add(name, ask)
