"""Work that would hold up everybody's line: the database and the disk, each with a few threads of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

P = ParamSpec("P")
T = TypeVar("T")

# As many connections to PostgreSQL, however many phones are sending.
_database = ThreadPoolExecutor(4, thread_name_prefix="database")
_disk = ThreadPoolExecutor(4, thread_name_prefix="disk")


class Resting(Exception):
    """The database does not answer now. What was received stays on disk and is gone on with later."""


def _asked(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return question(*args, **kwargs)
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        raise Resting from error


async def in_database(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Raises Resting when PostgreSQL is away."""
    return await asyncio.get_running_loop().run_in_executor(_database, lambda: _asked(question, *args, **kwargs))


async def on_disk(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return await asyncio.get_running_loop().run_in_executor(_disk, lambda: work(*args, **kwargs))
