"""A loaded demo city is made once for all of these tests; each test file works on a running copy of its own."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from city.operate.postgres.cluster import Cluster

from .town import HERE, Town, a_town, in_city, operator


@pytest.fixture(scope="session")
def loaded() -> Path:
    """The folder of a stopped demo city with its cases and more people. Test processes share it."""
    ground = Path(os.environ["CITY_TEST_GROUND"])
    home, done = ground / "loaded", ground / "loaded.done"
    with (ground / "loaded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(home, ignore_errors=True)
            made = operator(home, "demo", "load")
            assert made.returncode == 0, made.stdout + made.stderr
            with Cluster(home).serving():
                in_city(home, HERE / "newcomers.py")
            done.touch()
    return home


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a space in its name that PostgreSQL's user may enter (pytest's own are closed)."""
    top = Path(tempfile.mkdtemp(prefix="kota pintar "))
    top.chmod(0o755)
    yield top
    shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(scope="module")
def town(loaded: Path) -> Iterator[Town]:
    yield from a_town(loaded, Path(tempfile.mkdtemp(prefix="kp-faults-")))
