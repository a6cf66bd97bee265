"""One PostgreSQL server over one data folder: made once, started as a child of ours, reached by a short socket."""

import hashlib
import os
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from city.operate.children import die_with_parent
from city.operate.postgres import binaries
from city.operate.postgres.account import Account, account
from city.operate.refusal import Refused

PORT = 5432  # only the socket's name; the server listens on no address unless `tcp_port` asks for it
LONGEST_SOCKET_FOLDER = 80  # the kernel allows 107 bytes for the whole socket path
SECONDS_TO_START = 60
RELAXED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Cluster:
    """A data folder `home/postgres` with its server. `durable=False` is for throwaway test servers alone."""

    home: Path
    durable: bool = True
    tcp_port: int | None = None
    runs_as: Account = field(default_factory=account)

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def password_file(self) -> Path:
        """The superuser's password. It never reaches the web or the worker, who only read database.json."""
        return self.home / "database-superuser"

    @property
    def socket_folder(self) -> Path:
        """The same for every command on this data folder, and short however long the checkout's path is."""
        name = hashlib.sha256(f"{self.home.resolve()}:{self.runs_as.uid}".encode()).hexdigest()[:12]
        roomy = Path(tempfile.gettempdir())
        if len(os.fsencode(roomy)) + 16 > LONGEST_SOCKET_FOLDER:
            roomy = Path("/var/tmp")  # noqa: S108 - owned and closed below; a long TMPDIR leaves no other short place
        return roomy / f"kp-{name}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A superuser's connection, for making roles and databases. Raises psycopg.OperationalError."""
        return psycopg.connect(
            host=str(self.socket_folder),
            port=PORT,
            user=SUPERUSER,
            password=self.password_file.read_text(),
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )

    def is_running(self) -> bool:
        """Whether somebody already serves this data folder."""
        if not self.password_file.exists() or not self.data.exists():
            return False
        try:
            self.connect().close()
        except psycopg.OperationalError as fault:
            return "starting up" in str(fault)
        return True

    def programs(self) -> Path:
        """The folder of PostgreSQL's programs that can read this data folder."""
        written_by = self.data / "PG_VERSION"
        return binaries.find(int(written_by.read_text()) if written_by.exists() else None)

    def prepare(self) -> None:
        """Makes the data folder where there is none. Safe to repeat, also after a start that was cut short."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.runs_as.must_reach(self.home)
        self.runs_as.must_reach(self.programs())
        self._open_socket_folder()
        if self.data.exists():
            return
        self.folder.mkdir(exist_ok=True)
        self.runs_as.give(self.folder)
        self._write_password()
        self._initdb()

    def _write_password(self) -> None:
        with os.fdopen(os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))

    def _initdb(self) -> None:
        fresh, handed = self.folder / "data.new", self.folder / "password"
        subprocess.run(["rm", "-rf", fresh], check=True)
        handed.write_text(self.password_file.read_text())
        self.runs_as.give(handed)
        command = [
            str(self.programs() / "initdb"),
            "-D",
            str(fresh),
            "-U",
            SUPERUSER,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
        ]
        command += ["--locale=C.UTF-8", "--data-checksums", f"--pwfile={handed}"]
        command += [] if self.durable else ["-N"]
        made = subprocess.run(command, capture_output=True, text=True, check=False, **self.runs_as.as_user())
        handed.unlink()
        if made.returncode:
            raise Refused(f"PostgreSQL could not make its data folder {self.data}: {made.stderr.strip()}")
        fresh.rename(self.data)

    def _open_socket_folder(self) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.lstat()
        if folder.is_symlink() or owner.st_uid not in (os.geteuid(), self.runs_as.uid):
            raise Refused(
                f"The folder {folder} for PostgreSQL's socket belongs to somebody else. Remove it, then start."
            )
        self.runs_as.give(folder)

    def start(self) -> "subprocess.Popen[bytes]":
        """Starts the server and returns once it answers. Its child dies with us, however we end. Raises Refused."""
        self.prepare()
        options = [f"unix_socket_directories={self.socket_folder}", f"port={self.tcp_port or PORT}"]
        options += ["listen_addresses=" + ("127.0.0.1" if self.tcp_port else "")]
        options += [] if self.durable else RELAXED
        command = [str(self.programs() / "postgres"), "-D", str(self.data)]
        for option in options:
            command += ["-c", option]
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),
            **self.runs_as.as_user(),
        )
        os.close(log)
        self._wait_for(server)
        return server

    def _wait_for(self, server: "subprocess.Popen[bytes]") -> None:
        for _ in range(SECONDS_TO_START * 20):
            if server.poll() is not None:
                last = self.log.read_text(errors="replace").strip().splitlines()[-3:]
                raise Refused(f"PostgreSQL did not start. Its last words in {self.log}: {' | '.join(last)}")
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        self.stop(server)
        raise Refused(f"PostgreSQL did not answer within {SECONDS_TO_START} seconds; see {self.log}.")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """For one command: uses the server that runs already, or starts one and stops it again."""
        if self.is_running():
            yield
            return
        server = self.start()
        try:
            yield
        finally:
            self.stop(server)

    def stop(self, server: "subprocess.Popen[bytes]", seconds: int = 30) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(seconds)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait()
        with suppress(OSError):
            self.socket_folder.rmdir()
