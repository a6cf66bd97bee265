"""A bill paid over the real wire: the bank's process calls the city, and the bill stands as it should."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from city.billing import actions as billing
from city.billing.declare import BANKS, BankReceipt, read_statement
from city.billing.models import Bill, Held, PaymentRequest, Receipt
from city.billing.tests.make import CITY, Treasury, a_bill, a_treasury, complaints, fresh
from city.gateway.actions import ask_bank
from city.gateway.agencies.bank.wire import WIB
from city.gateway.models import BankCall
from city.gateway.tests.bank.calling import code_of, signed
from city.gateway.tests.bank.live import a_city
from city.gateway.tests.bank.make import BankProcess, a_bank, a_bank_process, until
from city.people import actions as people

SUM = 1_620_000


@dataclass
class Town:
    """One treasury, one bill, one bank process that knows where the city answers."""

    treasury: Treasury
    bank: BankProcess
    bill: Bill

    def ask(self, channel: str) -> PaymentRequest:
        return billing.ask_payment(bill_id=self.bill.pk, channel=channel, actor=self.treasury.her, at=datetime.now(UTC))

    def state(self) -> tuple[str, int]:
        bill = fresh(self.bill)
        return bill.state, bill.outstanding

    def held(self) -> list[tuple[str, int]]:
        return list(Held.objects.order_by("at").values_list("reason", "amount"))


@pytest.fixture
def town(own_city: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    people.place_agency(code="PPKD", name="Bendahara Umum Daerah", by=CITY)
    treasury = a_treasury()
    with a_city() as address, a_bank_process(tmp_path, address, settings.KEYS / "bank") as bank:
        monkeypatch.setattr(BANKS, "_things", {"snap": a_bank(bank)})
        yield Town(treasury, bank, a_bill(treasury, at=datetime.now(UTC)))
    assert complaints() == []


@pytest.mark.parametrize("channel", ["qris", "va"])
def test_paid_told_and_settled(town: Town, channel: str) -> None:
    code = town.ask(channel).code
    town.bank.do(code, "pay")
    (told,) = town.bank.told(code)
    assert (told["state"], told["answer"][:3]) == ("told", "200")
    assert town.state() == ("settled", 0)
    assert Receipt.objects.get().channel == channel


def test_every_mishap_on_one_bill(town: Town) -> None:
    """Forged, partial, told twice, lost and found, paid twice, late: in that order, on one QR code."""
    code = town.ask("qris").code
    town.bank.do(code, "forge")
    (forged,) = town.bank.told(code)
    assert (forged["state"], forged["answer"][:7]) == ("refused", "4015200")
    assert town.state() == ("open", SUM)
    assert not Receipt.objects.exists()

    town.bank.do(code, "amount", amount={"value": "620000.00", "currency": "IDR"})
    town.bank.told(code)
    assert town.state() == ("partly_paid", 1_000_000)

    town.bank.do(code, "repeat")
    assert [one["state"] for one in town.bank.told(code)[1:]] == ["told", "told"]
    assert town.state() == ("partly_paid", 1_000_000)
    assert Receipt.objects.count() == 1

    rest = town.ask("qris").code
    assert rest != code
    town.bank.do(rest, "drop")
    assert town.bank.told(rest)[0]["state"] == "dropped"
    assert town.state() == ("partly_paid", 1_000_000)
    assert ask_bank(at=datetime.now(UTC)) == 1
    assert town.state() == ("settled", 0)

    town.bank.do(rest, "repeat")  # the message that was lost comes after the inquiry: out of order, and once
    assert town.bank.told(rest)[-1]["state"] == "told"
    assert Receipt.objects.count() == 2

    town.bank.do(rest, "again")
    town.bank.told(rest)
    assert town.held() == [("paid_twice", 1_000_000)]
    assert town.state() == ("settled", 0)


def test_late_too_much_and_on_a_withdrawn_bill(town: Town) -> None:
    code = town.ask("va").code
    town.bank.do(code, "amount", amount={"value": f"{SUM + 500}.00", "currency": "IDR"})
    town.bank.told(code)
    assert town.held() == [("overpaid", 500)]

    other = a_bill(town.treasury, at=datetime.now(UTC))
    late = billing.ask_payment(bill_id=other.pk, channel="va", actor=town.treasury.her, at=datetime.now(UTC))
    billing.cancel(bill_id=other.pk, reason="Permohonan ditarik", actor=CITY, at=datetime.now(UTC))
    town.bank.do(late.code, "late")
    assert town.bank.told(late.code)[0]["state"] == "told"
    assert town.held()[-1] == ("cancelled_bill", late.amount)
    assert fresh(other).state == "cancelled"


def test_the_bank_asks_whether_an_account_may_be_paid(town: Town) -> None:
    order = town.ask("va")

    def ask(number: str) -> str:
        padded = f"   {number}"
        body = {"partnerServiceId": padded[:8], "customerNo": padded[8:], "virtualAccountNo": padded}
        return code_of(signed("transfer-va/inquiry", {**body, "inquiryRequestId": "1"}).send())

    assert ask(order.code) == "2002400"
    assert ask("88001000000000000") == "4042412"
    town.bank.do(order.code, "pay")
    town.bank.told(order.code)
    assert ask(order.code) == "4042414"


def test_a_city_that_was_away_is_told_again(town: Town) -> None:
    """The first message meets a failing city; the bank's second try, under another id, is taken."""
    order = town.ask("qris")
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("city.gateway.actions.receive", _fails)
        town.bank.do(order.code, "pay")
        _until_tried(town.bank, order.code)
        assert not BankCall.objects.exists()
    assert town.bank.told(order.code)[0]["state"] == "told"
    assert town.state() == ("settled", 0)


def test_the_days_file_reconciles(town: Town) -> None:
    order = town.ask("qris")
    town.bank.do(order.code, "pay")
    town.bank.told(order.code)
    day = datetime.now(WIB).date()
    data = a_bank(town.bank).statement(day)
    assert [line.amount for line in read_statement(data).lines] == [SUM]
    kept = billing.reconcile(day=day, statement=data, actor=town.treasury.keeper, at=datetime.now(UTC))
    assert kept.day == day


def _fails(**told: BankReceipt) -> None:
    raise RuntimeError("planted")


def _until_tried(bank: BankProcess, code: str) -> None:
    until(lambda: any(one["tries"] for one in bank.order(code)["news"]), "the bank never tried")
