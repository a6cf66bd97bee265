"""What a slow phone must fetch before it can read and type: bytes on the line and requests, as the city sends them."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from .applicant import begin
from .conftest import Opener
from .live import LiveCity
from .people import sign_up
from .window import PHONE, Window

HOME, FORM = 100_000, 150_000  # bytes, compressed, at the first load
MOST_REQUESTS = 20


@dataclass
class Line:
    """What one page fetched: address → bytes on the line, headers and all."""

    carried: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def asked(self, told: dict[str, Any]) -> None:
        self.addresses[told["requestId"]] = told["request"]["url"]

    def came(self, told: dict[str, Any]) -> None:
        address = self.addresses.get(told["requestId"], "?")
        self.carried[address] = self.carried.get(address, 0) + int(told["encodedDataLength"])

    @property
    def bytes(self) -> int:
        return sum(self.carried.values())

    def __str__(self) -> str:
        rows = sorted(self.carried.items(), key=lambda row: -row[1])
        return "\n".join([f"{self.bytes} bytes, {len(rows)} requests", *(f"{size:7} {url}" for url, size in rows)])


def first_load(window: Window, address: str) -> Line:
    """As on a phone that has never been here: nothing is kept, and the worker has not come yet."""
    line, devtools = Line(), window.context.new_cdp_session(window.page)
    devtools.on("Network.requestWillBeSent", line.asked)
    devtools.on("Network.loadingFinished", line.came)
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")
    window.page.goto(address, wait_until="networkidle")
    devtools.detach()
    return line


def worker_costs(city: LiveCity, line: Line) -> int:
    """What the worker fetches besides: itself, and what it keeps that the page had not fetched already."""
    with httpx.Client(base_url=city.url, headers={"Accept-Encoding": "gzip, br"}) as client:

        def sent(address: str) -> int:
            with client.stream("GET", address) as answer:
                assert answer.status_code == 200, address
                return sum(len(piece) for piece in answer.iter_raw())

        text = client.get("/pekerja.js").text
        files = re.findall(r'"(/(?:static|luring)/[^"]+)"', text.splitlines()[0])
        assert len(files) > 8
        return sent("/pekerja.js") + sum(sent(one) for one in files if city.url + one not in line.carried)


def test_the_front_page_and_all_that_is_kept_for_later_are_small(device: Opener, city: LiveCity) -> None:
    line = first_load(device(PHONE), "/")
    assert line.bytes + worker_costs(city, line) <= HOME, line
    assert len(line.carried) <= MOST_REQUESTS, line
    assert all(url.startswith(city.url) for url in line.carried), "nobody else is asked for anything"


def test_a_form_page_is_small(device: Opener, city: LiveCity) -> None:
    window = device(PHONE)
    sign_up(window, city, "Wayan Sudarma")
    case_id = begin(window)
    for step in ("practice", "documents"):
        line = first_load(window, f"/sipeci/applications/{case_id}/form/{step}")
        assert line.bytes + worker_costs(city, line) <= FORM, line
        assert len(line.carried) <= MOST_REQUESTS, line


def test_who_saves_data_is_sent_no_letters(device: Opener, city: LiveCity) -> None:
    window = device(PHONE)
    window.context.set_extra_http_headers({"Save-Data": "on"})
    line = first_load(window, "/")
    assert not [url for url in line.carried if url.endswith(".woff2")], line
    assert line.bytes <= HOME / 2, line


def test_what_is_named_by_its_content_is_kept_for_good_and_sent_small(city: LiveCity) -> None:
    page = httpx.get(city.url, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    style = re.search(r'href="(/static/ui/city\.[0-9a-f]{12}\.css)"', page.text)
    assert style
    answer = httpx.get(city.url + style[1], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
