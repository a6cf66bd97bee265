"""The library's pages as readers meet them: without script, in both languages, and in a real browser."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from city.kernel.ids import new_id
from city.library.models import Work
from city.library.tests.make import a_catalogue, a_record, field
from city.ui.tests.browser import DESKTOP, PHONE, SMALL_PHONE, Windows, faults_of

PRAM = {"creator": "Toer, Pramoedya Ananta", "dates": "1925-2006"}


def a_small_catalogue() -> None:
    a_catalogue(
        a_record("Bumi manusia", **PRAM, publisher="Hasta Mitra", isbn="979-3062-27-4", subject="Novel", barcode="B1"),
        a_record("Bumi manusia", **PRAM, publisher="Lentera Dipantara", year="2005"),
        a_record("Sitti Nurbaya", creator="Rusli, Marah", year="1922"),
        a_record("The history of Java", creator="Raffles, Thomas Stamford", year="1817", language="eng"),
        *(a_record(f"Peta Cilegon lembar {n}", leader="nem", year=str(1990 + n)) for n in range(24)),
    )


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.mark.django_db
def test_an_empty_library_says_so(client: Client) -> None:
    assert "Katalog masih kosong" in text_of(client, "/pustaka/")
    assert "Katalog masih kosong" in text_of(client, "/pustaka/works")
    assert "Tidak ada judul yang cocok" in text_of(client, "/pustaka/works?q=apa")


@pytest.mark.django_db
def test_a_reader_searches_narrows_and_opens_a_title(client: Client) -> None:
    a_small_catalogue()
    front = text_of(client, "/pustaka/")
    assert "27 judul di katalog" in front
    found = text_of(client, "/pustaka/works?q=Siti+Noerbaja")
    assert "1 judul" in found
    assert "Sitti Nurbaya" in found
    narrowed = text_of(client, "/pustaka/works?q=&language=eng")
    assert "The history of Java" in narrowed
    assert "Sitti Nurbaya" not in narrowed
    work = Work.objects.get(title="Bumi manusia")
    title = text_of(client, f"/pustaka/works/{work.pk}")
    assert "2 edisi" in title
    assert "Hasta Mitra" in title
    assert "1 eksemplar cetak" in title
    assert "899.221 3" in title


@pytest.mark.django_db
def test_a_translation_is_listed_under_the_title_known_here(client: Client) -> None:
    letters = {"creator": "Kartini"}
    known = a_record("Habis gelap terbitlah terang", **letters, year="1922")
    known.add_ordered_field(field("240", "a", "Door duisternis tot licht"))
    a_catalogue(a_record("Door duisternis tot licht", **letters, year="1911", language="dut"), known)
    assert "Habis gelap terbitlah terang" in text_of(client, "/pustaka/works?q=door+duisternis")
    page = text_of(client, f"/pustaka/works/{Work.objects.get().pk}")
    assert "Judul asli: Door duisternis tot licht" in page
    assert "2 edisi" in page


@pytest.mark.django_db
def test_pages_page_by_key(client: Client) -> None:
    a_small_catalogue()
    first = client.get("/pustaka/works?q=peta").content.decode()
    assert 'rel="next"' in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    rest = text_of(client, following)
    assert rest.count("Peta Cilegon lembar") == 4
    assert "Dari awal" in rest


@pytest.mark.django_db
def test_in_english(client: Client) -> None:
    a_small_catalogue()
    client.cookies["bahasa"] = "en"
    assert "What would you like to read?" in text_of(client, "/pustaka/")
    found = text_of(client, "/pustaka/works?q=perpustkan+java")
    assert "We read it as" in found or "No title matches" in found
    assert "English" in text_of(client, "/pustaka/works?language=eng")


@pytest.mark.django_db
def test_bad_addresses_are_answered_kindly(client: Client) -> None:
    a_small_catalogue()
    for address in ("language=xx'", "kind=%3Cscript%3E", "decade=abcd", "decade=99999", "sesudah=zz&q=peta"):
        assert client.get(f"/pustaka/works?{address}").status_code == 200
    assert "salah satu angkanya" in text_of(client, "/pustaka/works?q=979-3062-27-5")
    text_of(client, f"/pustaka/works/{new_id()}", 404)
    text_of(client, "/pustaka/works/bukan-id", 404)


def test_the_library_is_found_from_the_front_page(own_city: str, client: Client) -> None:
    assert client.get("/").content.decode().count('href="/pustaka/"') >= 2, "in the frame and among the doors"


def test_pages_have_no_fault_on_any_screen(loop_allowed: None, own_city: str, windows: Windows, client: Client) -> None:
    a_small_catalogue()
    work = Work.objects.get(title="Bumi manusia")
    addresses = ["/pustaka/", "/pustaka/works?q=perpustkaan+peta&decade=1990", "/pustaka/works?q=qqqq"]
    addresses += ["/pustaka/works?q=979-3062-27-5", f"/pustaka/works/{work.pk}"]
    for size in (DESKTOP, SMALL_PHONE):
        page = windows.of(client, size=size, script=size == DESKTOP)
        for address in addresses:
            page.goto(address)
            if size == DESKTOP:
                assert faults_of(page) == [], address
            width = page.locator("html").bounding_box()
            assert width is not None
            assert width["width"] <= size[0], address
            assert page.locator("h1").count() == 1, address


def test_a_search_without_script_from_front_to_title(
    loop_allowed: None, own_city: str, windows: Windows, client: Client
) -> None:
    a_small_catalogue()
    page = windows.of(client, size=PHONE, script=False)
    page.goto("/pustaka/")
    page.get_by_label("Cari judul, pengarang, subjek, atau ISBN").fill("Siti Noerbaja")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Sitti Nurbaya").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sitti Nurbaya"
