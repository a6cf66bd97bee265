"""Fixtures of the journeys: the live city, devices, and the contact sheet of what they saw."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from city.ui.tests.browser import launched

from .live import LiveCity, live_city
from .window import DESKTOP, PHONE, SMALL_PHONE, Window, saved

Opener = Callable[..., Window]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """So that the devices can tell at the end what they showed when a journey failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def city() -> Iterator[LiveCity]:
    with live_city() as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def device(request: pytest.FixtureRequest, city: LiveCity, chromium: Browser) -> Iterator[Opener]:
    """Opens windows; at the end each is asked for faults, and what all of them photographed becomes one sheet."""
    windows: list[Window] = []
    folder = os.environ.get("CITY_SHOTS")
    shots: list[tuple[str, bytes]] = []

    def opened(
        size: tuple[int, int] = DESKTOP, *, script: bool = True, language: str = "id", worker: bool = False
    ) -> Window:
        kept = shots if folder else None
        window = Window(chromium, city.url, size, script, language, shots=kept, worker=worker)
        windows.append(window)
        return window

    yield opened
    if request.node.stash.get(FAILED, False):
        for window in windows:
            print(window.last_sight())
    for window in windows:
        window.close()
    if shots and folder:
        saved(shots, Path(folder), request.node.name)
    faults = [fault for window in windows for fault in window.faults]
    assert not faults, "\n".join([*faults, city.words()])


@pytest.fixture
def phone(device: Opener) -> Window:
    return device(PHONE)


@pytest.fixture
def small_phone(device: Opener) -> Window:
    return device(SMALL_PHONE)


@pytest.fixture
def desktop(device: Opener) -> Window:
    return device(DESKTOP)
