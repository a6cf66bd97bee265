"""Cash at the counter: received against a bill (TBP), and brought to the city's account (STS)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, locked, not_now, require_decider, wrong
from city.billing.actions.posting import Paper, deposited
from city.billing.actions.receive import Money, Told, keep
from city.billing.declare import TREASURY
from city.billing.events import CashDeposited
from city.billing.models import Deposit, DepositLine, Receipt
from city.billing.queries import open_cash
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.turns import take_turn
from city.ledger.actions import post


@transaction.atomic
def receive_cash(*, bill_id: UUID, amount: int, key: UUID, actor: Actor, at: datetime) -> Receipt:
    """Take cash for a bill; `key` is made by the page, so that pressing twice takes it once.

    Raises Refusal 403 (her own bill too), 404, 409 when the bill takes none, 422 for more than is open: change is
    given at the counter.
    """
    actor.require(TREASURY)
    bill = locked(bill_id)
    require_decider(bill, actor, TREASURY, at)
    mark = f"cash:{key}"
    again = Receipt.objects.filter(bank_reference=mark, bill=bill).first()
    if again is not None:
        return again
    if not bill.takes_money:
        raise not_now(bill)
    if not 0 < amount <= bill.outstanding:
        said = gettext("Isi 1 sampai %(most)s rupiah. Kelebihan uang dikembalikan langsung di loket.")
        raise wrong("cash.amount", "amount", said % {"most": f"{bill.outstanding:,}".replace(",", ".")})
    return keep(Money(Receipt.Channel.CASH, mark, amount, at), bill, by=Told(actor, at))


@transaction.atomic
def deposit(*, agency: str, slip: str, actor: Actor, at: datetime) -> Deposit:
    """Bring all cash an agency's counter holds to the city's account; `slip` is the reference on the bank's slip.

    The same slip again gives the same deposit. Raises Refusal 403, 409 when there is no cash, 422 without a slip.
    """
    actor.require(TREASURY)
    slip = slip.strip()
    if not slip or len(slip) > 80 or actor.person_id is None:
        raise wrong("deposit.slip", "slip", _("Tulis nomor pada slip setoran bank."))
    take_turn(f"deposit:{agency}")
    again = Deposit.objects.filter(bank_reference=slip, agency=agency).first()
    if again is not None:
        return again
    if Deposit.objects.filter(bank_reference=slip).exists() or Receipt.objects.filter(bank_reference=slip).exists():
        raise wrong("deposit.slip_used", "slip", _("Nomor slip ini sudah dipakai. Periksa slipnya."))
    cash = list(open_cash(agency))
    if not cash:
        raise Refusal("deposit.nothing", _("Tidak ada uang tunai yang perlu disetor."))
    row_id, amount = new_id(), sum(one.amount for one in cash)
    posted = post(
        documents=[deposited(agency, Paper("billing.deposit", row_id, day_of(at)), amount)], actor=actor, at=at
    )
    row = Deposit.objects.create(
        id=row_id,
        agency=agency,
        amount=amount,
        label=posted[0].label,
        bank_reference=slip,
        deposited_on=day_of(at),
        by=actor.person_id,
        at=at,
    )
    DepositLine.objects.bulk_create(DepositLine(deposit=row, receipt=one) for one in cash)
    publish(CashDeposited(deposit_id=row.pk, amount=amount), by=actor, at=at)
    return row
