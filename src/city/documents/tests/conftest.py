"""Fixtures of this app: keys, a running uploads process, patience."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from city.documents.models import StoredFile
from city.documents.tests.process import UploadsProcess
from city.kernel.keyring import ensure_keys
from city.operate.ground_for_tests import clone


@pytest.fixture
def keys() -> None:
    ensure_keys()


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[UploadsProcess]:
    """The uploads process on a database where commits are real; one for all tests of a file, for it starts slowly."""
    database = connections["default"].settings_dict
    before = database["NAME"]
    with clone(f"{before}_uploads") as name, django_db_blocker.unblock():
        connections.close_all()
        database["NAME"] = os.environ["CITY_DB_NAME"] = name
        ensure_keys()
        process = UploadsProcess()
        process.start()
        try:
            yield process
        finally:
            process.kill()
            connections.close_all()
            database["NAME"] = os.environ["CITY_DB_NAME"] = before


@pytest.fixture
def uploads(running: UploadsProcess, settings: Settings) -> UploadsProcess:
    """The running process, which has received nothing yet."""
    settings.UPLOADS_URL = running.url
    StoredFile.objects.all().delete()
    return running


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
