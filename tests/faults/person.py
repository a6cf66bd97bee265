"""Somebody with a browser on a bad line: what was not answered she sends again, the very same, until it is."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, Protocol
from urllib.parse import urljoin

import httpx

from city.operate.demo import PASSWORD

from .page import Form, Page

PATIENCE = 300.0  # seconds that nobody answers mean never, also on a busy machine
OUR_FAULT = ("Kami tidak bisa menyelesaikan ini", "Kota sedang tersendat", "We could not finish", "The city is")


class Danger(Protocol):
    """Something that strikes while a request is under way."""

    def striking(self, what: str) -> Any: ...


@dataclass(frozen=True)
class Acknowledged:
    """An answer that was received: from here on the city may not forget."""

    what: str
    status: int
    location: str


class Person:
    """One signed-in session. `log` holds every answer to something she sent."""

    def __init__(self, url: str, sign_in: str = "", danger: Danger | None = None, language: str = "id") -> None:
        self.url, self.name, self.danger = url, sign_in, danger
        self.line = httpx.Client(base_url=url, timeout=120, cookies={"bahasa": language})
        self.log: list[Acknowledged] = []
        self.unanswered = 0
        if sign_in:
            self._sign_in(sign_in)

    def _sign_in(self, sign_in: str) -> None:
        danger, self.danger = self.danger, None
        form = self.get("/masuk").form("/masuk")
        answer = self.press(form, login=sign_in, password=PASSWORD)
        assert answer.status_code in (302, 303), Page(answer.text).words
        self.danger = danger

    def get(self, path: str, expected: int = 200) -> Page:
        """The page at an address, after whatever it leads on to."""
        answer = self.insist(lambda: self.line.get(path, follow_redirects=True))
        page = page_of(answer)
        assert answer.status_code == expected, f"{path}: {answer.status_code} {page.words}"
        return page

    def bytes_of(self, path: str) -> bytes:
        answer = self.insist(lambda: self.line.get(path, follow_redirects=True))
        assert answer.status_code == 200, path
        return answer.content

    def press(self, form: Form, **typed: str) -> httpx.Response:
        """Press a form's button with something typed into it; the answer itself, led on nowhere."""
        return self.send(form.action, {**form.values, **typed})

    def send(self, path: str, values: Mapping[str, str]) -> httpx.Response:
        with self.danger.striking(path) if self.danger else nullcontext():
            answer = self.insist(lambda: self.line.post(path, data=dict(values)))
        self.log.append(Acknowledged(path, answer.status_code, answer.headers.get("location", "")))
        return answer

    def follow(self, answer: httpx.Response) -> Page:
        """Where an answer leads, or the page it is."""
        if answer.status_code in (302, 303):
            return self.get(urljoin(str(answer.request.url), answer.headers["location"]))
        return page_of(answer)

    def insist(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """Ask until somebody answers. A fault of ours must at least be a page that says so."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            try:
                answer = ask()
            except httpx.TransportError:
                pass
            else:
                if answer.status_code < 500:
                    return answer
                _must_apologise(answer)
            self.unanswered += 1
            sleep(0.1)
        raise AssertionError("nobody answered")


def page_of(answer: httpx.Response) -> Page:
    """The page that an answer is, with its address for forms that go where they stand."""
    return Page(answer.text, answer.request.url.raw_path.decode())


def _must_apologise(answer: httpx.Response) -> None:
    words = Page(answer.text).words
    assert "Traceback" not in answer.text
    assert not answer.text or any(said in words for said in OUR_FAULT), words
