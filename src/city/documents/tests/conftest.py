"""Fixtures of this app: keys, a running uploads process, patience."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from city.documents.tests.process import UploadsProcess
from city.kernel.keyring import ensure_keys


@pytest.fixture
def keys() -> None:
    ensure_keys()


@pytest.fixture
def uploads(own_city: str, keys: None, settings: Settings) -> Iterator[UploadsProcess]:
    """The uploads process on a database where commits are real."""
    process = UploadsProcess()
    settings.UPLOADS_URL = process.url
    process.start()
    try:
        yield process
    finally:
        process.kill()


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Any]:
    """Ask again until the answer is true: for what another process does in its own time."""

    def ask(question: Callable[[], Any]) -> Any:
        for _ in range(400):
            if answer := question():
                return answer
            time.sleep(0.05)
        raise AssertionError("it never happened")

    return ask
