"""Pages of money: a payer's bill, what she may do, open tariffs, the treasurer's desk; who sees what."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from city.billing import actions, queries
from city.billing.declare import BankReceipt, BankUnreachable, StatementLine
from city.billing.models import Bill, Deposit, Held, InstalmentPlan, Objection, Receipt, Refund
from city.billing.tests.make import (
    HOUSE,
    TestBank,
    Treasury,
    a_bill,
    a_person,
    an_account,
    asked,
    complaints,
    fresh,
    held_of,
    paid,
    pay,
)
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.people.models import Person

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def now() -> Any:
    return timezone.now()


@pytest.fixture
def bill(treasury: Treasury, now: Any) -> Bill:
    return a_bill(treasury, at=now)


def browser_of(person: Person, role: str = "") -> Client:
    client = Client()
    client.force_login(an_account(person))
    if role:
        answer = client.post("/akun/persona", {"appointment": role, "next": "/"})
        assert answer.status_code in (302, 303), answer.status_code
    return client


@pytest.fixture
def hers(treasury: Treasury) -> Client:
    return browser_of(treasury.payer)


@pytest.fixture
def keeper(treasury: Treasury) -> Client:
    return in_office(treasury.keeper)


@pytest.fixture
def decider(treasury: Treasury) -> Client:
    return in_office(treasury.decider)


def in_office(actor: Any) -> Client:
    return browser_of(Person.objects.get(pk=actor.person_id), str(actor.appointment_id))


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", "")).split())


def test_a_bill_says_what_is_due_in_figures_and_words_and_why(hers: Client, bill: Bill) -> None:
    said = text_of(hers.get(f"/bills/{bill.pk}"))
    assert "Bayar Rp1.620.000 paling lambat" in said
    assert "satu juta enam ratus dua puluh ribu rupiah" in said
    assert "12 × 90 × 1500" in said
    assert "Tarif sewa tanah daerah" in said
    assert "Contoh, belum ditetapkan" in said
    assert bill.number in said


def test_asked_for_a_code_the_page_shows_picture_text_and_number(hers: Client, bill: Bill, bank: TestBank) -> None:
    for channel in ("qris", "va", "qris"):
        answer = hers.post(f"/bills/{bill.pk}/payment", {"channel": channel})
        assert (answer.status_code, answer["Location"]) == (303, f"/bills/{bill.pk}#bayar")
    page = hers.get(f"/bills/{bill.pk}").content.decode()
    assert bill.requests.count() == len(bank.asked) == 2
    assert bill.requests.get(channel="qris").code in page
    assert bill.requests.get(channel="va").code in page
    assert "<svg" in page
    assert "Simulasi" in page


def test_a_silent_bank_is_said_on_the_page(hers: Client, bill: Bill, bank: TestBank) -> None:
    bank.down = BankUnreachable("diam")
    hers.post(f"/bills/{bill.pk}/payment", {"channel": "qris"})
    assert "Bank belum menjawab" in text_of(hers.get(f"/bills/{bill.pk}"))


def test_she_has_paid_and_asks_again(hers: Client, treasury: Treasury, bill: Bill, bank: TestBank, now: Any) -> None:
    asked(bill, treasury, at=now)
    told = paid(bill, 1_620_000, at=now)
    hers.post(f"/bills/{bill.pk}/inquiry")
    assert "belum mencatat" in text_of(hers.get(f"/bills/{bill.pk}"))
    bank.known[told.reference] = [told]
    hers.post(f"/bills/{bill.pk}/inquiry")
    said = text_of(hers.get(f"/bills/{bill.pk}"))
    assert "sudah kami terima" in said
    assert "Lunas: Rp1.620.000 sudah kami terima." in said
    receipt = Receipt.objects.get()
    assert receipt.label in text_of(hers.get(f"/bills/{bill.pk}/receipts/{receipt.pk}"))


def test_all_her_bills_in_one_list(hers: Client, bill: Bill) -> None:
    said = text_of(hers.get("/bills"))
    assert bill.title in said
    assert "Rp1.620.000" in said


def test_an_objection_in_one_press(hers: Client, bill: Bill) -> None:
    answer = hers.post(f"/bills/{bill.pk}/objection", {"why": "area", "reason": "", "claimed": ""})
    assert answer.status_code == 303
    row = Objection.objects.get()
    assert (row.reason, row.claimed) == ("Luas atau ukurannya keliru", 0)
    assert "Bila tidak dijawab, keberatan Anda dikabulkan" in text_of(hers.get(f"/bills/{bill.pk}"))


KEPT = {"area": {"reason": "Kata saya"}}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Pilih satu alasan."),
        ({"why": "other"}, "Tulis alasannya"),
        ({"why": "area", "claimed": "banyak"}, "Isi jumlah rupiah tanpa sen"),
        ({"why": "area", "claimed": "1.620.000"}, "harus kurang dari jumlah tagihan"),
    ],
)
def test_an_objection_to_mend_keeps_what_was_typed(
    hers: Client, bill: Bill, sent: dict[str, str], sentence: str
) -> None:
    answer = hers.post(
        f"/bills/{bill.pk}/objection", {"reason": "Kata saya", **sent} if sent != {"why": "other"} else sent
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Objection.objects.exists()


def test_instalments_are_asked_and_answered_on_the_desk(hers: Client, decider: Client, bill: Bill) -> None:
    assert hers.post(f"/bills/{bill.pk}/instalments", {"count": "99", "reason": "x"}).status_code == 422
    assert hers.post(f"/bills/{bill.pk}/instalments", {"count": "3", "reason": "Sepi"}).status_code == 303
    plan = InstalmentPlan.objects.get()
    assert "Permintaan angsuran" in text_of(decider.get(f"/simral/treasury/bills/{bill.pk}"))
    assert decider.post(f"/simral/treasury/plans/{plan.pk}", {"yes": "yes", "words": ""}).status_code == 303
    assert "Rp540.000" in text_of(hers.get(f"/bills/{bill.pk}"))


def test_overpaid_money_is_asked_back_and_approved_by_somebody_else(
    hers: Client, keeper: Client, decider: Client, treasury: Treasury, bill: Bill, now: Any
) -> None:
    pay(bill, treasury, 2_000_000, at=now)
    held = held_of(bill)
    page = hers.get(f"/bills/{bill.pk}/held/{held.pk}/refund").content.decode()
    found = re.search(r'name="refund_id" value="([^"]+)"', page)
    assert found
    told = {"refund_id": found[1], "bank": "Bank Contoh", "account": "0012345678", "name": "Sri", "reason": ""}
    for _ in range(2):
        assert hers.post(f"/bills/{bill.pk}/held/{held.pk}/refund", told).status_code == 303
    row = Refund.objects.get()
    assert "0012345678" not in keeper.get("/simral/treasury/refunds").content.decode()
    assert "0012345678" in decider.get("/simral/treasury/refunds").content.decode()
    assert keeper.post(f"/simral/treasury/refunds/{row.pk}", {"yes": "yes"}).status_code == 403
    no = decider.post(f"/simral/treasury/refunds/{row.pk}", {"yes": "no", "words": ""})
    assert no.status_code == 422
    assert "Tulis alasannya" in no.content.decode()
    assert decider.post(f"/simral/treasury/refunds/{row.pk}", {"yes": "yes"}).status_code == 303
    actions.send_refunds(now)
    row.refresh_from_db()
    assert row.state == "sent"
    assert complaints() == []


def test_the_treasurer_puts_unknown_money_on_a_bill(keeper: Client, bill: Bill, now: Any) -> None:
    actions.receive(receipt=BankReceipt("transfer", "", "BK-9", 1_620_000, now, "TOKO X"), at=now)
    held = Held.objects.get()
    assert "TOKO X" in text_of(keeper.get("/simral/treasury/unmatched"))
    wrong = keeper.post(f"/simral/treasury/unmatched/{held.pk}/match", {"number": "SKRD/1"})
    assert wrong.status_code == 422
    assert "Tidak ada tagihan bernomor SKRD/1" in wrong.content.decode()
    told = {"number": f" {bill.number.lower()} "}
    assert keeper.post(f"/simral/treasury/unmatched/{held.pk}/match", told).status_code == 303
    assert fresh(bill).state == "settled"
    assert bill.number in text_of(keeper.get(f"/simral/treasury/receipts/{held.receipt_id}"))


def test_cash_and_its_deposit(keeper: Client, bill: Bill) -> None:
    page = keeper.get(f"/simral/treasury/bills/{bill.pk}").content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    too_much = keeper.post(f"/simral/treasury/bills/{bill.pk}/cash", {"key": found[1], "amount": "2.000.000"})
    assert too_much.status_code == 422
    for _ in range(2):
        told = {"key": found[1], "amount": "Rp 1.620.000"}
        assert keeper.post(f"/simral/treasury/bills/{bill.pk}/cash", told).status_code == 303
    assert (fresh(bill).state, Receipt.objects.count()) == ("settled", 1)
    assert "Rp1.620.000" in text_of(keeper.get("/simral/treasury/deposits"))
    assert keeper.post("/simral/treasury/deposits", {"agency": "BPKAD", "slip": ""}).status_code == 422
    assert keeper.post("/simral/treasury/deposits", {"agency": "BPKAD", "slip": "S-1"}).status_code == 303
    assert Deposit.objects.get().label in text_of(keeper.get("/simral/treasury/deposits"))


def test_a_statement_is_read_from_a_file_or_from_the_bank(
    keeper: Client, treasury: Treasury, bank: TestBank, bill: Bill, now: Any
) -> None:
    day = queries.day_in("", now.astimezone(WIB).date())
    receipt = pay(bill, treasury, at=now)
    bank.lines = [StatementLine(now, receipt.bank_reference, "qris", receipt.reference, 1_620_000)]
    bad = keeper.post(
        "/simral/treasury/reconciliation", {"day": day.isoformat(), "statement": SimpleUploadedFile("x.csv", b"halo")}
    )
    assert bad.status_code == 422
    assert "bukan kepala mutasi" in bad.content.decode()
    file = SimpleUploadedFile("mutasi.csv", bank.statement(day))
    there = keeper.post("/simral/treasury/reconciliation", {"day": day.isoformat(), "statement": file})
    assert there["Location"].endswith(f"?day={day.isoformat()}")
    assert "Bank dan buku besar sama" in text_of(keeper.get(there["Location"]))
    again = keeper.post("/simral/treasury/reconciliation", {"day": day.isoformat()})
    assert again.status_code == 303


def test_a_ruling_and_a_cancellation_on_the_desk(hers: Client, decider: Client, treasury: Treasury, bill: Bill) -> None:
    hers.post(f"/bills/{bill.pk}/objection", {"why": "area"})
    row = Objection.objects.get()
    empty = decider.post(f"/simral/treasury/objections/{row.pk}", {"new_amount": "", "words": ""})
    assert empty.status_code == 422
    told = {"new_amount": "1.080.000", "words": "8 m²"}
    assert decider.post(f"/simral/treasury/objections/{row.pk}", told).status_code == 303
    assert fresh(bill).outstanding == 1_080_000
    assert decider.post(f"/simral/treasury/bills/{bill.pk}/cancellation", {"reason": ""}).status_code == 422
    assert decider.post(f"/simral/treasury/bills/{bill.pk}/cancellation", {"reason": "Keliru"}).status_code == 303
    assert "Dibatalkan" in text_of(hers.get(f"/bills/{bill.pk}"))


def test_the_desk_finds_a_bill_by_its_number(keeper: Client, bill: Bill) -> None:
    assert keeper.get("/simral/treasury", {"q": bill.number})["Location"] == f"/simral/treasury/bills/{bill.pk}"
    assert keeper.get("/simral/treasury", {"q": "SKRD/0"}).status_code == 404


LISTS = ["", "/receipts", "/unmatched", "/refunds", "/deposits", "/reconciliation", "/ageing"]


@pytest.mark.parametrize("page", LISTS)
def test_every_list_reads_empty_and_full_in_both_languages(
    keeper: Client, treasury: Treasury, bank: TestBank, now: Any, page: str
) -> None:
    assert keeper.get(f"/simral/treasury{page}").status_code == 200
    one = a_bill(treasury, at=now)
    receipt = pay(one, treasury, 2_000_000, at=now)
    actions.receive(receipt=BankReceipt("qris", receipt.reference, receipt.bank_reference, 9, now), at=now)
    actions.ask_refund(held_id=held_of(one).pk, to=_to(), actor=treasury.her, at=now)
    cash = a_bill(treasury, at=now)
    actions.receive_cash(bill_id=cash.pk, amount=5, key=new_id(), actor=treasury.keeper, at=now)
    for language in ("id", "en"):
        keeper.cookies["bahasa"] = language
        assert keeper.get(f"/simral/treasury{page}").status_code == 200


def _to() -> actions.Destination:
    return actions.Destination(new_id(), "Bank Contoh", "0012345678", "Sri", "")


@pytest.mark.parametrize("page", LISTS)
def test_the_desk_is_no_citizens_page(hers: Client, page: str) -> None:
    assert hers.get(f"/simral/treasury{page}").status_code == 403


VERBS: list[tuple[str, Callable[[Bill], str]]] = [
    ("hers", lambda bill: f"/bills/{bill.pk}"),
    ("hers", lambda bill: f"/bills/{bill.pk}/objection"),
    ("hers", lambda bill: f"/bills/{bill.pk}/instalments"),
    ("hers", lambda bill: f"/bills/{bill.pk}/receipts/{uuid4()}"),
    ("hers", lambda bill: f"/bills/{bill.pk}/held/{uuid4()}/refund"),
]


@pytest.mark.parametrize(("_whose", "address"), VERBS)
def test_a_stranger_finds_no_bill_there(bill: Bill, _whose: str, address: Callable[[Bill], str]) -> None:
    stranger = browser_of(a_person("Orang lain"))
    assert stranger.get(address(bill)).status_code == 404
    assert Client().get(address(bill)).status_code == 302


def test_a_stranger_can_change_nothing(bill: Bill) -> None:
    stranger = browser_of(a_person("Orang lain"))
    for verb, told in (("payment", {"channel": "qris"}), ("inquiry", {}), ("objection", {"why": "area"})):
        assert stranger.post(f"/bills/{bill.pk}/{verb}", told).status_code == 404
    for verb in ("cash", "cancellation"):
        assert stranger.post(f"/simral/treasury/bills/{bill.pk}/{verb}", {}).status_code == 403


def test_anybody_works_a_fee_out_and_sees_its_articles(db: None) -> None:
    said = text_of(Client().get("/tariffs/pbg/calculation", HOUSE))
    assert "Rp405.000" in said
    assert "empat ratus lima ribu rupiah" in said
    assert "PP 16/2021" in said
    assert "Persetujuan bangunan gedung" in text_of(Client().get("/tariffs"))


def test_machines_recompute_a_bill(bill: Bill) -> None:
    told = {**bill.factors, "on": bill.issued_on.isoformat()}
    answer = Client().get("/tariffs/pemakaian_aset/calculation", told, headers={"accept": "application/json"})
    found = json.loads(answer.content)
    assert (found["amount"], found["decreed"], found["calculation"]) == (1_620_000, False, "12 × 90 × 1500")
    assert [line["code"] for line in found["lines"]] == ["area", "days", "tariff"]


def test_a_machine_is_told_each_fault(db: None) -> None:
    answer = Client().get("/tariffs/pemakaian_aset/calculation", {"area": "x", "format": "json"})
    assert answer.status_code == 422
    assert set(json.loads(answer.content)["errors"]) == {"area", "days", "place"}
    assert Client().get("/tariffs/reklame/calculation").status_code == 404
    assert Client().get("/tariffs/pbg/calculation").status_code == 200
    page = Client().get("/tariffs/pemakaian_aset/calculation", {"area": "x"})
    assert page.status_code == 422
    assert "Luas tanah harus angka" in page.content.decode()


def test_a_day_before_any_tariff_says_so(db: None) -> None:
    page = Client().get("/tariffs/pbg/calculation", {**HOUSE, "on": "2020-01-01"})
    assert page.status_code == 422
    assert "Tidak ada tarif yang berlaku" in page.content.decode()
