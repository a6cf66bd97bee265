"""The portal's pages answer strangers, citizens and officials, and the demo page exists in the demo city alone."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client, override_settings

from city.gateway.models import SimulatedMessage
from city.kernel.rules import WIB
from city.people.actions.tally import Limit
from city.people.models import Account, Agency, Appointment, Office, Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def an_account(email: str) -> Account:
    person = Person(name="Dewi Lestari", created_by="tests", created_at=NOW)
    person.save()
    account = Account(person=person, email=email, created_at=NOW)
    account.save()
    return account


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_search_is_no_way_round_the_count_of_receipt_numbers(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("city.permits.actions.look_ups.BY_NETWORK", Limit("track-from", 1, timedelta(minutes=10)))
    asked = [client.get("/cari", {"q": f"SPC-SIPD-2026-00000{n}"}).status_code for n in (1, 2)]
    assert asked == [200, 429]
    assert client.get("/cari", {"q": "dokter"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/cari", "/cari?q=dokter", "/cari?q=%27%25_", "/bantuan", "/demo"])
def test_strangers_may_read(client: Client, address: str) -> None:
    text_of(client, address)


def test_a_question_that_no_keyboard_writes_is_refused_in_words(client: Client) -> None:
    answer = client.get("/cari?q=%00%27")
    assert answer.status_code == 400
    assert "tidak bisa kami baca" in answer.content.decode()


def test_the_question_is_kept_and_shown_safely(client: Client) -> None:
    page = text_of(client, "/cari?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_home_asks_strangers_in_and_shows_citizens_their_errands(client: Client) -> None:
    assert "Masuk untuk melihat permohonan" in text_of(client, "/")
    client.force_login(an_account("dewi@contoh.example"))
    assert "Belum ada urusan" in text_of(client, "/")


def test_an_official_in_office_sees_her_desk(client: Client) -> None:
    account = an_account("dewi@contoh.example")
    agency = Agency(pk="DPMPTSP", name="DPMPTSP")
    agency.save()
    office = Office(code="dpmptsp.front", title="Petugas Loket", agency=agency, permissions=["permits.verify"])
    office.save()
    held = Appointment(person=account.person, office=office, from_day=date(2026, 1, 2), decree="tests")
    held.save()
    client.force_login(account)
    session = client.session
    session["appointment"] = str(held.pk)
    session.save()
    page = text_of(client, "/")
    assert "Meja kerja" in page
    assert "Periksa kelengkapan" in page


def test_the_demo_page_names_accounts_and_shows_codes(client: Client) -> None:
    SimulatedMessage.objects.create(
        channel="sms", to="+628110000001", body="Kode Anda 123456.", kind="code", language="id", at=NOW
    )
    page = text_of(client, "/demo")
    assert "dewi@dpmptsp.example" in page
    assert "kota-pintar-demo" in page
    assert "Kode Anda 123456." in page
    assert "Simulasi" in page


@override_settings(DEMO=False)
def test_a_real_city_has_no_demo_page(client: Client) -> None:
    assert client.get("/demo").status_code == 404


def test_who_saw_my_data_is_for_the_signed_in(client: Client) -> None:
    assert client.get("/akun/dilihat").status_code == 302
    client.force_login(an_account("dewi@contoh.example"))
    assert "Belum ada yang membuka data Anda" in text_of(client, "/akun/dilihat")
