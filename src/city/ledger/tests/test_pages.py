"""The books on the screen: who may look, what stands there, and the way from a figure to its paper."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from city.kernel.keyring import ensure_keys
from city.kernel.models import EventRecord
from city.ledger.declare import SOURCES
from city.ledger.tests.make import AT, CASH_BUD, RECEIVABLE, a_document, agencies, posted
from city.people.tests.make import a_person, an_account, an_appointment, an_office
from city.ui.tests.browser import DESKTOP, PHONE, SMALL_PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]
TRIAL = "/simral/ledger/trial-balance"
Signed = Callable[..., Client]


@pytest.fixture(autouse=True)
def _city(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    SOURCES.add("tests.paper", lambda paper: ("Surat contoh", f"/contoh/{paper}"))
    yield
    del SOURCES._things["tests.paper"]


def signed_in(*permissions: str, at: datetime = AT) -> Client:
    """An official whose office has these permissions."""
    person = a_person("Rina Contoh")
    appointment = an_appointment(person, an_office("bpkad.books", "Akuntan", *permissions))
    client = Client()
    client.force_login(an_account(person, email="rina@contoh.id", phone="081200000001"))
    session = client.session
    session["appointment"] = str(appointment.pk)
    session.save()
    return client


def books() -> str:
    """An assessment of Rp1.620.000 and a payment of Rp5,05; the payment's id."""
    agencies("BPKAD")
    posted(a_document())
    [note] = posted(a_document("NK", amount=505))
    return str(note.id)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("address", [TRIAL, f"/simral/ledger/accounts/{RECEIVABLE}", "document"])
def test_the_books_are_for_those_who_keep_or_audit_them(db: None, address: str) -> None:
    address = f"/simral/ledger/documents/{books()}" if address == "document" else address
    assert Client().get(address).status_code == 302
    assert signed_in("permits.verify").get(address).status_code == 403


@pytest.mark.parametrize("permission", ["ledger.read", "audit.read"])
def test_from_the_trial_balance_to_the_paper(db: None, permission: str) -> None:
    note = books()
    client = signed_in(permission)
    said = words(client, f"{TRIAL}?entity=BPKAD")
    assert f"{RECEIVABLE} Piutang Retribusi Penyewaan Tanah dan Bangunan 0 1.620.000 5,05 1.619.994,95" in said
    said = words(client, f"/simral/ledger/accounts/{RECEIVABLE}?entity=BPKAD")
    assert "NK/BPKAD/2026/000001" in said
    assert "1.619.994,95" in said
    page = client.get(f"/simral/ledger/documents/{note}").content.decode()
    assert re.search(r'href="/contoh/[0-9a-f-]{36}">Surat contoh', page)
    assert EventRecord.objects.filter(subject_kind="ledger").count() == 0


def test_who_has_an_account(db: None) -> None:
    books()
    said = words(signed_in("ledger.read"), f"/simral/ledger/accounts/{CASH_BUD}")
    assert "PPKD 5,05" in said


def test_a_wrong_question_is_answered_in_words(db: None) -> None:
    client = signed_in("ledger.read")
    for query, sentence in (
        ("year=1", "Isi tahun antara 2021 dan 2100."),
        ("book=laba", "Pilih buku dari daftar."),
        ("entity=XYZ", "Pilih entitas dari daftar."),
        ("month=14", "Pilih bulan dari daftar."),
    ):
        answer = client.get(f"{TRIAL}?{query}")
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert client.get("/simral/ledger/accounts/9.9.9").status_code == 404
    assert client.get("/simral/ledger/documents/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_trial_balance_pages_by_account(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    books()
    monkeypatch.setattr("city.ledger.views.books.ROWS", 2)
    client = signed_in("ledger.read")
    address, seen = TRIAL, []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'href="/simral/ledger/accounts/([0-9.]+)\?', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)
    assert client.get(f"{TRIAL}?rows=all").content.decode().count("/simral/ledger/accounts/") == 5


def test_axe_finds_nothing(loop_allowed: None, own_city: str, windows: Windows) -> None:
    note, client = books(), signed_in("ledger.read")
    addresses = (
        TRIAL,
        f"{TRIAL}?year=1",
        f"/simral/ledger/accounts/{RECEIVABLE}?entity=BPKAD",
        f"/simral/ledger/accounts/{CASH_BUD}",
        f"/simral/ledger/documents/{note}",
    )
    for size in (DESKTOP, PHONE, SMALL_PHONE):
        page = windows.of(client, size=size)
        for address in addresses:
            page.goto(address)
            assert faults_of(page) == [], (address, size)
