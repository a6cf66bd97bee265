"""Cash at the counter: received against a bill (TBP), and brought to the city's account (STS)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, locked, locked_held, not_now, require_decider, wrong
from city.billing.actions.posting import Paper, deposited
from city.billing.actions.receive import Money, Told, keep
from city.billing.declare import TREASURY
from city.billing.events import CashDeposited
from city.billing.models import Deposit, DepositLine, Held, Receipt
from city.billing.queries import open_cash
from city.billing.rules.statement import slip_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.turns import take_turn
from city.ledger.actions import post
from city.ledger.declare import Document, Reversal
from city.ledger.queries import document_of

_OTHER_SUM = _(
    "Bank mencatat jumlah lain untuk slip ini: uang tunai di loket, dari yang terlama, tidak genap sebesar itu. "
    "Periksa nomor slip, lalu hitung uangnya lagi."
)


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

    Where the bank's statement told of it first, it is the oldest cash that makes up that sum, and what was kept as
    unknown money is taken back. The same slip again gives the same deposit. Raises Refusal 403, 409 when there is no
    cash, 422 without a slip, with the reference of another payment, or where no cash makes up its sum.
    """
    actor.require(TREASURY)
    slip = slip_of(slip)
    if not slip or len(slip) > 80:
        raise wrong("deposit.slip", "slip", _("Tulis nomor pada slip setoran bank."))
    take_turn(f"deposit:{agency}")
    take_turn(f"bank:{slip}")
    again = Deposit.objects.filter(bank_reference=slip).first()
    if again is not None and again.agency == agency:
        return again
    told = None if again else _told_already(slip)
    if again is not None or (told is not None and told.bill_id is not None):
        raise wrong("deposit.slip_used", "slip", _("Nomor slip ini sudah dipakai. Periksa slipnya."))
    cash = list(open_cash(agency)) if told is None else _making_up(agency, told.amount)
    if not cash:
        raise Refusal("deposit.nothing", _("Tidak ada uang tunai yang perlu disetor."))
    return _deposited(agency, slip, cash, told, by=Told(actor, at))


def _told_already(slip: str) -> Receipt | None:
    """Money under this number that the bank told of and nobody has used yet. Refuses (422) money that was used."""
    receipt = Receipt.objects.filter(bank_reference__iexact=slip).first()
    if receipt is None or receipt.bill_id is not None:
        return receipt
    held = locked_held(Held.objects.get(receipt=receipt, bill=None).pk)  # what came back from a bill since is another
    if held.used:
        raise wrong("deposit.slip_used", "slip", _("Uang dengan nomor ini sudah dipakai. Periksa slipnya."))
    return receipt


def _making_up(agency: str, amount: int) -> list[Receipt]:
    """The oldest cash that comes to exactly so much. Refuses (422) where it does not."""
    taken: list[Receipt] = []
    for one in open_cash(agency):
        if amount <= 0:
            break
        taken.append(one)
        amount -= one.amount
    if amount:
        raise wrong("deposit.other_sum", "slip", _OTHER_SUM)
    return taken


def _deposited(agency: str, slip: str, cash: list[Receipt], told: Receipt | None, *, by: Told) -> Deposit:
    if by.actor.person_id is None:
        raise Refusal("actor.not_permitted", _("Setoran dicatat oleh bendahara sendiri."), status=403)
    row_id, amount, day = new_id(), sum(one.amount for one in cash), day_of(by.at)
    documents: list[Document | Reversal] = [deposited(agency, Paper("billing.deposit", row_id, day), amount)]
    if told is not None:
        documents.append(Reversal(document_of("billing.receipt", told.pk), "Setoran tunai loket sendiri"))
        Held.objects.filter(receipt=told, bill=None).update(used=F("amount"))
    posted = post(documents=documents, actor=by.actor, at=by.at)
    row = Deposit.objects.create(
        id=row_id,
        agency=agency,
        amount=amount,
        label=posted[0].label,
        bank_reference=slip,
        receipt=told,
        deposited_on=day,
        by=by.actor.person_id,
        at=by.at,
    )
    DepositLine.objects.bulk_create(DepositLine(deposit=row, receipt=one) for one in cash)
    publish(CashDeposited(deposit_id=row.pk, amount=amount), by=by.actor, at=by.at)
    return row
