"""Closing months and agreeing on rules, on the screen: who may, what is asked first, what stands there afterwards."""

import re

import pytest
from django.test import Client

from city.kernel.keyring import ensure_keys
from city.kernel.models import EventRecord
from city.ledger.models import Closing, PostingRule
from city.ledger.tests.make import AT, agencies
from city.people.tests.make import a_person, an_account, an_appointment, an_office
from city.ui.tests.browser import DESKTOP, SMALL_PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]
MONTHS, RULES, DRAFT = "/simral/ledger/months", "/simral/ledger/rules", "/simral/ledger/rules/draft"
RENT = {
    "type": "SEWA",
    "variant": "",
    "title": "Sewa contoh",
    "source": "Perda contoh, Pasal 1",
    "valid_from": "2026-12-01",
    "valid_until": "",
    "lines": "S finansial D receivable=1.1.04. amount\nS finansial K 7.1.02.02.01.0001 amount\n",
}


@pytest.fixture(autouse=True)
def _city(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_keys()
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def official(name: str, *permissions: str) -> Client:
    """Somebody in an office of her own, at AT in November 2026."""
    person = a_person(name)
    code = f"bpkad.{name.split()[0].lower()}"
    appointment = an_appointment(person, an_office(code, name, "ledger.read", *permissions))
    client = Client()
    client.force_login(an_account(person, email=f"{code}@contoh.id", phone=""))
    session = client.session
    session["appointment"] = str(appointment.pk)
    session.save()
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_month_is_closed_by_who_may_once_she_knows_it_stays_closed(db: None) -> None:
    head = official("Kepala Contoh", "ledger.close")
    assert "Berjalan" in words(head, MONTHS)
    unknowing = head.post(MONTHS, {"month": "2026-10-01"})
    assert unknowing.status_code == 422
    assert "bulan yang ditutup tidak bisa dibuka lagi" in unknowing.content.decode()
    assert not Closing.objects.exists()
    for _ in range(2):
        head.post(MONTHS, {"month": "2026-09-01", "known": "on"})
    closing = Closing.objects.get()
    assert (closing.year, closing.month) == (2026, 9)
    assert EventRecord.objects.filter(name="MonthClosed").count() == 1
    page = words(head, MONTHS)
    assert page.count("Bisa ditutup") == 1, "October alone"
    assert "Bulan ditutup, juga semua bulan sebelumnya." in page


@pytest.mark.parametrize("month", ["2026-11-01", "2027-01-01", "x", ""])
def test_a_month_that_is_not_over_cannot_be_chosen(db: None, month: str) -> None:
    assert official("Kepala Contoh", "ledger.close").post(MONTHS, {"month": month, "known": "on"}).status_code == 422
    assert not Closing.objects.exists()


def test_who_only_reads_sees_the_months_and_closes_none(db: None) -> None:
    reader = official("Pembaca Contoh")
    assert "Tutup bulan yang sudah lewat" not in words(reader, MONTHS)
    assert reader.post(MONTHS, {"month": "2026-10-01", "known": "on"}).status_code == 403
    assert not Closing.objects.exists()


def test_a_rule_is_proposed_by_one_and_agreed_to_by_another(db: None) -> None:
    agencies("BPKAD")
    drafter = official("Penyusun Contoh", "ledger.draft_rule", "ledger.review_rule")
    other = official("Pemeriksa Contoh", "ledger.review_rule")
    made = drafter.post(DRAFT, RENT)
    rule = PostingRule.objects.get(type="SEWA")
    assert (made.status_code, made["Location"]) == (303, f"{RULES}/{rule.pk}")
    assert "Menunggu orang kedua" in words(drafter, f"{RULES}/{rule.pk}")
    own = drafter.post(f"{RULES}/{rule.pk}")
    assert own.status_code == 422
    assert "diperiksa oleh orang lain" in own.content.decode()
    assert "Setujui aturan" in words(other, f"{RULES}/{rule.pk}")
    for _ in range(2):
        assert other.post(f"{RULES}/{rule.pk}").status_code == 303
    assert PostingRule.objects.get(pk=rule.pk).reviewed_by
    assert EventRecord.objects.filter(name="PostingRuleReviewed", subject_id=rule.pk).count() == 1
    page = words(other, f"{RULES}/{rule.pk}")
    assert "Penyusun Contoh" in page
    assert "Pemeriksa Contoh" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lines": "S finansial D"}, "Baris ini tidak terbaca"),
        ({"source": ""}, "Sebut peraturan dan pasalnya."),
        ({"valid_until": "2026-11-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
    ],
)
def test_a_rule_that_is_not_in_order_comes_back_with_what_was_typed(db: None, wrong: dict[str, str], said: str) -> None:
    answer = official("Penyusun Contoh", "ledger.draft_rule").post(DRAFT, {**RENT, **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Sewa contoh" in answer.content.decode()
    assert not PostingRule.objects.filter(type="SEWA").exists()


def test_who_only_reads_proposes_and_agrees_to_nothing(db: None) -> None:
    official("Penyusun Contoh", "ledger.draft_rule").post(DRAFT, RENT)
    rule, reader = PostingRule.objects.get(type="SEWA"), official("Pembaca Contoh")
    assert (reader.get(DRAFT).status_code, reader.post(f"{RULES}/{rule.pk}").status_code) == (403, 403)
    assert "Usulkan aturan baru" not in words(reader, RULES)
    assert Client().get(RULES).status_code == 302
    assert reader.get(f"{RULES}/01234567-89ab-7def-8123-456789abcdef").status_code == 404
    assert PostingRule.objects.get(pk=rule.pk).reviewed_by == ""


def test_axe_finds_nothing(loop_allowed: None, own_city: str, windows: Windows) -> None:
    drafter = official("Penyusun Contoh", "ledger.draft_rule", "ledger.close")
    drafter.post(DRAFT, RENT)
    rule, other = PostingRule.objects.get(type="SEWA"), official("Pemeriksa Contoh", "ledger.review_rule")
    shipped = PostingRule.objects.filter(type="SKRD").values_list("pk", flat=True)[0]
    for client, address in (
        (drafter, MONTHS),
        (drafter, RULES),
        (drafter, DRAFT),
        (drafter, f"{RULES}/{rule.pk}"),
        (other, f"{RULES}/{rule.pk}"),
        (other, f"{RULES}/{shipped}"),
    ):
        for size in (DESKTOP, SMALL_PHONE):
            page = windows.of(client, size=size)
            page.goto(address)
            assert faults_of(page) == [], (address, size)
