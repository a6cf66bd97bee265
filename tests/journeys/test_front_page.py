"""Anybody reads the front page, asks it something, and signs in by keyboard."""

from .conftest import Opener
from .people import EVERYBODY, PASSWORD
from .window import DESKTOP, PHONE, SMALL_PHONE, Window


def test_a_stranger_finds_a_service(phone: Window) -> None:
    phone.go("/").headed("Ada urusan apa hari ini?").look("beranda")
    phone.fill(q="mau urus sip dokter").press("Cari")
    phone.says("SIP Dokter").look("cari")
    phone.follow("SIP Dokter").headed("Surat Izin Praktik Dokter")
    phone.says("Gratis", "Berkas yang perlu disiapkan", "Paling besar 10 MB").look("layanan")
    phone.go("/bantuan").headed("Bantuan").look("bantuan")


def test_everything_public_fits_small_phones_desks_and_english(device: Opener) -> None:
    for size, language in ((SMALL_PHONE, "id"), (DESKTOP, "id"), (PHONE, "en")):
        window = device(size, language=language)
        for address in ("/", "/cari?q=reklame", "/bantuan", "/demo", "/sipeci/", "/sipeci/track", "/sipeci/verify"):
            window.go(address).look(f"{size[0]} {language} {address}")


def test_signing_in_by_keyboard_alone(desktop: Window) -> None:
    desktop.go("/")
    desktop.tab_to("Langsung ke isi").tab_to("Masuk").key("Enter")
    desktop.tab_to("Nomor telepon atau surel").type(EVERYBODY["raka"].sign_in)
    desktop.tab_to("Kata sandi").type(PASSWORD)
    desktop.key("Enter")
    desktop.says("Urusan saya", "dr. Raka Pratama")
    desktop.tab_to("Kotak masuk").key("Enter")
    desktop.headed("Kotak masuk").look("kotak masuk")
