"""A browser and the city's pages on loopback, without a database: what the gallery and the scripts need to be tried."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, ViewportSize

from city.ui.tests.browser import Windows, launched

UPLOADS: str = settings.UPLOADS_URL
# Remembers what the policy refused, so that a test can ask.
WATCH_POLICY = """
window.refusedByPolicy = [];
addEventListener("securitypolicyviolation", (e) => refusedByPolicy.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    """The city's pages and files on a free port of loopback; gives the address."""
    pages = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, pages, server_class=_Server, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def loop_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps a loop running in this thread; Django is told that this is meant."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def windows(chromium: Browser, city: str) -> Iterator[Windows]:
    windows = Windows(chromium, city)
    yield windows
    windows.close()


@pytest.fixture
def page(chromium: Browser, city: str) -> Iterator[Page]:
    """A phone's window. Fails the test that used it when a script broke or the policy refused something.

    Without the service worker: it would answer where a test wants to answer itself.
    """
    size = ViewportSize(width=390, height=844)
    with chromium.new_context(base_url=city, viewport=size, service_workers="block") as context:
        page = context.new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.add_init_script(WATCH_POLICY)
        page.set_default_timeout(10_000)
        yield page
        assert broken == []
        assert page.evaluate("window.refusedByPolicy ?? []") == []
