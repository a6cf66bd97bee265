"""A walk over bills, payments and refunds in any order, sensible or not; what must always hold is asked by `whole`."""

import fcntl
import json
import os
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from city.billing import actions, queries
from city.billing.actions import Answer, Ruling
from city.billing.declare import BankReceipt, StatementLine, TransferOrder
from city.billing.models import BankDay, Bill, Held, InstalmentPlan, Objection, PaymentRequest, Receipt, Refund
from city.billing.tests.make import AT, CITY, HOUSE, TestBank, Treasury, an_order, complaints, to_account
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.rules import WIB

AMOUNTS = (1, 999, 405_000, 1_000_000, 1_620_000, 1_636_200, 5_000_000)


@dataclass
class BankOnDisk(TestBank):
    """A bank whose transfers outlive the walker that ordered them; several walkers share it. One line for each time
    that money moved: the order's id and its sum."""

    book: Path = Path()

    def transfer_back(self, order: TransferOrder) -> str:
        with self.book.open("a+") as lines:
            fcntl.flock(lines, fcntl.LOCK_EX)
            lines.seek(0)
            if str(order.id) not in lines.read():
                lines.write(f"{order.id} {order.amount}\n")
                lines.flush()
                os.fsync(lines.fileno())
        return super().transfer_back(order)


def moved_on_disk(book: Path) -> list[tuple[UUID, int]]:
    """Every time that this bank moved money: the order and the sum."""
    parts = [line.split() for line in book.read_text().splitlines()]
    return [(UUID(order), int(amount)) for order, amount in parts]


def telling(receipt: BankReceipt) -> str:
    """The bank's own note of a payment, made before the city hears of it."""
    return "telling " + json.dumps({**asdict(receipt), "paid_at": receipt.paid_at.isoformat()})


def told_in(lines: list[str]) -> list[BankReceipt]:
    """The payments the bank noted; a line that the kill cut off was told to nobody."""
    notes = [
        json.loads(line.removeprefix("telling ")) for line in lines if line.startswith("telling {") and line[-1] == "}"
    ]
    return [BankReceipt(**{**note, "paid_at": datetime.fromisoformat(note["paid_at"])}) for note in notes]


@dataclass
class Walk:
    """Each verb takes what the dice, or hypothesis, chose; a refusal is an answer, anything else a fault.

    `told` are the bank's payments, so that one can be told again; `heard` writes down what the bank is about to tell
    and what was acknowledged.
    """

    treasury: Treasury
    bank: TestBank
    dice: random.Random
    now: datetime = AT
    told: list[BankReceipt] = field(default_factory=list)
    heard: Callable[[str], None] = lambda _said: None
    done: dict[str, int] = field(default_factory=dict)

    def step(self) -> None:
        """Something somebody might press just now."""
        verb = self.dice.choice(VERBS)
        try:
            verb(self)
        except Refusal:
            return
        self.done[verb.__name__] = self.done.get(verb.__name__, 0) + 1

    def pick(self, rows: Any) -> Any:
        found = list(rows.order_by("pk")[:200])
        if not found:
            raise Refusal("walk.nothing", "Nothing to do that to.")
        return self.dice.choice(found)

    # ── verbs ──

    def assess(self) -> None:
        house = self.dice.random() < 0.4
        changes: dict[str, Any] = {"formula": "pbg", "factors": HOUSE, "agency": "DPUPR"} if house else {}
        order = an_order(self.treasury.payer, **changes)
        bill = actions.assess(order=order, actor=self.treasury.assessor, at=self.now)
        self.heard(f"bill {bill.pk}")

    def ask(self) -> None:
        bill = self.pick(Bill.objects.all())
        channel = self.dice.choice(("qris", "va"))
        actions.ask_payment(bill_id=bill.pk, channel=channel, actor=self.treasury.her, at=self.now)

    def pay(self) -> None:
        asked = self.pick(PaymentRequest.objects.all())
        amount = asked.amount if self.dice.random() < 0.6 else self.dice.choice(AMOUNTS)
        earlier = timedelta(days=self.dice.choice((0, 0, 0, 1, 20, 45)))
        self.tell(BankReceipt(asked.channel, asked.reference, f"BK-{new_id()}", amount, self.now - earlier, "SRI"))

    def pay_for_nothing(self) -> None:
        self.tell(BankReceipt("transfer", "", f"BK-{new_id()}", self.dice.choice(AMOUNTS), self.now, "?"))

    def tell(self, receipt: BankReceipt) -> None:
        self.told.append(receipt)
        self.heard(telling(receipt))
        actions.receive(receipt=receipt, at=self.now)
        self.heard(f"receipt {receipt.bank_reference} {receipt.amount}")

    def tell_again(self) -> None:
        if self.told:
            actions.receive(receipt=self.dice.choice(self.told), at=self.now)

    def tell_otherwise(self) -> None:
        if self.told:
            one = self.dice.choice(self.told)
            other = BankReceipt(one.channel, one.reference, one.bank_reference, one.amount + 1, one.paid_at)
            actions.receive(receipt=other, at=self.now)

    def cash(self) -> None:
        bill = self.pick(Bill.objects.open())
        amount = min(self.dice.choice(AMOUNTS), bill.outstanding)
        actions.receive_cash(bill_id=bill.pk, amount=amount, key=new_id(), actor=self.treasury.keeper, at=self.now)

    def deposit(self) -> None:
        agency = self.dice.choice(("BPKAD", "DPUPR"))
        actions.deposit(agency=agency, slip=f"SLIP-{new_id()}", actor=self.treasury.keeper, at=self.now)

    def charge(self) -> None:
        actions.charge_all_interest(self.now)

    def pass_time(self) -> None:
        self.now += timedelta(days=self.dice.choice((1, 7, 31, 62)))

    def cancel(self) -> None:
        if self.dice.random() < 0.4:
            bill = self.pick(Bill.objects.all())
            actions.cancel(bill_id=bill.pk, reason="Ditarik", actor=CITY, at=self.now)

    def object_to(self) -> None:
        bill = self.pick(Bill.objects.all())
        claimed = self.dice.choice((0, 1, bill.principal // 2))
        actions.object_to(bill_id=bill.pk, reason="Keliru", claimed=claimed, actor=self.treasury.her, at=self.now)

    def rule(self) -> None:
        row = self.pick(Objection.objects.filter(state="filed"))
        share = self.dice.choice((0, 1, 3, 10))
        ruling = Ruling(row.bill.principal * share // 10, "Diperiksa")
        actions.decide_objection(objection_id=row.pk, ruling=ruling, actor=self.treasury.decider, at=self.now)

    def stay_silent(self) -> None:
        actions.deem_silent_granted(self.now)

    def split(self) -> None:
        bill = self.pick(Bill.objects.open())
        count = self.dice.randint(2, 6)
        actions.ask_instalments(bill_id=bill.pk, count=count, reason="Sepi", actor=self.treasury.her, at=self.now)

    def agree(self) -> None:
        plan = self.pick(InstalmentPlan.objects.filter(state="asked"))
        answer = Answer(self.dice.random() < 0.8, "Tidak")
        actions.agree_instalments(plan_id=plan.pk, answer=answer, actor=self.treasury.decider, at=self.now)

    def match(self) -> None:
        held, bill = self.pick(Held.objects.all()), self.pick(Bill.objects.all())
        actions.match_receipt(held_id=held.pk, bill_id=bill.pk, actor=self.treasury.keeper, at=self.now)

    def ask_refund(self) -> None:
        held = self.pick(Held.objects.all())
        actions.ask_refund(held_id=held.pk, to=to_account(), actor=self.treasury.keeper, at=self.now)

    def decide_refund(self) -> None:
        row = self.pick(Refund.objects.filter(state="asked"))
        answer = Answer(self.dice.random() < 0.8, "Tidak")
        actions.decide_refund(refund_id=row.pk, answer=answer, actor=self.treasury.decider, at=self.now)

    def send_refunds(self) -> None:
        actions.send_refunds(self.now)

    def reconcile(self) -> None:
        """The bank's day: most of what the city knows of it, something it does not, and a charge of the bank's own."""
        day = self.now.astimezone(WIB).date()
        today = Receipt.objects.filter(paid_on=day).exclude(channel="cash")
        before = BankDay.objects.filter(day__lt=day).order_by("-day", "-read_at", "-pk").first()
        self.bank.opening = before.closing if before else 0
        self.bank.lines = [
            StatementLine(self.now, one.bank_reference, one.channel, one.reference, one.amount)
            for one in today
            if self.dice.random() < 0.9
        ]
        self.bank.lines.append(StatementLine(self.now, f"BK-{new_id()}", "transfer", "", 12_345))
        self.bank.lines.append(StatementLine(self.now, f"FEE-{new_id()}", "out", "", -6_500))
        for row in Refund.objects.filter(state="sent", sent_on=day):
            self.bank.lines.append(StatementLine(self.now, row.bank_reference, "out", "", -row.amount))
        actions.reconcile(day=day, statement=self.bank.statement(day), actor=self.treasury.keeper, at=self.now)


VERBS: list[Callable[[Walk], None]] = [
    Walk.assess, Walk.assess, Walk.ask, Walk.ask, Walk.pay, Walk.pay, Walk.pay, Walk.pay_for_nothing, Walk.tell_again,
    Walk.tell_otherwise, Walk.cash, Walk.deposit, Walk.charge, Walk.pass_time, Walk.cancel, Walk.object_to, Walk.rule,
    Walk.stay_silent, Walk.split, Walk.agree, Walk.match, Walk.ask_refund, Walk.decide_refund, Walk.send_refunds,
    Walk.reconcile,
]  # fmt: skip


def whole(day: Any = None) -> list[str]:
    """Everything `city verify` would say, and that each bill which counts as settled is paid to the rupiah."""
    said = complaints()
    said += [
        f"{bill} is settled with {bill.outstanding} open"
        for bill in Bill.objects.filter(state="settled")
        if bill.outstanding
    ]
    result = queries.reconciliation_of(day) if day else None
    if result is not None and result.unexplained:
        said.append(f"{result.unexplained} unexplained on {day}")
    return said


def acknowledged(lines: list[str]) -> tuple[set[UUID], dict[str, int]]:
    """(bills, receipts with their sums) that somebody was told are kept."""
    parts = [line.split() for line in lines]
    bills = {UUID(part[1]) for part in parts if part[0] == "bill"}
    return bills, {part[1]: int(part[2]) for part in parts if part[0] == "receipt"}
