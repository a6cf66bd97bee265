"""What `city verify` asks: each check names every broken thing in a sentence, or nothing."""

from collections.abc import Callable, Iterator

from django.db import connection

from city.kernel.registry import Registry

Check = Callable[[], Iterator[str]]
CHECKS: Registry[Check] = Registry("check")


def check(name: str) -> Callable[[Check], Check]:
    """Declare a check ("events: every event is sealed or in the tail"); it yields one sentence per broken thing."""
    return lambda ask: CHECKS.add(name, ask)


def broken_rows(question: str, sentence: str) -> Iterator[str]:
    """One sentence for each row a question finds; `{0}`, `{1}` … are its columns."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        rows = cursor.fetchall()
    for row in rows:
        yield sentence.format(*row)
