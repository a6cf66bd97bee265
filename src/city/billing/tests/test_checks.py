"""Each thing `city verify` asks of money names a break that was planted, and says nothing of what is whole."""

from collections.abc import Callable

import pytest
from django.db import connection

from city.billing import actions
from city.billing.checks import (
    bank_agrees,
    bills_add_up,
    claims_agree,
    debt_agrees,
    receipts_add_up,
    settled_was_said,
    statement_is_explained,
    tills_agree,
)
from city.billing.events import BillReopened
from city.billing.models import Applied, BankDay, Held, InterestCharge, Receipt
from city.billing.tests.make import (
    AT,
    DAY,
    TestBank,
    Treasury,
    a_bill,
    asked,
    complaints,
    later,
    pay,
)
from city.kernel.actor import NOBODY
from city.kernel.events import publish
from city.kernel.ids import new_id


@pytest.fixture
def busy(treasury: Treasury, bank: TestBank) -> Treasury:
    """Bills in every state, money in every place."""
    pay(a_bill(treasury), treasury, 2_000_000)
    pay(a_bill(treasury), treasury, 1_000)
    actions.receive_cash(bill_id=a_bill(treasury).pk, amount=7_000, key=new_id(), actor=treasury.keeper, at=AT)
    late = asked(a_bill(treasury), treasury)
    actions.charge_interest(bill_id=late.pk, at=later(40))
    actions.cancel(bill_id=a_bill(treasury).pk, reason="Ditarik", actor=treasury.decider, at=AT)
    assert complaints() == []
    return treasury


def _sql(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
        assert cursor.rowcount


def _more_paid() -> None:
    _sql("UPDATE billing_bill SET paid = paid + 1 WHERE state = 'partly_paid'")


def _more_owed() -> None:
    _sql("UPDATE billing_bill SET amount = amount + 1 WHERE state = 'open'")


def _more_interest() -> None:
    _sql("UPDATE billing_bill SET interest = interest + 1 WHERE interest > 0")


def _less_held() -> None:
    _sql("UPDATE billing_held SET used = used + 1")


def _stray_receipt(channel: str = "qris") -> None:
    first = Receipt.objects.filter(channel=channel).order_by("pk")[0]
    first.pk, first.bank_reference = new_id(), "PALSU"
    first.save(force_insert=True)


def _stray_cash() -> None:
    _stray_receipt("cash")


def _stray_application() -> None:
    row = Applied.objects.order_by("pk")[0]
    Applied.objects.create(bill=row.bill, receipt=row.receipt, amount=5, value_on=DAY, at=AT)


def _stray_charge() -> None:
    row = InterestCharge.objects.order_by("pk")[0]
    InterestCharge.objects.create(bill=row.bill, amount=5, until=DAY, months=1, label="x", at=AT)


def _stray_debt() -> None:
    row = Held.objects.order_by("pk")[0]
    Held.objects.create(receipt=row.receipt, entity=row.entity, reason=row.reason, amount=5, at=AT)


@pytest.mark.parametrize(
    ("spoil", "ask", "words"),
    [
        (_more_owed, claims_agree, "open bills are Rp"),
        (_more_paid, claims_agree, "1.1.04 in the ledger"),
        (_more_paid, bills_add_up, "was paid, its payments are"),
        (_more_interest, bills_add_up, "of interest, its charges"),
        (_stray_application, bills_add_up, "its payments are"),
        (_stray_charge, bills_add_up, "its charges are"),
        (_stray_receipt, bank_agrees, "1.1.01.01 in the ledger"),
        (_stray_cash, tills_agree, "undeposited cash is"),
        (_less_held, debt_agrees, "held money is"),
        (_stray_debt, debt_agrees, "2.1.07.01.02 in the ledger"),
        (_less_held, receipts_add_up, "can be found"),
        (_stray_receipt, receipts_add_up, "Receipt PALSU"),
    ],
)
def test_a_planted_break_is_named(
    busy: Treasury, spoil: Callable[[], None], ask: Callable[[], object], words: str
) -> None:
    assert list(ask()) == []  # type: ignore[call-overload]
    spoil()
    said = list(ask())  # type: ignore[call-overload]
    assert said
    assert words in said[0]


def test_a_bill_settled_in_silence_is_named(treasury: Treasury, bank: TestBank) -> None:
    bill = a_bill(treasury)
    pay(bill, treasury)
    assert list(settled_was_said()) == []
    event = BillReopened(bill_id=bill.pk, of_kind=bill.subject_kind, of_id=bill.subject_id)
    publish(event, by=NOBODY, at=AT)
    assert list(settled_was_said()) == [f"Bill {bill.number} is settled, but the last word was BillReopened."]


def test_a_bank_day_that_nothing_explains_is_named(busy: Treasury, bank: TestBank) -> None:
    actions.reconcile(day=DAY, statement=bank.statement(DAY), actor=busy.keeper, at=later(1))
    assert list(statement_is_explained()) == []
    day = BankDay.objects.get()
    day.pk, day.closing, day.sha256, day.read_at = new_id(), day.closing + 40, "0" * 64, later(2)
    day.save(force_insert=True)
    assert "Rp 40 in no listed item" in next(iter(statement_is_explained()))


@pytest.mark.parametrize("table", ["receipt", "applied", "interestcharge", "tariff", "bankline", "deposit"])
def test_what_happened_with_money_cannot_be_rewritten(busy: Treasury, table: str) -> None:
    with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM billing_{table}")  # noqa: S608


def test_a_bill_cannot_say_that_it_is_settled(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    with pytest.raises(Exception, match=r"bill_state_is_its_figures|bill_settled_when"):
        type(bill).objects.filter(pk=bill.pk).update(state="settled", settled_at=AT)
