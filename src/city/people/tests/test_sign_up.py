"""A new account in three pages, without script."""

import re

import pytest
from django.test import Client

from city.kernel.messages import Message
from city.people import actions, queries
from city.people.actions import NewPerson
from city.people.models import Account, Code
from city.people.tests.make import AT, CITY, PASSWORD, a_nik, a_person, an_account

pytestmark = pytest.mark.django_db


def start(client: Client, **typed: str) -> str:
    """Send page one; the address of the page it leads to, or "" when it stays."""
    page = client.get("/masuk/daftar").content.decode()
    found = re.search(r'name="code_id" value="([^"]+)"', page)
    assert found
    answer = client.post("/masuk/daftar", {"code_id": found[1], **typed})
    return answer.headers.get("Location", "")


def secret_of(message: Message) -> str:
    found = re.search(r"\b\d{6}\b", message.body)
    assert found
    return found[0]


def test_from_ktp_to_account(client: Client, sent: list[Message]) -> None:
    nik = a_nik()
    assert start(client, name="dr. Ni Luh Ayu D'Souza", nik=nik, address="0812 3456 7890") == "/masuk/kode"
    assert not Account.objects.exists()
    assert client.post("/masuk/kode", {"code": secret_of(sent[0])}).headers["Location"] == "/masuk/sandi"
    done = client.post("/masuk/sandi", {"password": PASSWORD})
    assert done.status_code in (302, 303)
    account = Account.objects.get(phone="+6281234567890")
    assert account.person.name == "dr. Ni Luh Ayu D'Souza"
    assert queries.person_with_nik(nik) == account.person
    assert account.password.startswith("argon2")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Code.objects.get().facts is None


def test_back_and_again_makes_no_second_account(client: Client, sent: list[Message]) -> None:
    start(client, name="Sri", nik=a_nik(), address="sri@contoh.id")
    client.post("/masuk/kode", {"code": secret_of(sent[0])})
    client.post("/masuk/sandi", {"password": PASSWORD})
    client.post("/masuk/sandi", {"password": PASSWORD})
    assert Account.objects.count() == 1


def test_wrong_input_keeps_the_right_part(client: Client, sent: list[Message]) -> None:
    page = client.post(
        "/masuk/daftar",
        {"code_id": "0199d7a0-0000-7000-8000-000000000001", "name": "Sri D'Souza", "nik": "36729", "address": "0812"},
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "NIK harus 16 angka. Anda mengetik 5." in text
    assert "Alamat ini tidak lengkap." in text
    assert 'value="Sri D&#39;Souza"' in text
    assert not sent


def test_a_password_too_short_is_said_plainly(client: Client, sent: list[Message]) -> None:
    start(client, name="Sri", nik=a_nik(), address="sri@contoh.id")
    client.post("/masuk/kode", {"code": secret_of(sent[0])})
    page = client.post("/masuk/sandi", {"password": "garam"})
    assert "Kata sandi minimal 10 huruf atau angka." in page.content.decode()
    assert not Account.objects.exists()


def test_a_taken_address_looks_the_same_as_a_free_one(client: Client, sent: list[Message]) -> None:
    an_account(email="ada@contoh.id")
    taken = start(client, name="Sri", nik=a_nik(), address="ada@contoh.id")
    there = client.get("/masuk/kode").content.decode()
    free = start(Client(), name="Sri", nik=a_nik(), address="tak@contoh.id")
    assert taken == free == "/masuk/kode"
    assert "ada@contoh.id" in there
    assert "akun Kota Pintar" not in there


def test_knowing_a_nik_is_not_being_that_person(client: Client, sent: list[Message]) -> None:
    nik = a_nik()
    victim = a_person("Sofyan Hadi", nik, phone="081299998888")
    start(client, name="Sofyan Hadi", nik=nik, address="penipu@contoh.id")
    page = client.post("/masuk/kode", {"code": secret_of(sent[0])})
    assert page.status_code == 409
    assert "bawa KTP" in page.content.decode()
    assert client.post("/masuk/sandi", {"password": PASSWORD}).headers["Location"] != "/"
    assert not Account.objects.filter(person=victim).exists()


def test_who_was_registered_at_the_counter_continues_with_her_phone(client: Client, sent: list[Message]) -> None:
    nik = a_nik()
    known = actions.register_person(name="Sofyan Hadi", nik=nik, by=CITY, at=AT, more=NewPerson(phone="0812-9999-8888"))
    start(client, name="Sofyan", nik=nik, address="081299998888")
    client.post("/masuk/kode", {"code": secret_of(sent[0])})
    client.post("/masuk/sandi", {"password": PASSWORD})
    account = Account.objects.get()
    assert account.person_id == known.pk
    assert account.person.name == "Sofyan Hadi"


def test_a_nik_with_an_account_points_to_it(client: Client, sent: list[Message]) -> None:
    nik = a_nik()
    an_account(a_person("Raka", nik))
    start(client, name="Raka", nik=nik, address="raka2@contoh.id")
    page = client.post("/masuk/kode", {"code": secret_of(sent[0])})
    assert "NIK ini sudah punya akun." in page.content.decode()


def test_without_a_code_there_is_no_password_page(client: Client) -> None:
    assert client.get("/masuk/sandi").headers["Location"] == "/masuk"
    assert client.get("/masuk/kode").headers["Location"] == "/masuk"
