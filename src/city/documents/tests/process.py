"""The uploads process as production starts it, for tests that need real lines and real kills."""

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
from django.db import connection

from city.operate.children import die_with_parent

PAGES = "http://127.0.0.1:8000"
NAME = "uploads under test"


class UploadsProcess:
    """granian with our application on a free port; `kill()` is kill -9 of everything, `start()` starts it again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws"]
        self._process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port), "city.documents.uploads:application"],
            env={**os.environ, "CITY_UPLOADS_URL": self.url, "CITY_PUBLIC_URL": PAGES, "CITY_PROCESS": NAME},
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError("the uploads process did not start")

    def kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def connections(self, state: str = "%") -> int:
        """How many connections to PostgreSQL the process has, by their state as PostgreSQL tells it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND state LIKE %s", [NAME, state]
            )
            return int(cursor.fetchone()[0])

    def line(self) -> socket.socket:
        """A connection of one's own, to cut or to trickle on."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)
