"""Hands on the keyboard alone: a doctor fills her form and sends it, and officials decide; the focus is always seen."""

from uuid import UUID

from .applicant import ANSWERS, DOCUMENTS, STEPS, case_in, choose, is_ready, papers_of
from .bank import a_bill
from .conftest import Opener
from .days import until
from .live import LiveCity
from .people import EVERYBODY, PASSWORD, sign_up, signed_in
from .window import DESKTOP, Window

NAME = "dr. Maria Goreti"
# What each field is called on the page, in the order Tab meets them; choices are made with the arrow keys.
CHOSEN = {"profession", "str_kind", "place_order", "facility_type", "kelurahan"}


def test_an_application_and_its_completeness_check_by_keyboard(device: Opener, city: LiveCity) -> None:
    window = device(DESKTOP)
    sign_up(window, city, NAME)
    window.go("/sipeci/kinds/sip_dokter").tab_to("Mulai mengisi").key("Enter")
    window.tab_to("Mulai mengisi").key("Enter")
    window.headed("Registrasi Anda")
    case_id = case_in(window)
    for step in STEPS:
        _answered(window, step)
        window.tab_to("Simpan dan lanjut").key("Enter")
    window.headed("Unggah berkas syarat")
    papers = papers_of(NAME)
    for code in DOCUMENTS:
        window.tab_to(_label_of(window, code))
        choose(window, code, papers[code])  # the system's own window for choosing files is not ours to walk
        is_ready(window, code)
    window.tab_to("Lanjut ke periksa isian").key("Enter")
    window.headed("Periksa, lalu kirim").tab_to("Kirim permohonan").key("Enter")
    window.says("Permohonan terkirim").look("terkirim")

    officer = device(DESKTOP)
    officer.go("/masuk").tab_to("Nomor telepon").type(EVERYBODY["dewi"].sign_in)
    officer.tab_to("Kata sandi").type(PASSWORD).key("Enter")
    officer.go("/sipeci/desk/")
    _open_by_keys(officer, str(case_id))
    for code in DOCUMENTS:
        officer.go(f"/sipeci/desk/{case_id}?look={code}").tab_to("Terima ").key("Enter")
    officer.tab_to("Nyatakan lengkap").key("Enter")
    officer.says("Dinyatakan lengkap").look("lengkap")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["registered"])


def test_a_bill_is_paid_and_cash_is_taken_by_keyboard(device: Opener, city: LiveCity) -> None:
    _case, bill, number = a_bill(city, "journey-keys", "sri")
    window = signed_in(device(DESKTOP), "sri")
    window.go("/bills").tab_to(_title_of(city, bill)).key("Enter")
    window.says("Bayar Rp1.620.000 paling lambat").tab_to("Bayar dengan virtual account").key("Enter")
    window.tab_to("Berperan sebagai nasabah bank tiruan").key("Enter")
    window.tab_to("Jumlah lain").type("1000000")
    window.tab_to("Bayar jumlah ini").key("Enter")
    window.says("uang dibayarkan")
    until(city, "SELECT paid FROM billing_bill WHERE id = %s", [bill], [1_000_000])

    tri = signed_in(device(DESKTOP), "tri")
    tri.go("/simral/treasury").tab_to("Nomor tagihan").type(number).key("Enter")
    tri.tab_to("Uang yang diterima").tab_to("Terima uang tunai").key("Enter")
    tri.says("Rp620.000").look("tunai diterima")
    until(city, "SELECT state FROM billing_bill WHERE id = %s", [bill], ["settled"])


def _title_of(city: LiveCity, bill: UUID) -> str:
    return str(city.one("SELECT title FROM billing_bill WHERE id = %s", [bill]))


def _answered(window: Window, step: str) -> None:
    """Tab to each question and type; choices by arrows and the space bar."""
    for code in STEPS[step]:
        answer = {**ANSWERS, "holder_name": NAME}.get(code)
        if not answer:
            continue
        _focus(window, code)
        kind = window.page.evaluate("document.activeElement.type")
        if kind == "radio":
            _choose_radio(window, answer)
        elif kind == "select-one":
            window.type(_words_of_option(window, code, answer))
        elif kind == "date":
            month, day, year = answer[5:7], answer[8:10], answer[:4]
            window.type(f"{month}{day}{year}")
        else:
            window.page.keyboard.press("ControlOrMeta+A")
            window.type(answer)


def _focus(window: Window, code: str, most: int = 60) -> None:
    for _step in range(most):
        window.page.keyboard.press("Tab")
        if window.page.evaluate("document.activeElement.name") == code:
            return
    raise AssertionError(f"Tab never reaches the field {code} on {window.path}")


def _choose_radio(window: Window, answer: str, most: int = 6) -> None:
    window.page.keyboard.press("Space")
    for _step in range(most):
        if window.page.evaluate("document.activeElement.value") == answer:
            return
        window.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never reach {answer}")


def _words_of_option(window: Window, code: str, answer: str) -> str:
    return window.page.locator(f"[name={code}] option[value='{answer}']").inner_text()


def _label_of(window: Window, code: str) -> str:
    name = window.page.locator(f"#d-{code}-file").get_attribute("aria-label")
    assert name
    return name.split(". ")[0]


def _open_by_keys(window: Window, case_id: str, most: int = 30) -> None:
    """J walks the queue, Enter opens."""
    for _step in range(most):
        window.page.keyboard.press("j")
        if case_id in str(window.page.evaluate("document.activeElement.getAttribute('href')")):
            window.key("Enter")
            return
    raise AssertionError("J never reaches the case")
