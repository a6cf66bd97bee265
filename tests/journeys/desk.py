"""What officials do at their desks, by the buttons they read."""

from uuid import UUID

from city.operate.demo.cast import PASSPHRASE

from .window import Window


def at_case(window: Window, case_id: UUID, **look: str) -> Window:
    """The officer's page of a case; `look="ktp"` shows that document."""
    asked = "&".join(f"{name}={value}" for name, value in look.items())
    return window.go(f"/sipeci/desk/{case_id}" + (f"?{asked}" if asked else ""))


def accept_all(window: Window, case_id: UUID, *, but: str = "") -> Window:
    """Look at each document in turn and accept it."""
    at_case(window, case_id)
    for code in [c for c in _documents(window) if c != but]:
        at_case(window, case_id, look=code)
        if window.page.get_by_role("button", name="Terima ").count():
            window.press("Terima ")
            window.page.wait_for_load_state()
    return at_case(window, case_id)


def _documents(window: Window) -> list[str]:
    links = window.page.locator("#periksa ul.items a[href*='look=']")
    return [str(link.get_attribute("href")).split("look=")[1].split("&")[0] for link in links.all()]


def register(window: Window, case_id: UUID) -> Window:
    accept_all(window, case_id).press("Nyatakan lengkap")
    return window.says("Dinyatakan lengkap")


def send_back(window: Window, case_id: UUID, document: str, message: str) -> Window:
    """Everything accepted but one document, which goes back with a coded defect."""
    accept_all(window, case_id, but=document)
    at_case(window, case_id, look=document)
    window.page.get_by_text("Tandai cacat").first.click()
    window.fill(code="unreadable", message=message).press("Tambahkan cacat")
    window.says(message).press("Kembalikan dengan 1 cacat")
    return window.says("Menunggu pemohon")


def examine(window: Window, case_id: UUID) -> Window:
    return at_case(window, case_id).press("Isi sesuai, teruskan")


def review(window: Window, case_id: UUID, opinion: str = "recommended", reason: str = "") -> Window:
    at_case(window, case_id).fill(opinion=opinion)
    if reason:
        window.fill(reason=reason)
    return window.press("Kirim kajian")


def draft(window: Window, case_id: UUID) -> Window:
    return at_case(window, case_id).fill(outcome="grant").press("Buat konsep dan kirim ke paraf")


def draft_refusal(window: Window, case_id: UUID, code: str, text: str) -> Window:
    at_case(window, case_id).fill(outcome="refuse", refusal_code=code, refusal_text=text)
    return window.press("Buat konsep dan kirim ke paraf")


def initial(window: Window, case_id: UUID) -> Window:
    return at_case(window, case_id).press("Paraf konsep ini")


def sign(window: Window, case_id: UUID, passphrase: str = PASSPHRASE, *, refusal: bool = False) -> Window:
    at_case(window, case_id)
    window.reload_until(lambda w: w.page.locator("[name=passphrase]").count() > 0, "the prepared paper")
    window.fill(passphrase=passphrase)
    return window.press("Tandatangani penolakan" if refusal else "Tandatangani keputusan")
