"""The city's tables out of PostgreSQL and into it, by pg_dump and pg_restore, as the owner."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from city import settings
from city.operate.home import Home
from city.operate.postgres import binaries, roles
from city.operate.refusal import Refused

# Rows that open other rows and files. They never stand in a data archive.
KEY_TABLES = ("kernel_subjectkey", "documents_filekey")


def _address(home: Home) -> dict[str, str]:
    own, told = home.cluster, settings.DATABASES["default"]
    passwords = roles.passwords(settings.PASSWORDS_FILE)
    return {
        "PGHOST": str(own.socket_folder) if own else str(told["HOST"]),
        "PGPORT": str(told["PORT"]),
        "PGUSER": roles.ROLES["owner"],
        "PGPASSWORD": passwords["owner"],
        "PGDATABASE": home.database,
    }


def connect(home: Home) -> "psycopg.Connection[tuple[object, ...]]":
    """The owner's connection."""
    at = _address(home)
    return psycopg.connect(
        host=at["PGHOST"], port=at["PGPORT"], user=at["PGUSER"], password=at["PGPASSWORD"], dbname=at["PGDATABASE"]
    )


@contextmanager
def moment(home: Home) -> Iterator[str]:
    """One snapshot that both archives are written from, so that a key made meanwhile is in neither or both."""
    with connect(home) as held:
        held.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = held.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield str(snapshot)


def _program(home: Home, name: str, arguments: list[str]) -> None:
    folder = home.cluster.programs() if home.cluster else binaries.find()
    env = {**os.environ, **_address(home)}
    done = subprocess.run([str(folder / name), *arguments], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"{name} did not succeed: {done.stderr.strip()}")


def key_tables(home: Home) -> list[str]:
    with connect(home) as held:
        found = held.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)", [list(KEY_TABLES)]
        )
        return sorted(str(name) for (name,) in found)


def dump_data(home: Home, snapshot: str, target: Path) -> None:
    """Everything but the rows of the key tables, in pg_dump's custom format."""
    without = [f"--exclude-table-data={table}" for table in KEY_TABLES]
    _program(home, "pg_dump", ["--format=custom", f"--snapshot={snapshot}", f"--file={target}", *without])


def dump_keys(home: Home, snapshot: str, target: Path) -> None:
    """The rows of the key tables alone."""
    only = [f"--table={table}" for table in key_tables(home)]
    _program(home, "pg_dump", ["--format=custom", "--data-only", f"--snapshot={snapshot}", f"--file={target}", *only])


def load(home: Home, source: Path) -> None:
    """All or nothing, into the empty database of the city (or, for key rows, beside the data that stand there)."""
    _program(
        home,
        "pg_restore",
        ["--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={home.database}", str(source)],
    )
