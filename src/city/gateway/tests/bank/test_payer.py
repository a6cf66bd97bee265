"""The demo page where a visitor plays the payer: with a running bank, without one, and outside the demo city."""

import io
from typing import Any
from urllib.parse import quote

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from city.gateway.agencies.bank.snap import SnapBank
from city.gateway.tests.bank.make import NOWHERE, BankProcess, a_qris_order, an_account_order

pytestmark = pytest.mark.django_db
PAGE = "/demo/bank"


@pytest.fixture
def connected(running: BankProcess, settings: Any) -> None:
    settings.BANK_URL = running.url


def a_photo(text: str) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=4)
    return SimpleUploadedFile("kode.png", drawn.getvalue(), "image/png")


def shown(client: Client, code: str, **more: Any) -> str:
    return client.get(f"{PAGE}?kode={quote(code)}", **more).content.decode()


@pytest.mark.usefixtures("connected")
def test_a_photographed_code_leads_to_its_order_and_is_paid(client: Client, bank: SnapBank) -> None:
    code = bank.ask_qris(a_qris_order(123_456))
    found = client.post(PAGE, {"photo": a_photo(code.payload)})
    assert found.status_code == 303
    page = client.get(found["Location"]).content.decode()
    assert "SIMULASI" in page
    assert "Rp123.456" in page
    assert "SKRD 0001/DPUPR/2026" in page
    paid = client.post(f"{PAGE}/acts", {"code": code.payload, "act": "drop"}, follow=True).content.decode()
    assert "Simulasi: uang dibayarkan." in paid
    assert "Tidak pernah dikirim" in paid
    assert [one.amount for one in bank.inquire("qris", code.reference)] == [123_456]


@pytest.mark.usefixtures("connected")
def test_an_account_number_may_be_typed_with_spaces_and_another_amount_paid(client: Client, bank: SnapBank) -> None:
    number = bank.ask_account(an_account_order()).number
    spaced = " ".join(number[place : place + 4] for place in range(0, len(number), 4))
    assert "Virtual account" in shown(client, spaced)
    client.post(f"{PAGE}/acts", {"code": number, "act": "amount", "amount": "7000"})
    assert [one.amount for one in bank.inquire("va", number)] == [7_000]
    unsaid = client.post(f"{PAGE}/acts", {"code": number, "act": "amount"}, follow=True).content.decode()
    assert "Ketik jumlah lain" in unsaid
    assert len(bank.inquire("va", number)) == 1


@pytest.mark.usefixtures("connected")
def test_a_forgery_moves_no_money(client: Client, bank: SnapBank) -> None:
    code = bank.ask_qris(a_qris_order())
    told = client.post(f"{PAGE}/acts", {"code": code.payload, "act": "forge"}, follow=True).content.decode()
    assert "Palsu, tanda tangannya salah" in told
    assert bank.inquire("qris", code.reference) == []


@pytest.mark.usefixtures("connected")
def test_the_bank_may_be_switched_off_and_on(client: Client, running: BankProcess) -> None:
    gone = client.post(f"{PAGE}/outage", {"seconds": "60"}, follow=True).content.decode()
    back = client.post(f"{PAGE}/outage", {"seconds": "0"}, follow=True).content.decode()
    assert "selama 60 detik" in gone
    assert "menjawab lagi" in back


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Tempel isi kode QRIS"),
        ({"photo": SimpleUploadedFile("a.png", b"bukan gambar", "image/png")}, "bukan gambar PNG"),
        ({"code": "9" * 513}, "512"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(client: Client, told: dict[str, Any], sentence: str) -> None:
    answer = client.post(PAGE, told)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.usefixtures("connected")
def test_a_code_nobody_gave_out_and_an_act_nobody_knows(client: Client) -> None:
    assert "tidak mengenal kode ini" in shown(client, "88001000000000000")
    wrong = client.post(f"{PAGE}/acts", {"code": "1", "act": "rob"}, follow=True).content.decode()
    assert "Tindakan ini tidak dikenal" in wrong
    unknown = client.post(f"{PAGE}/acts", {"code": "1", "act": "pay"}, follow=True).content.decode()
    assert "kode tidak dikenal" in unknown


def test_without_a_bank_the_page_says_so(client: Client, settings: Any) -> None:
    settings.BANK_URL = NOWHERE
    assert "Bank contoh tidak berjalan" in shown(client, "1")
    tried = client.post(f"{PAGE}/acts", {"code": "1", "act": "pay"}, follow=True).content.decode()
    assert "Tidak ada yang dibayar" in tried


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "/acts"), ("post", "/outage")])
def test_outside_the_demo_city_there_is_no_such_page(client: Client, settings: Any, method: str, path: str) -> None:
    settings.DEMO = False
    assert getattr(client, method)(PAGE + path).status_code == 404


@pytest.mark.usefixtures("connected")
def test_it_is_there_in_english(client: Client, bank: SnapBank) -> None:
    client.cookies["bahasa"] = "en"
    page = shown(client, bank.ask_qris(a_qris_order()).payload)
    assert "Sample bank: the payer" in page
    assert "SIMULATION" in page
