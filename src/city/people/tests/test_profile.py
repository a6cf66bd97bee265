"""One's own page: data as held, another address, messages, password, second step, devices."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from city.kernel.messages import Message
from city.kernel.models import EventRecord
from city.people import queries
from city.people.models import Account
from city.people.tests.make import PASSWORD, a_person, an_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def account(client: Client) -> Account:
    """Signed in with a password, as the pages that ask for it again need."""
    made = an_account(a_person("dr. Ni Luh Ayu D'Souza"), email="ayu@contoh.id")
    client.post("/masuk", {"login": "ayu@contoh.id", "password": PASSWORD})
    return made


def again(client: Client, page: str) -> None:
    client.post("/masuk/ulang", {"password": PASSWORD, "next": page})


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


PAGES = ["/akun/", "/akun/persona", "/akun/keamanan", "/akun/keamanan/sandi", "/akun/keamanan/perangkat"]


@pytest.mark.parametrize("page", [*PAGES, "/akun/surel", "/akun/telepon", "/akun/keamanan/aplikasi"])
def test_strangers_are_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(page).headers["Location"].startswith("/masuk")


@pytest.mark.parametrize("page", PAGES)
def test_pages_stand(client: Client, account: Account, page: str) -> None:
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Ni Luh Ayu D&#39;Souza" in shown.content.decode()


def test_the_nik_is_masked(client: Client, account: Account) -> None:
    assert queries.masked_nik(account.person_id) in client.get("/akun/").content.decode()


def test_mending_the_name(client: Client, account: Account) -> None:
    client.post("/akun/", {"name": "Ni Luh Ayu D'Souza", "home": "Jl. Contoh 1"})
    assert queries.name_of(account.person_id) == "Ni Luh Ayu D'Souza"
    wrong = client.post("/akun/", {"name": "4yu", "home": "Jl. Contoh 2"})
    assert wrong.status_code == 422
    assert "Jl. Contoh 2" in wrong.content.decode()
    assert "Ni Luh Ayu D&#39;Souza" in wrong.content.decode()


def test_channel_needs_an_address(client: Client, account: Account) -> None:
    assert 'value="sms"' not in client.get("/akun/").content.decode()
    client.post("/akun/pesan", {"language": "en", "channel": "sms"})
    account.refresh_from_db()
    assert (account.language, account.channel) == ("id", "email")
    client.post("/akun/pesan", {"language": "en", "channel": "email"})
    assert queries.contact_of(account.person_id).language == "en"


def test_a_new_phone_is_proven_before_it_counts(client: Client, account: Account, sent: list[Message]) -> None:
    assert client.get("/akun/telepon").headers["Location"].startswith("/masuk/ulang")
    again(client, "/akun/telepon")
    found = re.search(r'name="code_id" value="([^"]+)"', client.get("/akun/telepon").content.decode())
    assert found
    client.post("/akun/telepon", {"code_id": found[1], "address": "0812.3456.7890"})
    assert not Account.objects.exclude(phone=None).exists()
    secret = re.search(r"\b\d{6}\b", sent[0].body)
    assert secret
    assert client.post("/masuk/kode", {"code": secret[0]}).headers["Location"] == "/akun/"
    account.refresh_from_db()
    assert account.phone == "+6281234567890"
    assert EventRecord.objects.get(name="ContactChanged").data["contact"] == "phone"


def test_another_accounts_address_is_not_taken(client: Client, account: Account, sent: list[Message]) -> None:
    an_account(email="lain@contoh.id")
    again(client, "/akun/surel")
    found = re.search(r'name="code_id" value="([^"]+)"', client.get("/akun/surel").content.decode())
    assert found
    client.post("/akun/surel", {"code_id": found[1], "address": "lain@contoh.id"})
    assert "sudah punya akun" in sent[0].body
    assert re.search(r"\b\d{6}\b", sent[0].body) is None


def test_a_new_password_signs_the_others_out(client: Client, account: Account, sent: list[Message]) -> None:
    other = Client()
    other.post("/masuk", {"login": "ayu@contoh.id", "password": PASSWORD})
    wrong = client.post("/akun/keamanan/sandi", {"oldpassword": "bukan-itu", "password1": "ombak-besar-pagi"})
    assert "Kata sandi yang sekarang tidak cocok." in wrong.content.decode()
    client.post("/akun/keamanan/sandi", {"oldpassword": PASSWORD, "password1": "ombak-besar-pagi"})
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert EventRecord.objects.filter(name="PasswordChanged").count() == 1
    assert [message.to for message in sent] == ["ayu@contoh.id"]


def test_second_step_on_used_and_off(client: Client, account: Account) -> None:
    assert client.get("/akun/keamanan/aplikasi").headers["Location"].startswith("/masuk/ulang")
    again(client, "/akun/keamanan/aplikasi")
    page = client.get("/akun/keamanan/aplikasi").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    secret = client.session["mfa.totp.secret"]
    assert "Kode tidak cocok." in client.post("/akun/keamanan/aplikasi", {"code": "abc"}).content.decode()
    done = client.post("/akun/keamanan/aplikasi", {"code": totp(secret)})
    assert done.headers["Location"] == "/akun/keamanan/cadangan"
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", client.get("/akun/keamanan/cadangan").content.decode())
    assert len(codes) == 10
    assert codes[0].replace(" ", "") in client.get("/akun/keamanan/cadangan/unduh").content.decode()

    other = Client()
    assert (
        other.post("/masuk", {"login": "ayu@contoh.id", "password": PASSWORD}).headers["Location"]
        == "/masuk/langkah-kedua"
    )
    assert "_auth_user_id" not in other.session
    assert "Kode tidak cocok." in other.post("/masuk/langkah-kedua", {"code": "111"}).content.decode()
    other.post("/masuk/langkah-kedua", {"code": codes[0]})
    assert "_auth_user_id" in other.session

    client.post("/akun/keamanan/aplikasi/matikan")
    assert not Authenticator.objects.exists()


def test_devices_are_listed_and_put_out(client: Client, account: Account) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126 Mobile Safari/537.36"})
    other.post("/masuk", {"login": "ayu@contoh.id", "password": PASSWORD})
    assert "Chrome, Android" in client.get("/akun/keamanan/perangkat").content.decode()
    client.post("/akun/keamanan/perangkat")
    assert other.get("/akun/").status_code == 302
    assert client.get("/akun/").status_code == 200
