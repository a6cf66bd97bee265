"""One city's own folder on this machine, and what its processes are told through their environment."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from city import settings
from city.kernel.keyring import ensure_keys
from city.operate.postgres import roles
from city.operate.postgres.cluster import Cluster
from city.operate.refusal import Refused


@dataclass(frozen=True)
class Home:
    """A city's folder. `cluster` is None when a database administrator's server is named in CITY_DB_HOST."""

    path: Path
    database: str
    cluster: Cluster | None
    keys: Path
    files: Path

    @property
    def demo_mark(self) -> Path:
        """This file says that the city in this folder is the demo city, so that every later command knows."""
        return self.path / "demo"

    @property
    def is_demo(self) -> bool:
        return settings.DEMO or self.demo_mark.exists()

    def address(self, role: str) -> str:
        """A connection address for operators' tools. Raises Refused where an administrator gives them out."""
        if self.cluster is None:
            raise Refused("This city's database is named in CITY_DB_HOST; ask its administrator for an address.")
        password = quote(roles.passwords(self.path / "database.json")[role], safe="")
        place = quote(str(self.cluster.socket_folder), safe="")
        return f"postgresql://{roles.ROLES[role]}:{password}@/{self.database}?host={place}"

    def environment(self, process: str, role: str = "app", **more: str) -> dict[str, str]:
        """For a child process that works as `role` and shows as `process` in the database's list of sessions."""
        told = {
            "DJANGO_SETTINGS_MODULE": "city.settings",
            "CITY_HOME": str(self.path),
            "CITY_KEYS": str(self.keys),
            "CITY_FILES": str(self.files),
            "CITY_DB_NAME": self.database,
            "CITY_DB_PASSWORDS": str(settings.PASSWORDS_FILE),
            "CITY_DB_ROLE": role,
            "CITY_DEMO": "1" if self.is_demo else "0",
            "CITY_PROCESS": process,
        }
        if self.cluster:
            told["CITY_DB_HOST"] = str(self.cluster.socket_folder)
        return {**os.environ, **told, **more}

    def django(self, *command: str, role: str = "app", **more: str) -> int:
        """Runs one management command to its end; its exit status. Django's own checks are `make check`'s to ask."""
        name, *rest = command
        line = [sys.executable, "-m", "django", name, "--skip-checks", *rest]  # before any verb of the command's own
        env = self.environment(command[0], role, CITY_LOG="WARNING", **more)
        # In a session of its own: Ctrl-C reaches us alone, and we end it without a trace on the terminal.
        return subprocess.run(line, env=env, check=False, start_new_session=True).returncode

    def must(self, *command: str, role: str = "app", **more: str) -> None:
        """Runs one management command that may not fail. Raises Refused."""
        if self.django(*command, role=role, **more):
            raise Refused(f"`{' '.join(command)}` did not succeed; the reason stands above.")

    def make_ready(self) -> None:
        """Keys, roles and an empty database where they are missing. Needs a running server. Safe to repeat."""
        ensure_keys(self.keys)
        if self.cluster is None:
            return
        by_role = roles.passwords(settings.PASSWORDS_FILE)
        with self.cluster.connect() as admin:
            roles.make_roles(admin, by_role)
            if not roles.exists(admin, self.database):
                roles.make_database(admin, self.database)
        with self.cluster.connect(self.database) as inside:
            roles.fence(inside)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """A database that answers, for the time of one command."""
        if self.cluster is None or self.cluster.is_running():
            yield
            return
        with self.cluster.serving():
            self.make_ready()
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one `city run`, `restore` or `demo reset` at a time works in this folder. Raises Refused."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise Refused(f"This city already runs (process {lock.read().strip()}, folder {self.path}).") from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield


def home() -> Home:
    """The city that the environment names; by default the folder `var` of this checkout."""
    host = settings.DATABASES["default"]["HOST"]
    cluster = None if host else Cluster(settings.HOME)
    return Home(settings.HOME, str(settings.DATABASES["default"]["NAME"]), cluster, settings.KEYS, settings.FILES)
