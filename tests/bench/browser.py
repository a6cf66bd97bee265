"""A browser small enough that its own processor time does not drown what is measured: one kept-alive connection."""

import re
import select
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Browser:
    """Keeps cookies, sends forms, follows nothing by itself. Raises SystemExit on an answer that was not expected."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path: str) -> str:
        body = self._ask("GET", path, b"", {}, (200,)).decode()
        found = _TOKEN.search(body)
        self.token = found.group(1) if found else self.token
        return body

    def post(self, path: str, form: dict[str, str], expected: tuple[int, ...] = (302, 303)) -> str:
        """Where the answer sends us."""
        sent = urlencode({**form, "csrfmiddlewaretoken": self.token}).encode()
        head = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        self._ask("POST", path, sent, head, expected)
        return self.location

    def _ask(self, verb: str, path: str, body: bytes, head: dict[str, str], expected: tuple[int, ...]) -> bytes:
        self._wake()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.request(verb, path, body, {**head, "Cookie": cookies})
        answer = self.line.getresponse()
        content = answer.read()
        self._keep(answer)
        if answer.status not in expected:
            raise SystemExit(f"{verb} {path} answered {answer.status}, not {expected}:\n{content[:2000].decode()}")
        return content

    def _wake(self) -> None:
        """A line that the server closed while nobody spoke is opened anew."""
        if self.line.sock is not None and select.select([self.line.sock], [], [], 0)[0]:
            self.line.close()

    def _keep(self, answer: HTTPResponse) -> None:
        self.location = answer.headers.get("Location", "")
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def sign_in(self, login: str, password: str) -> None:
        self.get("/masuk")
        self.post("/masuk", {"login": login, "password": password})
        self.get("/")
