"""Pages of money in a real browser: no accessibility finding, no sideways scroll, a bill paid without script."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from city.billing import actions
from city.billing.declare import BankReceipt, StatementLine
from city.billing.models import Bill, Held, Receipt
from city.billing.tests.make import TestBank, Treasury, a_bill, a_treasury, asked, held_of, paid, pay, to_account
from city.billing.tests.test_pages import browser_of, in_office
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.ui.tests.browser import DESKTOP, SMALL_PHONE, Windows, faults_of
from city.ui.tests.conftest import chromium, city, loop_allowed, windows

__all__ = ["chromium", "city", "loop_allowed", "windows"]


@pytest.fixture
def treasury(loop_allowed: None, own_city: str, bank: TestBank) -> Treasury:
    return a_treasury()


@dataclass(frozen=True)
class Money:
    """Bills in the states that a page shows differently."""

    unpaid: Bill
    rich: Bill
    split: Bill
    receipt: Receipt


def a_full_desk(treasury: Treasury, bank: TestBank) -> Money:
    now = timezone.now()
    day = now.astimezone(WIB).date()
    unpaid = asked(asked(a_bill(treasury, at=now), treasury, at=now), treasury, at=now, channel="va")
    rich = a_bill(treasury, at=now)
    receipt = pay(rich, treasury, 2_000_000, at=now)
    actions.object_to(bill_id=rich.pk, reason="Keliru", claimed=0, actor=treasury.her, at=now)
    split = a_bill(treasury, at=now)
    actions.ask_instalments(bill_id=split.pk, count=3, reason="Sepi", actor=treasury.her, at=now)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 5_000, now, "TOKO"), at=now)
    actions.receive(receipt=BankReceipt("qris", receipt.reference, receipt.bank_reference, 9, now), at=now)
    unknown = Held.objects.get(bill=None)
    actions.ask_refund(held_id=unknown.pk, to=to_account(), actor=treasury.keeper, at=now)
    actions.receive_cash(bill_id=split.pk, amount=1_000, key=new_id(), actor=treasury.keeper, at=now)
    bank.lines = [StatementLine(now, "FEE", "out", "", -6_500)]
    actions.reconcile(day=day, statement=bank.statement(day), actor=treasury.keeper, at=now)
    return Money(unpaid, rich, split, receipt)


def visits_of(treasury: Treasury, money: Money) -> list[tuple[Client, str]]:
    unpaid, rich, split, receipt = money.unpaid, money.rich, money.split, money.receipt
    hers, keeper, decider = browser_of(treasury.payer), in_office(treasury.keeper), in_office(treasury.decider)
    return [
        (hers, "/bills"),
        *((hers, f"/bills/{one.pk}") for one in (unpaid, rich, split)),
        (hers, f"/bills/{unpaid.pk}/objection"),
        (hers, f"/bills/{unpaid.pk}/instalments"),
        (hers, f"/bills/{rich.pk}/receipts/{receipt.pk}"),
        (hers, f"/bills/{rich.pk}/held/{held_of(rich).pk}/refund"),
        (Client(), "/tariffs"),
        (Client(), "/tariffs/pbg/calculation"),
        (Client(), "/tariffs/pemakaian_aset/calculation?area=12&days=90&place=main_road"),
        (keeper, "/simral/treasury"),
        (keeper, f"/simral/treasury/bills/{split.pk}"),
        (decider, f"/simral/treasury/bills/{rich.pk}"),
        (decider, f"/simral/treasury/bills/{split.pk}"),
        (keeper, "/simral/treasury/receipts"),
        (keeper, f"/simral/treasury/receipts/{receipt.pk}"),
        (keeper, "/simral/treasury/unmatched"),
        (decider, "/simral/treasury/refunds"),
        (keeper, "/simral/treasury/deposits"),
        (keeper, "/simral/treasury/reconciliation"),
        (keeper, "/simral/treasury/ageing"),
    ]


def test_every_page_passes_axe_and_fits_its_screen(treasury: Treasury, bank: TestBank, windows: Windows) -> None:
    visits = visits_of(treasury, a_full_desk(treasury, bank))
    faults = []
    for size in (DESKTOP, SMALL_PHONE):
        pages: dict[Client, Page] = {}
        for client, address in visits:
            page = pages.get(client) or pages.setdefault(client, windows.of(client, size=size))
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            faults += [f"{address} {size}: {fault}" for fault in faults_of(page)]
    assert faults == []


def test_a_bill_is_paid_on_a_phone_without_script(treasury: Treasury, windows: Windows) -> None:
    bill = a_bill(treasury, at=timezone.now())
    page = windows.of(browser_of(treasury.payer), size=SMALL_PHONE, script=False)
    page.goto(f"/bills/{bill.pk}")
    page.get_by_role("button", name="Bayar dengan QRIS").click()
    page.get_by_text("Isi kode sebagai teks").click()
    payload = page.locator("code[data-payload=qris]").inner_text()
    assert payload == bill.requests.get().code
    actions.receive(receipt=paid(bill, 1_620_000, at=timezone.now()), at=timezone.now())
    page.get_by_role("button", name="Saya sudah bayar, periksa lagi").click()
    assert page.get_by_role("heading", name="Lunas: Rp1.620.000 sudah kami terima.").is_visible()
