"""Ports on this machine. granian shares a taken port silently, so we look before it does."""

import socket
import time
import urllib.error
import urllib.request
from subprocess import Popen

from city.operate.refusal import Refused

LOOPBACK = "127.0.0.1"
SECONDS_TO_ANSWER = 60


def must_be_free(port: int, what: str) -> None:
    """Stops with a sentence when another program listens there. Raises Refused."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # not REUSEPORT: that would share it
        try:
            probe.bind((LOOPBACK, port))
        except OSError as fault:
            raise Refused(
                f"Port {port}, where {what} should answer, is taken by another program ({fault.strerror})."
                f" Stop that program, or choose another port: make run PORT={port + 100}"
            ) from fault


def wait_for_answer(url: str, what: str, child: "Popen[bytes]") -> int:
    """Returns the HTTP status once `url` answers at all. Raises Refused when the process ends or stays silent."""
    for _ in range(SECONDS_TO_ANSWER * 10):
        if child.poll() is not None:
            raise Refused(f"{what} ended before it answered.")
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own address, http
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            time.sleep(0.1)
    raise Refused(f"{what} did not answer at {url} within {SECONDS_TO_ANSWER} seconds.")
