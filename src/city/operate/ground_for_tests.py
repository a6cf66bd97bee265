"""pytest plugin: a throwaway PostgreSQL, migrated once into a template, cloned by each test process.

Tests connect as the application's role, so a missing or too generous grant fails here first. Named in pyproject.toml
with `-p`, because the addresses below must be in the environment before Django reads its settings.

Fixtures: `db` (pytest-django's, each test rolled back) and `own_city` (a database of its own, real commits).
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from city.kernel.keyring import ensure_keys
from city.operate.postgres import roles
from city.operate.postgres.cluster import Cluster

GROUND = "CITY_TEST_GROUND"
TEMPLATE = "city_template"


def _ground() -> Path:
    return Path(os.environ[GROUND])


def _cluster() -> Cluster:
    return Cluster(_ground() / "cluster", durable=os.environ.get("CITY_TEST_DURABLE") == "1")


def socket_folder() -> Path:
    """Where the throwaway server is reached."""
    return _cluster().socket_folder


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Iterator[None]:
    """Before pytest-django reads the settings: the server for all test processes, then this process's addresses."""
    if GROUND not in os.environ and not {"-h", "--help", "--version", "--fixtures"} & set(args):
        ground = Path(tempfile.mkdtemp(prefix="kp-tests-"))
        ground.chmod(0o755)  # PostgreSQL's user must pass through
        os.environ[GROUND] = str(ground)
        atexit.register(_clear_away, _cluster().start())
    if GROUND in os.environ:
        _point_settings_at_ground()
    yield


def _point_settings_at_ground() -> None:
    home = _ground() / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    os.environ.update(
        CITY_HOME=str(home),
        CITY_DB_HOST=str(_cluster().socket_folder),
        CITY_DB_NAME=f"city_{_worker()}",
        CITY_DB_ROLE="app",
        CITY_DEMO="1",
    )
    with _one_at_a_time():
        roles.passwords(home / "database.json")
        ensure_keys(home / "keys")


def pytest_configure() -> None:
    """Pages in tests name their static files plainly: there is no collected folder with hashes here."""
    from django.conf import settings  # noqa: PLC0415 - the settings exist only after the hook above

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _clear_away(server: "subprocess.Popen[bytes]") -> None:
    """The process that started the server takes it away again, with everything it wrote."""
    _cluster().stop(server)
    shutil.rmtree(_ground(), ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (_ground() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def template() -> str:
    """The migrated database that others are cloned from, made by the first test process that needs one."""
    with _one_at_a_time(), _cluster().connect() as admin:
        if not roles.exists(admin, TEMPLATE):
            roles.make_roles(admin, roles.passwords(_ground() / "home" / "database.json"))
            roles.make_database(admin, f"{TEMPLATE}_new")
            with _cluster().connect(f"{TEMPLATE}_new") as inside:
                roles.fence(inside)
            _migrate(f"{TEMPLATE}_new")
            admin.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")
    return TEMPLATE


def _migrate(database: str) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
    env = {
        **os.environ,
        "CITY_DB_ROLE": "owner",
        "CITY_DB_NAME": database,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "city.settings"),
    }
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The test city could not be migrated:\n{done.stdout}{done.stderr}")


@contextmanager
def clone(name: str, source: str | None = None) -> Iterator[str]:
    """A database of this name, equal to the template; dropped at the end whoever is still connected."""
    source = source or template()
    with _one_at_a_time(), _cluster().connect() as admin:
        roles.drop_database(admin, name)
        roles.make_database(admin, name, source)
    try:
        yield name
    finally:
        with _cluster().connect() as admin:
            roles.drop_database(admin, name)


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """A database with the three roles' rights and not one table, as a restore wants it."""
    template()
    with clone(name, "template0"):
        with _cluster().connect(name) as inside:
            roles.fence(inside)
        yield name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own database making: this process's clone of the template."""
    from django.db import connections  # noqa: PLC0415

    with clone(f"city_{_worker()}"):
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def own_city(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database where commits are real: for races, kill -9, LISTEN, and everything a rollback would hide.

    Gives the database's name; `own_city` tests do not use `db`. Threads and child processes see the same database.
    """
    from django.db import connections  # noqa: PLC0415

    settings = connections["default"].settings_dict
    before = settings["NAME"]
    with clone(f"city_{_worker()}_own") as name, django_db_blocker.unblock():
        connections.close_all()
        settings["NAME"] = os.environ["CITY_DB_NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            settings["NAME"] = os.environ["CITY_DB_NAME"] = before
