"""Interest falls away when money proves to have come in time, even where the bill needs none of it any more."""

import pytest

from city.billing import actions
from city.billing.declare import BankReceipt
from city.billing.models import Applied, Held
from city.billing.tests.make import Treasury, a_bill, complaints, events_of, fresh, later, refused
from city.kernel.ids import new_id

pytestmark = pytest.mark.usefixtures("bank")


@pytest.mark.parametrize("agency", ["BPKAD", "DPUPR"])
def test_matched_money_that_only_takes_the_interest_off_stays_hers(treasury: Treasury, agency: str) -> None:
    bill = a_bill(treasury, agency=agency)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 1_700_000, later(29)), at=later(29))
    actions.charge_interest(bill_id=bill.pk, at=later(31))
    cash = {"bill_id": bill.pk, "amount": 1_620_000, "key": new_id()}
    actions.receive_cash(**cash, actor=treasury.keeper, at=later(35))  # type: ignore[arg-type]
    held = Held.objects.get()
    assert fresh(bill).outstanding == 16_200
    told = {"held_id": held.pk, "bill_id": bill.pk, "actor": treasury.keeper, "at": later(36)}
    assert actions.match_receipt(**told) is None  # type: ignore[arg-type]
    held.refresh_from_db()
    assert (fresh(bill).state, fresh(bill).interest, held.left) == ("settled", 0, 1_700_000)
    assert Applied.objects.count() == 1
    assert events_of(bill)[-1] == "BillSettled"
    assert "ReceiptMatched" not in events_of(bill)
    with refused("bill.not_now", 409):
        actions.match_receipt(**told)  # type: ignore[arg-type]
    assert complaints() == []
