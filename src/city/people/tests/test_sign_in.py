"""In and out, without script; the limits; the accounts that do not open."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from city.kernel.messages import Message
from city.kernel.models import EventRecord
from city.people import actions
from city.people.adapter import PER_ADDRESS
from city.people.models import Account
from city.people.tests.make import AT, CITY, PASSWORD, a_person, an_account, an_appointment, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    client.post("/masuk", {"login": login, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/sipeci/applications/new?kind=sip_dokter", "Anda lanjut ke Urusan saya"),
        ("/sipeci/desk/?bucket=all", "Anda lanjut ke Antrean"),
        ("/sipeci/desk/00000000-0000-0000-0000-000000000000", "Anda lanjut ke Antrean"),
        ("/akun/surel", "Anda lanjut ke Data saya"),
    ],
)
def test_whoever_is_led_here_reads_what_waits_behind(client: Client, address: str, said: str) -> None:
    door = client.get(address)
    assert door.status_code == 302, "a stranger is led to sign-in"
    page = client.get(door.headers["Location"]).content.decode()
    assert said in page
    assert "Isian yang sudah tersimpan aman." in page
    assert "Isian yang sudah" not in client.get("/masuk").content.decode()
    assert "Isian yang sudah" not in client.get("/masuk?next=https://lain.example/").content.decode()


@pytest.mark.parametrize(
    "login", ["raka@contoh.id", " Raka@Contoh.ID ", "0812-3456-7890", "+62 812 3456 7890", "81234567890"]
)
def test_by_email_or_phone_in_any_spelling(client: Client, login: str) -> None:
    an_account(email="raka@contoh.id", phone="081234567890")
    assert sign_in(client, login)


@pytest.mark.parametrize("login", ["raka@contoh.id", "siapa@contoh.id", "081234567890", "bukan alamat"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, login: str) -> None:
    an_account(email="raka@contoh.id")
    page = client.post("/masuk", {"login": login, "password": "salah-salah-salah"})
    text = page.content.decode()
    assert "Alamat atau kata sandi tidak cocok." in text
    assert f'value="{login}"' in text
    assert "salah-salah-salah" not in text


def test_ten_wrong_passwords_then_a_rest(client: Client) -> None:
    an_account(email="raka@contoh.id")
    for _ in range(PER_ADDRESS):
        sign_in(client, "raka@contoh.id", "salah-salah-salah")
    page = client.post("/masuk", {"login": "RAKA@contoh.id", "password": PASSWORD})
    assert "Terlalu banyak percobaan." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_right_passwords_are_not_counted() -> None:
    an_account(email="raka@contoh.id")
    assert all(sign_in(Client(), "raka@contoh.id") for _ in range(PER_ADDRESS + 2))


def test_demo_accounts_open_in_the_demo_city_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    an_account(email="dewi@contoh.id", is_demo=True)
    assert sign_in(client, "dewi@contoh.id")
    monkeypatch.setattr(settings, "DEMO", False)
    assert client.get("/akun/").status_code == 302  # the old session is nobody's
    other = Client()
    page = other.post("/masuk", {"login": "dewi@contoh.id", "password": PASSWORD})
    assert page.status_code == 403
    assert "Akun contoh tidak berlaku di sini" in page.content.decode()
    assert "_auth_user_id" not in other.session


def test_a_closed_account_says_so_only_to_who_knows_the_password(client: Client) -> None:
    account = an_account(email="tutup@contoh.id")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert (
        "Akun ini ditutup" in client.post("/masuk", {"login": "tutup@contoh.id", "password": PASSWORD}).content.decode()
    )
    wrong = client.post("/masuk", {"login": "tutup@contoh.id", "password": "salah-salah-salah"})
    assert "tidak cocok" in wrong.content.decode()


def test_sign_out_asks_then_does(client: Client) -> None:
    client.force_login(an_account())
    assert "Keluar dari akun?" in client.get("/masuk/keluar").content.decode()
    assert "_auth_user_id" in client.session
    client.post("/masuk/keluar")
    assert "_auth_user_id" not in client.session


def test_only_our_own_pages_may_come_next(client: Client) -> None:
    an_account(email="raka@contoh.id")
    for wanted, where in (("/akun/keamanan", "/akun/keamanan"), ("https://penipu.example/", "/")):
        page = Client().post(f"/masuk?next={wanted}", {"login": "raka@contoh.id", "password": PASSWORD, "next": wanted})
        assert page.headers["Location"] == where


def test_a_forgotten_password_by_code_ends_other_sessions(client: Client, sent: list[Message]) -> None:
    account = an_account(email="raka@contoh.id", phone="081234567890")
    old = Client()
    old.force_login(account)
    page = client.get("/masuk/lupa").content.decode()
    found = re.search(r'name="code_id" value="([^"]+)"', page)
    assert found
    client.post("/masuk/lupa", {"code_id": found[1], "address": "0812 3456 7890"})
    secret = re.search(r"\b\d{6}\b", sent[0].body)
    assert secret
    client.post("/masuk/kode", {"code": secret[0]})
    client.post("/masuk/sandi", {"password": "ombak-besar-pagi"})
    assert "_auth_user_id" in client.session
    assert old.get("/akun/").status_code == 302
    assert sign_in(Client(), "raka@contoh.id", "ombak-besar-pagi")
    assert not sign_in(Client(), "raka@contoh.id", PASSWORD)
    assert EventRecord.objects.get(name="PasswordReset").data["contact"] == "phone"
    assert {message.to for message in sent[1:]} == {"raka@contoh.id", "+6281234567890"}


def test_an_unknown_address_gets_the_same_page(client: Client, sent: list[Message]) -> None:
    page = client.get("/masuk/lupa").content.decode()
    found = re.search(r'name="code_id" value="([^"]+)"', page)
    assert found
    answer = client.post("/masuk/lupa", {"code_id": found[1], "address": "siapa@contoh.id"})
    assert answer.headers["Location"] == "/masuk/kode"
    assert "Kode di dalamnya berlaku 15 menit" in client.get("/masuk/kode").content.decode()


def test_officials_begin_in_their_office(client: Client) -> None:
    account = an_account(email="dewi@contoh.id")
    held = an_appointment(account.person, an_office("dpmptsp.front", "Petugas loket", "permits.verify"))
    sign_in(client, "dewi@contoh.id")
    assert client.session["appointment"] == str(held.pk)


def test_a_dismissed_official_loses_the_office_in_mid_session(client: Client) -> None:
    account = an_account(email="dewi@contoh.id")
    held = an_appointment(account.person, an_office("dpmptsp.front", "Petugas loket", "permits.verify"))
    sign_in(client, "dewi@contoh.id")
    assert "Petugas loket" in client.get("/akun/persona").content.decode()
    actions.end_appointment(appointment_id=held.pk, decree="SK 1", by=CITY, at=AT)
    page = client.get("/akun/persona")
    assert "Petugas loket" not in page.content.decode()
    assert not page.wsgi_request.actor.is_official  # type: ignore[attr-defined]


def test_choosing_a_role(client: Client) -> None:
    account = an_account()
    held = an_appointment(account.person, an_office())
    client.force_login(account)
    client.post("/akun/persona", {"appointment": str(held.pk)})
    assert client.get("/akun/").wsgi_request.actor.appointment_id == held.pk  # type: ignore[attr-defined]
    client.post("/akun/persona", {"appointment": ""})
    assert client.get("/akun/").wsgi_request.actor.appointment_id is None  # type: ignore[attr-defined]


def test_nobody_chooses_the_role_of_another(client: Client) -> None:
    held = an_appointment(a_person(), an_office())
    client.force_login(an_account())
    client.post("/akun/persona", {"appointment": str(held.pk)})
    assert client.session["appointment"] == ""


def test_sessions_in_the_database_name_no_address(client: Client) -> None:
    an_account(email="raka@contoh.id")
    sign_in(client, "raka@contoh.id")
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/masuk/email", "/accounts/login/", "/accounts/email/", "/masuk/signup/", "/masuk/password/set/"]
)
def test_nothing_of_allauth_is_open_but_what_we_mounted(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
