"""A locked bill whose figures change: whatever changes them, the same rows, documents and events follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from city.billing.actions.lock import named
from city.billing.actions.posting import Arrival, Booking, Paper, Standing, ThisYear, of_claim, of_money, standing_of
from city.billing.events import BillReopened, BillSettled
from city.billing.models import Applied, Bill, Held, InterestCharge
from city.billing.queries import interest_terms, next_due, parts_of
from city.billing.rules.bills import state_of
from city.billing.rules.months import months_begun
from city.kernel.actor import Actor
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.ledger.actions import post
from city.ledger.declare import Document, Posted
from city.ledger.queries import booked_days


@dataclass
class Rework:
    """Begin with the locked bill, set its figures, then `book` once and `tell` last.

    `paper` is what brings the change about: a receipt, a decision, the calendar. What is paid beyond a lowered claim
    is taken off the newest payments and held for the payer.
    """

    bill: Bill
    paper: Paper
    actor: Actor
    at: datetime
    until: date | None = None  # the day up to which its interest now stands; today unless told
    before: Standing = field(init=False)
    was_settled: bool = field(init=False)

    def __post_init__(self) -> None:
        self.before = standing_of(self.bill)
        self.was_settled = self.bill.state == Bill.State.SETTLED

    def book(self, arrival: Arrival, also: Sequence[Document] = (), *, cancelled: bool = False) -> str:
        """Post everything in one call and write the bill. Returns the label of the first document of the arrival's
        type: the number under which the money stands, empty where none came."""
        bill = self.bill
        bill.paid += arrival.amount
        released = self._newest(max(0, bill.paid - bill.due))
        bill.paid -= sum(amount for _row, amount in released)
        after, charge = standing_of(bill), Paper("billing.charge", new_id(), self._today())
        booking = Booking(bill, self._today(), ThisYear(self._charged_this_year(), self._of_this_year(released)))
        documents = [
            *of_claim(booking, self.before, after, self.paper, charge),
            *of_money(booking, self.before, after, arrival),
            *also,
        ]
        posted = post(documents=documents, actor=self.actor, at=self.at) if documents else []
        self._charge(after, charge, posted)
        self._release(released)
        self._write(cancelled)
        labels = [two.label for one, two in zip(documents, posted, strict=True) if one.type == arrival.type]
        return labels[0] if labels else ""

    def tell(self) -> None:
        """Say that it is settled now, or is no longer."""
        settled = self.bill.state == Bill.State.SETTLED
        if settled and not self.was_settled:
            publish(BillSettled(**named(self.bill)), by=self.actor, at=self.at)
        if self.was_settled and self.bill.takes_money:
            publish(BillReopened(**named(self.bill)), by=self.actor, at=self.at)

    def _today(self) -> date:
        return self.at.astimezone(WIB).date()

    def _charge(self, after: Standing, charge: Paper, posted: Sequence[Posted]) -> None:
        """The row of interest charged or annulled; its document was the first."""
        amount = after.interest - self.before.interest
        if not amount:
            return
        until, parts = self.until or self._today(), parts_of(self.bill)
        oldest = parts[0].due_on if parts else self.bill.due_on
        most = interest_terms(self.bill.issued_on).most_months
        InterestCharge.objects.create(
            id=charge.id,
            bill=self.bill,
            amount=amount,
            until=until,
            months=min(months_begun(oldest, until), most),
            label=posted[0].label,
            at=self.at,
        )

    def _release(self, taken: Sequence[tuple[Applied, int]]) -> None:
        """Take that much off these payments again, and hold it."""
        for row, amount in taken:
            told = {"bill": self.bill, "receipt_id": row.receipt_id, "at": self.at}
            Applied.objects.create(**told, amount=-amount, value_on=self._today())
            Held.objects.create(**told, entity=self.bill.agency, reason=Held.Reason.REDUCED, amount=amount)

    def _newest(self, amount: int) -> list[tuple[Applied, int]]:
        """The newest payments that so much of the bill was paid with, and how much of each."""
        found = []
        for row, on_bill in self._newest_first() if amount else ():
            taken = min(amount, on_bill)
            amount -= taken
            found.append((row, taken))
            if not amount:
                break
        return found

    def _newest_first(self) -> list[tuple[Applied, int]]:
        net: dict[UUID, int] = {}
        rows: dict[UUID, Applied] = {}
        for row in Applied.objects.filter(bill=self.bill).order_by("-at", "-pk"):
            net[row.receipt_id] = net.get(row.receipt_id, 0) + row.amount
            if row.amount > 0:
                rows.setdefault(row.receipt_id, row)
        return [(rows[receipt_id], amount) for receipt_id, amount in net.items() if amount > 0]

    def _of_this_year(self, taken: Sequence[tuple[Applied, int]]) -> int:
        """How much of it came into the books this year: by its receipt, or when held money was put on the bill."""
        direct = [row.receipt_id for row, _amount in taken if row.held_id is None]
        matched = [row.pk for row, _amount in taken if row.held_id is not None]
        days = {**booked_days("billing.receipt", direct), **booked_days("billing.applied", matched)}
        year = self._today().year
        return sum(amount for row, amount in taken if days[row.pk if row.held_id else row.receipt_id].year == year)

    def _charged_this_year(self) -> int:
        first = datetime(self._today().year, 1, 1, tzinfo=WIB)
        charged = InterestCharge.objects.filter(bill=self.bill, at__gte=first).aggregate(sum=Sum("amount"))["sum"]
        return int(charged or 0)

    def _write(self, cancelled: bool) -> None:
        bill = self.bill
        bill.state = state_of(bill.figures, cancelled=cancelled)
        settled = bill.state == Bill.State.SETTLED
        bill.settled_at = (bill.settled_at or self.at) if settled else None
        if bill.takes_money:
            bill.due_on = next_due(bill).day
        bill.version += 1
        bill.save(force_update=True)
