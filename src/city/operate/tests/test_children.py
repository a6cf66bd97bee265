"""What the city starts, it starts again when it falls, and leaves nothing running behind."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest

from city.operate.children import FALLS, Child, Children, Program, program
from city.operate.ports import must_be_free, wait_for_answer
from city.operate.refusal import Refused

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def a_program(name: str, command: list[str], folder: Path) -> Program:
    return program(name, command, dict(os.environ), folder / f"{name}.log")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(true: Callable[[], bool], what: str) -> None:
    """Waits for a fact about another process; five minutes mean never, also on a busy machine."""
    end = monotonic() + 300
    while not true():
        assert monotonic() < end, what
        sleep(0.02)


def test_the_last_started_ends_first(tmp_path: Path) -> None:
    ended: list[str] = []
    children = Children(print)

    def noting(name: str, stop: Callable[[Child], None]) -> Callable[[Child], None]:
        def stop_and_note(child: Child) -> None:
            stop(child)
            ended.append(name)

        return stop_and_note

    for name in ("satu", "dua", "tiga"):
        one = a_program(name, SLEEPER, tmp_path)
        children.start(Program(name, one.start, one.log, noting(name, one.stop)))
    pids = [child.pid for _, child in children.running]
    children.stop()
    assert ended == ["tiga", "dua", "satu"]
    assert not any(map(is_alive, pids))


def test_grandchildren_end_too(tmp_path: Path) -> None:
    script = "import subprocess, sys, time; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); time.sleep(600)"
    children = Children(print)
    one = a_program("induk", [sys.executable, "-c", script, *SLEEPER], tmp_path)
    children.start(one)
    until(lambda: one.log.read_text().strip().isdigit(), "the child never started its own")
    children.stop()
    until(lambda: not is_alive(int(one.log.read_text())), "the grandchild lives on")


def test_what_falls_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    children = Children(said.append)
    children.start(a_program("web", SLEEPER, tmp_path))
    first = children.running[0][1]
    stop = threading.Event()
    watch = threading.Thread(target=children.watch, args=[stop])
    watch.start()
    try:
        os.kill(first.pid, signal.SIGKILL)
        until(lambda: children.running[0][1] is not first, "it was not started again")
        assert is_alive(children.running[0][1].pid)  # looked at now: it ends with the thread that started it
    finally:
        stop.set()
        watch.join()
    assert "web ended unexpectedly (-9)" in said[0]
    children.stop()


def test_what_falls_again_and_again_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    said: list[str] = []
    children = Children(said.append)
    children.start(a_program("web", [sys.executable, "-c", "raise SystemExit('kehabisan tempat')"], tmp_path))
    with pytest.raises(Refused, match=r"(?s)fell again and again.*kehabisan tempat"):
        children.watch(threading.Event())
    assert len(said) == FALLS
    children.stop()


def test_kill_9_on_the_parent_leaves_no_child(tmp_path: Path) -> None:
    parent = """
        import sys, time
        from pathlib import Path
        from city.operate.children import Children, program
        children = Children(print)
        children.start(program("anak", sys.argv[2:], {}, Path(sys.argv[1])))
        print(children.running[0][1].pid, flush=True)
        time.sleep(600)
    """
    line = [sys.executable, "-c", textwrap.dedent(parent), str(tmp_path / "anak.log"), *SLEEPER]
    started = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    child = int(started.stdout.readline())
    assert is_alive(child)
    started.kill()
    started.wait()
    until(lambda: not is_alive(child), "the child outlived its parent")


def test_a_taken_port_is_refused_even_where_it_could_be_shared() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port}, where the city should answer, is taken"):
            must_be_free(port, "the city")
    must_be_free(port, "the city")


def test_a_server_that_dies_before_answering_is_told(tmp_path: Path) -> None:
    dead = a_program("web", [sys.executable, "-c", ""], tmp_path).start()
    dead.wait()
    with pytest.raises(Refused, match="web ended before it answered"):
        wait_for_answer("http://127.0.0.1:9/", "web", dead)
