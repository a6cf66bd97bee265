"""Who walks: the demo city's cast by their accounts, and newcomers with a KTP of their own."""

import itertools
import os
import re

from city.operate.demo.cast import EVERYBODY, PASSWORD

from .live import LiveCity
from .window import Window

OWN_PASSWORD = "garam laut pagi"
_next = itertools.count(int.from_bytes(os.urandom(2)) % 5000 + 1000)


def signed_in(window: Window, key: str) -> Window:
    """Sign in as one of the cast, by the form, as she would."""
    one = EVERYBODY[key]
    window.go("/masuk").fill(login=one.sign_in, password=PASSWORD)
    window.page.locator("main form").get_by_role("button", name="Masuk").click()
    window.page.wait_for_url(re.compile(r"^(?!.*/masuk$)"))
    return window


def new_nik() -> str:
    """A NIK of somebody who does not exist, born 14 March 1990."""
    return f"367299140390{next(_next) % 9000 + 999:04d}"


def new_address() -> str:
    return f"warga{next(_next)}.{os.getpid()}@contoh.example"


def newest_code(city: LiveCity, address: str) -> str:
    """The code on the demo page's newest message to an address."""
    body = city.one(
        "SELECT body FROM gateway_simulatedmessage WHERE kind = 'code' AND \"to\" = %s ORDER BY at DESC LIMIT 1",
        [address],
    )
    found = re.search(r"\b(\d{6})\b", body.replace(" ", ""))
    assert found, body
    return found[1]


def sign_up(window: Window, city: LiveCity, name: str) -> str:
    """Make an account with a KTP and an e-mail address; gives the address."""
    address = new_address()
    window.go("/masuk/daftar").fill(name=name, nik=new_nik(), address=address)
    window.press("Kirim kode")
    window.page.wait_for_url("**/masuk/kode")
    window.fill(code=newest_code(city, address))
    window.page.locator("main form").get_by_role("button").first.click()
    window.page.wait_for_url("**/masuk/sandi")
    window.fill(password=OWN_PASSWORD)
    window.page.locator("main form").get_by_role("button").first.click()
    window.page.wait_for_url(re.compile(r"^(?!.*/masuk)"))
    return address
