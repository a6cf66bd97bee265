"""A treasury with its people, bills in any state, and a bank at the wire."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from city.billing import actions
from city.billing.actions import AssessmentOrder, Destination
from city.billing.declare import (
    AccountOrder,
    BankReceipt,
    BankRefused,
    QrisCode,
    QrisOrder,
    Statement,
    StatementLine,
    TransferOrder,
    VirtualAccount,
    write_statement,
)
from city.billing.models import Bill, Held, Receipt
from city.kernel.actor import Actor, system
from city.kernel.checks import CHECKS
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.queries import history_of
from city.ledger.models import Document
from city.people import actions as people
from city.people.models import Account, Appointment, Person

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, 10.00 WIB
DAY = date(2026, 11, 23)
CITY = system("tests")
STALL = {"area": "12", "days": "90", "place": "main_road"}  # Rp 1.620.000
HOUSE = {
    "area": "90",
    "floors": "1",
    "function": "house_small",
    "complexity": "simple",
    "permanence": "permanent",
    "owner": "private",
    "work": "new",
}
_next = iter(range(1, 1_000_000))


def later(days: int = 0, *, months: int = 0) -> datetime:
    """So many days after AT; a month is 31 days here, so that it has surely begun."""
    return AT + timedelta(days=days + 31 * months)


def refused(code: str, status: int) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status))


def a_person(name: str = "Sri Wahyuni") -> Person:
    return Person.objects.create(name=name, created_by="tests", created_at=AT)


def herself(person: Person) -> Actor:
    return Actor(ref=f"person:{person.pk}", person_id=person.pk)


def under_mandate(giver: Person, holder: Person) -> Actor:
    """The holder, acting for the giver under a mandate of her own."""
    mandate = people.grant_mandate(
        giver=people.Giver(person_id=giver.pk),
        holder_id=holder.pk,
        scope="permits",
        days=(date(2026, 1, 1), date(2028, 1, 1)),
        by=herself(giver),
        at=AT,
    )
    return Actor(ref=f"person:{holder.pk}", person_id=holder.pk, mandate_id=mandate.pk)


def an_account(person: Person) -> Account:
    reach = people.Reach(email=f"kas{next(_next)}@contoh.id")
    return people.create_account(person_id=person.pk, reach=reach, password="garam-laut-2026", by=CITY, at=AT)


def appointed(code: str, person: Person) -> Actor:
    term = people.Term(from_day=date(2026, 1, 2), kind="definitive", decree="SK contoh")
    made = people.appoint(person_id=person.pk, office_code=code, term=term, by=CITY, at=AT)
    return _acting(Appointment.objects.select_related("office").get(pk=made.pk))


def _acting(held: Appointment) -> Actor:
    return Actor(
        ref=f"person:{held.person_id}",
        person_id=held.person_id,
        appointment_id=held.pk,
        agency=held.office.agency_id,
        permissions=frozenset(held.office.permissions),
    )


def in_office(role: str) -> Actor:
    """Who holds that office of `a_treasury`, in a process that did not make it."""
    code = OFFICES[role][0]
    held = Appointment.objects.select_related("office").get(office__code=code)
    return _acting(held)


@dataclass(frozen=True)
class Treasury:
    """Who keeps the money, who decides, who assesses, and a payer."""

    keeper: Actor
    decider: Actor
    assessor: Actor
    payer: Person

    @property
    def her(self) -> Actor:
        return herself(self.payer)


OFFICES = {
    "keeper": ("bpkad.treasurer", "BPKAD", ("billing.treasury",)),
    "decider": ("bpkad.head", "BPKAD", ("billing.decide",)),
    "assessor": ("bpkad.reviewer", "BPKAD", ("permits.review",)),
}


def a_treasury() -> Treasury:
    for code in ("BPKAD", "DPUPR"):
        people.place_agency(code=code, name=f"Badan {code}", by=CITY)
    actors = {}
    for role, (code, agency, powers) in OFFICES.items():
        people.place_office(code=code, title=code, agency=agency, permissions=powers, by=CITY)
        actors[role] = appointed(code, a_person(f"Pejabat {role}"))
    return Treasury(**actors, payer=a_person())


def an_order(payer: Person, **changes: Any) -> AssessmentOrder:
    usual: dict[str, Any] = {
        "formula": "pemakaian_aset",
        "factors": STALL,
        "payer_id": payer.pk,
        "subject_kind": "cases.case",
        "subject_id": new_id(),
        "agency": "BPKAD",
        "title": "Pemakaian tanah di Jalan Contoh",
    }
    return AssessmentOrder(**{**usual, **changes})


def a_bill(treasury: Treasury, *, at: datetime = AT, **changes: Any) -> Bill:
    """Rp 1.620.000 unless told otherwise, due in 30 days."""
    return actions.assess(order=an_order(treasury.payer, **changes), actor=treasury.assessor, at=at)


def fresh(bill: Bill) -> Bill:
    return Bill.objects.get(pk=bill.pk)


@dataclass
class TestBank:
    """A bank at the wire: each asking gives another code, as at the real one; moves money back once, writes its day.
    `down` makes it silent or refuse."""

    __test__ = False
    simulated: bool = True
    down: BankRefused | None = None
    asked: list[Any] = field(default_factory=list)
    moved: dict[UUID, str] = field(default_factory=dict)
    returned: set[UUID] = field(default_factory=set)
    known: dict[str, list[BankReceipt]] = field(default_factory=dict)
    lines: list[StatementLine] = field(default_factory=list)
    opening: int = 0

    def _hear(self, order: Any) -> None:
        if self.down is not None:
            raise self.down
        self.asked.append(order)

    def ask_qris(self, order: QrisOrder) -> QrisCode:
        self._hear(order)
        reference = f"QR-{new_id()}"
        return QrisCode(f"00020101021226610016ID.CONTOH{reference}6304ABCD", reference, order.expires_at)

    def ask_account(self, order: AccountOrder) -> VirtualAccount:
        self._hear(order)
        number = f"88810{new_id().int % 10**12:012d}"
        return VirtualAccount(number, number, order.expires_at)

    def inquire(self, channel: str, reference: str) -> list[BankReceipt]:
        self._hear(reference)
        return self.known.get(reference, [])

    def knows(self, bank: str) -> bool:
        return bank != "Bank Antah Berantah"

    def transfer_back(self, order: TransferOrder) -> str:
        self._hear(order)
        return self.moved.setdefault(order.id, f"TB-{order.id}")

    def came_back(self, order_id: UUID, to_bank: str) -> bool:
        self._hear(order_id)
        return order_id in self.returned

    def statement(self, day: date) -> bytes:
        self._hear(day)
        moved = sum(line.amount for line in self.lines)
        told = Statement("0012.0001", day, self.opening, self.opening + moved, tuple(self.lines))
        return write_statement(told)


def paid(bill: Bill, amount: int, *, at: datetime = AT, mark: str = "", channel: str = "qris") -> BankReceipt:
    """What the bank would tell of money on the newest order of this bill."""
    asked = bill.requests.filter(channel=channel).order_by("-asked_at").first()
    reference = asked.reference if asked else "tidak-dikenal"
    return BankReceipt(channel, reference, mark or f"BK{next(_next):08d}", amount, at, "SRI W")


def asked(bill: Bill, treasury: Treasury, *, at: datetime = AT, channel: str = "qris") -> Bill:
    actions.ask_payment(bill_id=bill.pk, channel=channel, actor=treasury.her, at=at)
    return bill


def pay(bill: Bill, treasury: Treasury, amount: int = 0, *, at: datetime = AT, mark: str = "") -> Receipt:
    """She asks for a code if she has none that holds, and pays all that is open, or so much."""
    current = fresh(bill)
    if not bill.requests.exists() and current.takes_money:
        asked(bill, treasury, at=at)
    return actions.receive(receipt=paid(bill, amount or current.outstanding, at=at, mark=mark), at=at)


def to_account(reason: str = "Lebih bayar") -> Destination:
    return Destination(new_id(), "Bank Contoh", "0012 3456 789", "Sri Wahyuni", reason)


def held_of(bill: Bill) -> Held:
    return Held.objects.get(bill=bill)


def complaints() -> list[str]:
    """What `city verify` would say of billing and the ledger."""
    names = ("billing:", "ledger:")
    return [said for name, ask in CHECKS.items() if name.startswith(names) for said in ask()]


def events_of(bill: Bill) -> list[str]:
    return [one.name for one in history_of("bill", bill.pk)]


def booked(source: UUID) -> list[tuple[str, str, int]]:
    """(type, variant, rupiah) of the documents of a paper, in the order of their numbers."""
    rows = Document.objects.filter(source=source).order_by("recorded_at", "type", "part", "number")
    return [(row.type, row.variant, row.told["amounts"]["amount"] // 100) for row in rows]


def lines_of(source: UUID) -> Iterator[tuple[str, str, str, int]]:
    """(entity, book, account with side, rupiah) of everything booked for a paper."""
    for document in Document.objects.filter(source=source):
        for entry in document.entries.order_by("entity", "book"):
            for line in entry.lines.order_by("no"):
                side = "D" if line.debit else "K"
                yield entry.entity, entry.book, f"{side} {line.account_id}", (line.debit + line.credit) // 100
