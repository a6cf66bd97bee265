"""On the way home the signal goes: what is typed and photographed stays in the phone, and arrives once."""

import json
from uuid import UUID

import pytest
from playwright.sync_api import expect

from city.ui.tests.browser import becomes

from .applicant import begin, fill_form, papers_of
from .conftest import Opener
from .days import until
from .live import LiveCity
from .people import OWN_PASSWORD, sign_up
from .window import PATIENCE, PHONE, Window

IN_PHONE = "Tersimpan di ponsel ini, belum terkirim"
ARRIVED = "SELECT count(*) FROM cases_delivery WHERE case_id = %s"
ANSWERED = "SELECT count(*) FROM cases_answer WHERE case_id = %s AND field = 'str_number'"
HAS_FILE = "SELECT count(*) FROM cases_requireddocument WHERE case_id = %s AND code = 'ktp' AND file_id IS NOT NULL"
# Every word that the outbox says of a thing, heard in the page.
HEAR = """() => {
  window.heard = [];
  new BroadcastChannel("outbox").addEventListener("message", (event) => heard.push(event.data.became));
}"""


def settled(window: Window) -> Window:
    """The worker has taken over this device."""
    becomes(window.page, "navigator.serviceWorker.controller !== null")
    return window


def things(window: Window) -> list[dict[str, object]]:
    """What waits in this phone."""
    return json.loads(window.page.evaluate("outbox.all().then((all) => JSON.stringify(all))"))  # type: ignore[no-any-return]


def offline(window: Window, yes: bool = True) -> Window:
    window.context.set_offline(yes)
    return window


def state_says(window: Window, words: str) -> None:
    expect(window.page.locator("p[data-save-state]")).to_contain_text(words, timeout=PATIENCE)


def typed_without_a_line(window: Window, text: str) -> Window:
    offline(window).fill(str_number=text)
    state_says(window, IN_PHONE)
    return window


def a_form(device: Opener, city: LiveCity, name: str) -> tuple[Window, UUID, str]:
    window = device(PHONE, worker=True)
    address = sign_up(window, city, name)
    case_id = begin(window)
    return settled(window), case_id, address


def test_answers_typed_without_a_line_arrive_once(device: Opener, city: LiveCity) -> None:
    window, case_id, _address = a_form(device, city, "Rina Marlina")
    typed_without_a_line(window, "AB 12 345").look("belum terkirim")
    window.press("Simpan dan lanjut")
    window.headed("Registrasi Anda")
    state_says(window, IN_PHONE)
    assert city.one(ANSWERED, [case_id]) == 0
    window.page.reload()
    window.headed("Ponsel Anda tidak tersambung").says("Belum terkirim, tersimpan di ponsel ini: 1").look("luring")
    window.page.evaluate(HEAR)
    offline(window, False)
    until(city, ANSWERED, [case_id], [1])
    becomes(window.page, "outbox.all().then((all) => all.length === 0)")
    assert window.page.evaluate("heard") == ["delivered"]
    assert city.one(ARRIVED, [case_id]) == 1
    window.follow("Coba lagi").headed("Registrasi Anda")
    assert window.page.locator("[name=str_number]").input_value() == "AB 12 345"


@pytest.mark.slow
def test_both_ways_of_delivery_at_once_deliver_once(device: Opener, city: LiveCity) -> None:
    window, case_id, _address = a_form(device, city, "Ujang Suherman")
    typed_without_a_line(window, "CD 67 890")
    window.page.evaluate(HEAR)
    found: list[str] = []
    devtools = window.context.new_cdp_session(window.page)
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    window.page.wait_for_timeout(500)
    offline(window, False)  # the page hears `online`
    woken = {"origin": city.url, "registrationId": found[-1], "tag": "outbox", "lastChance": False}
    for _again in range(3):  # and the browser wakes the worker
        devtools.send("ServiceWorker.dispatchSyncEvent", woken)
    state_says(window, "di akun Anda")
    window.page.wait_for_timeout(1_000)
    assert window.page.evaluate("heard") == ["delivered"]
    assert city.one(ARRIVED, [case_id]) == 1
    assert things(window) == []


@pytest.mark.slow
def test_the_server_dies_between_and_answers_arrive_once(device: Opener, city: LiveCity) -> None:
    window, case_id, _address = a_form(device, city, "Siti Aminah")
    with city.without("web"):
        window.fill(str_number="EF 11 222")
        state_says(window, IN_PHONE)
        window.fill(str_number="EF 11 223")
        window.page.reload()
        window.headed("Ponsel Anda tidak tersambung")
    window.go(f"/sipeci/applications/{case_id}/form/practice")
    state_says(window, "di akun Anda")
    assert window.page.locator("[name=str_number]").input_value() == "EF 11 223"
    assert city.one(ARRIVED, [case_id]) == 1
    assert city.one(ANSWERED, [case_id]) == 1


def chosen(window: Window, name: str) -> None:
    file, kind, content = papers_of(name)["ktp"]
    picker = window.page.locator("#d-ktp-file")
    picker.set_input_files({"name": file, "mimeType": kind, "buffer": content})
    expect(window.page.locator("#d-ktp [data-progress-words]")).to_contain_text(IN_PHONE, timeout=PATIENCE)


def at_the_documents(device: Opener, city: LiveCity, name: str) -> tuple[Window, UUID]:
    window, case_id, _address = a_form(device, city, name)
    return fill_form(window, name), case_id


@pytest.mark.slow
def test_a_photo_chosen_without_a_line_arrives_once_though_its_page_is_closed(device: Opener, city: LiveCity) -> None:
    name = "Made Wirawan"
    window, case_id = at_the_documents(device, city, name)
    chosen(offline(window), name)
    window.look("foto belum terkirim")
    window.page.reload()
    window.says("Belum terkirim, tersimpan di ponsel ini: 1")
    window.page.evaluate(HEAR)
    offline(window, False)
    until(city, HAS_FILE, [case_id], [1])
    becomes(window.page, "outbox.all().then((all) => all.length === 0)")
    assert window.page.evaluate("heard") == ["delivered"]
    files = city.rows("SELECT name FROM documents_storedfile WHERE purpose = %s", [f"case:{case_id}:ktp"])
    assert len(files) == 1
    window.follow("Coba lagi")
    expect(window.page.locator("#d-ktp")).to_contain_text("Siap dikirim", timeout=PATIENCE)


@pytest.mark.slow
@pytest.mark.parametrize("program", ["web", "uploads"])
def test_a_program_dies_between_and_the_photo_arrives_once(device: Opener, city: LiveCity, program: str) -> None:
    name = "Yohana Rumbiak"
    window, case_id = at_the_documents(device, city, name)
    with city.without(program):
        chosen(window, name)
    expect(window.page.locator("#d-ktp")).to_contain_text("Siap dikirim", timeout=2 * PATIENCE)
    files = city.rows("SELECT state FROM documents_storedfile WHERE purpose = %s", [f"case:{case_id}:ktp"])
    assert files == [("ready",)]
    assert city.one("SELECT version FROM cases_requireddocument WHERE case_id = %s AND code = 'ktp'", [case_id]) == 1
    assert things(window) == []


@pytest.mark.slow
def test_on_a_shared_phone_nobody_sees_or_sends_what_another_typed(device: Opener, city: LiveCity) -> None:
    window, case_id, address = a_form(device, city, "Lim Mei Hua")
    typed_without_a_line(window, "GH 33 444")
    window.context.clear_cookies()  # her session is over; she did not sign out
    window.page.goto("about:blank")
    offline(window, False)
    window.go("/")
    window.page.wait_for_timeout(500)
    assert len(things(window)) == 1, "kept for her, while nobody is signed in"
    sign_up(window, city, "Orang Lain")
    becomes(window.go("/").page, "outbox.all().then((all) => all.length === 0)")
    window.page.context.clear_cookies()
    window.go("/masuk").fill(login=address, password=OWN_PASSWORD)
    window.page.locator("main form").get_by_role("button", name="Masuk").click()
    window.go(f"/sipeci/applications/{case_id}/form/practice")
    assert city.one(ANSWERED, [case_id]) == 0
    assert city.one(ARRIVED, [case_id]) == 0


@pytest.mark.slow
def test_signing_out_sends_what_waits_and_leaves_nothing_behind(device: Opener, city: LiveCity) -> None:
    window, case_id, _address = a_form(device, city, "Dewa Ayu")
    typed_without_a_line(window, "IJ 55 666")
    window.page.goto("about:blank")
    offline(window, False)
    window.go("/masuk/keluar").page.locator("main form").get_by_role("button", name="Keluar").click()
    window.page.wait_for_url("**/")
    assert things(window) == []
    until(city, ARRIVED, [case_id], [1])
    assert window.page.evaluate("Object.keys(sessionStorage)") == []
