"""What the city promises, in both languages: catalogue, a kind before sign-in, its standard in fourteen parts, help."""

import pytest

from .conftest import Opener
from .window import DESKTOP, PHONE, SMALL_PHONE, Window

PARTS = {
    "id": [
        "Persyaratan",
        "Sistem, mekanisme, dan prosedur",
        "Jangka waktu",
        "Biaya",
        "Produk layanan",
        "Penanganan pengaduan",
        "Dasar hukum",
        "Sarana, prasarana, dan fasilitas",
        "Kompetensi pelaksana",
        "Pengawasan internal",
        "Jumlah pelaksana",
        "Jaminan pelayanan",
        "Jaminan keamanan dan keselamatan",
        "Evaluasi kinerja pelaksana",
    ],
    "en": [
        "Requirements",
        "System, mechanism and procedure",
        "Time",
        "Fee",
        "Product",
        "Complaints",
        "Legal basis",
        "Facilities",
        "Competence of staff",
        "Internal supervision",
        "Number of staff",
        "Guarantee of service",
        "Guarantee of safety and security",
        "Evaluation of performance",
    ],
}
INDONESIAN = ("Syarat", "hari kerja", "Berkas", "Gratis", "Belum", "Masuk", "Bantuan", "Perizinan", "Contoh,")
KINDS = {
    "sip_dokter": ("SIP Dokter", "Surat Izin Praktik Dokter", "Pasfoto 4 × 6"),
    "surat_penelitian": ("Surat keterangan penelitian", "Surat Keterangan Penelitian", "Proposal penelitian"),
}


def _parts(window: Window) -> list[str]:
    return window.page.locator("ol.standard h2").all_inner_texts()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_everything_is_told_before_sign_in(phone: Window, kind: str) -> None:
    name, long_name, document = KINDS[kind]
    phone.go("/sipeci/").headed("Izin apa yang Anda perlukan?").says("SIP Dokter", "Surat keterangan penelitian")
    phone.look("katalog").follow(name).headed(long_name)
    phone.says("Gratis", "hari kerja, paling lama", "Contoh, belum ditetapkan", document, "paling besar 10")
    phone.says("terbit dengan sendirinya", "Mal Pelayanan Publik").look(f"{kind}")
    phone.follow("Standar pelayanan").headed(f"Standar pelayanan {name}")
    assert _parts(phone) == PARTS["id"]
    for part in phone.page.locator("ol.standard > li").all():
        assert len(part.inner_text().split("\n", 1)[1].strip()) > 5, part.inner_text()
    phone.says("Contoh, belum ditetapkan", "UU 30/2014").look(f"standar {kind}")
    phone.page.go_back()
    phone.follow("Mulai mengisi")
    assert phone.path.startswith("/masuk")
    assert "next=" in phone.path or "sesudah=" in phone.path, phone.path


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_standard_in_english_at_a_desk(desktop: Window, kind: str) -> None:
    desktop.go(f"/sipeci/kinds/{kind}/standard").look(f"standar {kind}")
    desktop.page.locator("details.menu summary").first.click()
    desktop.press("English")
    assert desktop.path == f"/sipeci/kinds/{kind}/standard"
    assert desktop.page.locator("html").get_attribute("lang") == "en"
    assert _parts(desktop) == PARTS["en"]
    desktop.says("5 working days", "Free").look(f"standard {kind}")
    _says_nothing_indonesian(desktop)
    desktop.go(f"/sipeci/kinds/{kind}").look(f"{kind} in English")
    _says_nothing_indonesian(desktop)
    desktop.page.locator("details.menu summary").first.click()
    desktop.press("Bahasa Indonesia").says("Berkas yang perlu disiapkan")


def _says_nothing_indonesian(window: Window) -> None:
    left = [word for word in INDONESIAN if word in window.page.locator("main").inner_text()]
    assert left == [], left


def test_help_and_catalogue_fit_every_screen_in_both_languages(device: Opener) -> None:
    for size, language in ((SMALL_PHONE, "id"), (PHONE, "en"), (DESKTOP, "id"), (DESKTOP, "en")):
        window = device(size, language=language)
        for address in ("/bantuan", "/sipeci/", "/sipeci/kinds/sip_dokter", "/sipeci/kinds/sip_dokter/standard"):
            window.go(address).look(f"{size[0]} {language} {address}")
            if language == "en":
                _says_nothing_indonesian(window)


def test_a_service_that_does_not_exist(phone: Window) -> None:
    phone.go("/sipeci/kinds/izin_terbang", status=404).says("Layanan ini tidak ada").look("tidak ada")
