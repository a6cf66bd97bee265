"""What a change of a bill's figures is in the ledger: documents of its posting rules, told in one call.

Rupiah here, sen there. Principal and interest have revenue accounts of their own; payments fill the principal first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from city.billing.declare import FORMULAS, Accounts
from city.billing.models import Bill
from city.ledger.declare import Document

SEN = 100
HELD = "2.1.07.01.02.0001"  # Utang Kelebihan Pembayaran Retribusi Daerah
KEEPER = "BPKAD"  # whose books hold money that belongs to no known bill
INTEREST_LO, INTEREST_LRA = "7.1.04.12.01.0001", "4.1.04.12.01.0001"
PRINCIPAL, INTEREST = "", "interest"


@dataclass(frozen=True)
class Standing:
    """A bill's rupiah by kind: claimed and paid, as principal and as interest."""

    principal: int
    interest: int
    paid_principal: int
    paid_interest: int


def standing_of(bill: Bill) -> Standing:
    """Payments fill the principal before the interest."""
    on_principal = min(bill.paid, bill.principal)
    return Standing(bill.principal, bill.interest, on_principal, bill.paid - on_principal)


@dataclass(frozen=True)
class Paper:
    """What a document in the ledger stands for, and the day from which it counts."""

    kind: str
    id: UUID
    day: date


@dataclass(frozen=True)
class ThisYear:
    """What of a change is of the year of posting and so lowers its revenue: the interest charged in it, and the money
    set free that came into the books in it. Rupiah."""

    charged: int = 0
    freed: int = 0


@dataclass(frozen=True)
class Booking:
    """A bill's documents on their way: its accounts and its entity. `today` is the day of posting."""

    bill: Bill
    today: date
    this_year: ThisYear = ThisYear()

    def accounts(self, part: str) -> Accounts:
        own = FORMULAS[self.bill.formula].accounts
        return own if part == PRINCIPAL else Accounts(own.receivable, INTEREST_LO, INTEREST_LRA)

    def document(self, type_: str, paper: Paper, amount: int, part: str, names: tuple[str, ...]) -> Document:
        own = self.accounts(part)
        known = {
            "receivable": own.receivable,
            "revenue_lo": own.revenue_lo,
            "revenue_lra": own.revenue_lra,
            "held": HELD,
        }
        type_, _slash, variant = type_.partition("/")
        return Document(
            type=type_,
            variant=variant,
            entity=self.bill.agency,
            source_kind=paper.kind,
            source=paper.id,
            value_date=paper.day,
            amounts={"amount": amount * SEN},
            accounts={name: known[name] for name in names},
            part=part,
            description=self.bill.number,
        )

    def corrected(self, paper: Paper, amount: int, part: str) -> Iterator[Document]:
        """A lowered claim. What an earlier year had as its revenue is no revenue of this one."""
        own = self.bill.amount if self.bill.issued_on.year == self.today.year else 0
        now = min(amount, max(0, own if part == PRINCIPAL else self.this_year.charged))
        if now:
            yield self.document("PENGURANGAN", paper, now, part, ("revenue_lo", "receivable"))
        if amount > now:
            yield self.document("PENGURANGAN/prior_year", paper, amount - now, earlier(part), ("receivable",))

    def set_free(self, paper: Paper, amount: int, part: str, now: int) -> Iterator[Document]:
        """Money taken off the claim and owed to its payer; `now` of it came this year."""
        if now:
            yield self.document("PEMINDAHAN", paper, now, part, ("receivable", "held", "revenue_lra"))
        if amount > now:
            yield self.document("PEMINDAHAN/prior_year", paper, amount - now, earlier(part), ("receivable", "held"))


def earlier(part: str) -> str:
    """The part under which the share of an earlier year is booked."""
    return f"{part} earlier".strip()


FROM_HELD = ("held", "receivable", "revenue_lra")


@dataclass(frozen=True)
class Arrival:
    """Money that goes on a bill: nothing for a mere correction. `type` is the rule: NK, TBP or KOMPENSASI."""

    paper: Paper
    amount: int = 0
    type: str = "NK"

    @property
    def accounts(self) -> tuple[str, ...]:
        return FROM_HELD if self.type == "KOMPENSASI" else ("receivable", "revenue_lra")


def assessed(booking: Booking) -> Document:
    bill = booking.bill
    paper = Paper("billing.bill", bill.pk, bill.issued_on)
    return booking.document("SKRD", paper, bill.amount, PRINCIPAL, ("receivable", "revenue_lo"))


def of_claim(booking: Booking, before: Standing, after: Standing, paper: Paper, charge: Paper) -> Iterator[Document]:
    """What changed in the claim: interest charged or annulled (`charge`), principal corrected (`paper`)."""
    more = after.interest - before.interest
    if more > 0:
        yield booking.document("STRD", charge, more, INTEREST, ("receivable", "revenue_lo"))
    elif more < 0:
        yield from booking.corrected(charge, -more, INTEREST)
    if after.principal < before.principal:
        yield from booking.corrected(paper, before.principal - after.principal, PRINCIPAL)


def of_money(booking: Booking, before: Standing, after: Standing, arrival: Arrival) -> Iterator[Document]:
    """What moved between claim and money: what arrives, by its rule (NK, TBP, KOMPENSASI), and what a lowered claim
    gives up to the debt owed to the payer, or takes from it.

    Money that only changes from one kind of claim to the other is this year's on both sides, so that no revenue comes
    of it. The newest money had filled the interest: of what is set free there, most is of this year.
    """
    principal = after.paid_principal - before.paid_principal
    interest = after.paid_interest - before.paid_interest
    on_principal = min(max(principal, 0), arrival.amount)
    on_interest = arrival.amount - on_principal
    this_year = booking.this_year.freed + max(0, principal - on_principal) + max(0, interest - on_interest)
    now = {INTEREST: min(this_year, max(0, on_interest - interest))}
    now[PRINCIPAL] = this_year - now[INTEREST]
    for part, arriving, moved in ((PRINCIPAL, on_principal, principal), (INTEREST, on_interest, interest)):
        if arriving:
            yield booking.document(arrival.type, arrival.paper, arriving, part, arrival.accounts)
        if moved > arriving:
            shift = booking.document("KOMPENSASI", arrival.paper, moved - arriving, part, FROM_HELD)
            yield replace(shift, part=f"shift {part}".strip())
        elif moved < arriving:
            yield from booking.set_free(arrival.paper, arriving - moved, part, min(now[part], arriving - moved))


def held_document(entity: str, paper: Paper, amount: int, type_: str = "NK") -> Document:
    """Money that came and is on no bill: owed to whoever paid it."""
    return _of_debt(f"{type_}/overpaid", entity, paper, amount)


def given_back(entity: str, paper: Paper, amount: int) -> Document:
    """Held money that leaves an agency's books and the city's account."""
    return _of_debt("RESTITUSI/overpaid", entity, paper, amount)


def _of_debt(type_: str, entity: str, paper: Paper, amount: int) -> Document:
    type_, _slash, variant = type_.partition("/")
    return Document(
        type=type_,
        variant=variant,
        entity=entity,
        source_kind=paper.kind,
        source=paper.id,
        value_date=paper.day,
        amounts={"amount": amount * SEN},
        accounts={"held": HELD},
        part="held",
    )


def deposited(entity: str, paper: Paper, amount: int) -> Document:
    """Cash of the counter on the city's account, with the credit note in the treasury's books."""
    return Document(
        type="STS",
        entity=entity,
        source_kind=paper.kind,
        source=paper.id,
        value_date=paper.day,
        amounts={"amount": amount * SEN},
    )
