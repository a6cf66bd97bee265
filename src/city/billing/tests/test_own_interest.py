"""Nobody settles, lowers or splits what she owes herself, filed herself, or may act for."""

from dataclasses import replace

import pytest

from city.billing import actions
from city.billing.declare import BankReceipt
from city.billing.models import Held, Receipt
from city.billing.tests.make import AT, Treasury, a_bill, fresh, refused
from city.kernel.ids import new_id

pytestmark = pytest.mark.usefixtures("bank")
OWN = ("bill.own_interest", 403)


def test_the_treasurer_settles_no_bill_of_her_own(treasury: Treasury) -> None:
    bill = a_bill(treasury)
    actions.receive(receipt=BankReceipt("transfer", "", "BK-X", 1_620_000, AT), at=AT)
    herself_at_the_till = replace(treasury.keeper, person_id=treasury.payer.pk)
    with refused(*OWN):
        actions.receive_cash(bill_id=bill.pk, amount=5, key=new_id(), actor=herself_at_the_till, at=AT)
    with refused(*OWN):
        actions.match_receipt(held_id=Held.objects.get().pk, bill_id=bill.pk, actor=herself_at_the_till, at=AT)
    assert (fresh(bill).paid, Receipt.objects.count()) == (0, 1)
    actions.match_receipt(held_id=Held.objects.get().pk, bill_id=bill.pk, actor=treasury.keeper, at=AT)
    assert fresh(bill).state == "settled"
