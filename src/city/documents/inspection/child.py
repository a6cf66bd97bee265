"""A child process for one file: bounded in time and memory, with nothing in its environment worth stealing."""

import json
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds on the clock; the child's own bound on CPU seconds strikes first
MEMORY, SECONDS = 1_500_000_000, 30
TRIES = 3  # a child that was killed from outside is asked anew: it said nothing about the file
Answer = tuple[dict[str, Any], bytes, bytes]
_SOURCES = str(Path(__file__).resolve().parents[3])


def ask_child(program: str, question: dict[str, Any], content: bytes) -> Answer | None:
    """What the program says about the content; None when it crashed, ran out of bounds or talks nonsense."""
    try:
        body = _said(program, question, content)
        head, first = struct.unpack_from(">II", body)
        body = body[8:]
        return json.loads(body[:head]), body[head : head + first], body[head + first :]
    except (subprocess.SubprocessError, struct.error, ValueError):
        return None


def _said(program: str, question: dict[str, Any], content: bytes) -> bytes:
    command = [sys.executable, "-P", "-m", program, json.dumps(question)]
    environment = {"PYTHONPATH": _SOURCES, "LC_ALL": "C.UTF-8"}
    for _ in range(TRIES):
        done = subprocess.run(command, input=content, capture_output=True, env=environment, timeout=PATIENCE)
        # Bounds end it by other signals (SIGXCPU, MemoryError): this is a machine short of memory, or an operator.
        if done.returncode != -signal.SIGKILL:
            break
    done.check_returncode()
    return done.stdout


def stay_within_bounds(seconds: int = SECONDS) -> None:
    """In the child: what unfolds to gigabytes, or never ends, ends this process and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # the first ends it by SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def asked() -> tuple[dict[str, Any], bytes]:
    """In the child: the question and the file."""
    question: dict[str, Any] = json.loads(sys.argv[1])
    return question, sys.stdin.buffer.read()


def say(answer: Answer) -> None:
    """In the child: the answer."""
    said, first, second = answer
    head = json.dumps(said).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), len(first)) + head + first + second)
