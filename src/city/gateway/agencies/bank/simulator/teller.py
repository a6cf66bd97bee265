"""The payer's side of the bank: what a visitor does with a code, including what goes wrong in life."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from city.gateway.agencies.bank import codes, wire
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.simulator.books import Books, Order, Payment
from city.gateway.agencies.bank.simulator.desk import new_number
from city.gateway.agencies.bank.wire import Body

DELAY = 30  # seconds by which a delayed message comes later
PAYER = "Pembayar Contoh"
# What may be done. All but "forge" and "repeat" move money; "drop" tells nobody.
ACTS = ("pay", "again", "late", "amount", "delay", "drop", "forge", "repeat")


@dataclass
class Teller:
    books: Books

    def order(self, code: str) -> Order:
        """Raises Refused for a code this bank never gave out."""
        cleaned = code.strip()
        found = self.books.order_with(cleaned) or self.books.order_with(cleaned.replace(" ", ""))
        if found is None:
            raise Refused(codes.BAD_BILL, "Not Found")
        return found

    def do(self, body: Body, at: datetime) -> Body:
        """One act on one code; the order as it stands afterwards. Raises Refused."""
        order, act = self.order(wire.text(body, "code", 512)), wire.text(body, "act", 10)
        if act not in ACTS:
            raise Refused(codes.BAD_FORMAT, "act")
        payer = wire.text_or(body, "payer", 60) or order.payer or PAYER
        if act == "repeat":
            self._tell_again(order, at)
        elif act == "forge":
            self.books.tell(self._payment(order, order.amount, payer, at), "forged", at.timestamp())
        else:
            amount = wire.rupiah(body, "amount") if act == "amount" else order.amount
            moment = max(at, order.expires_at + timedelta(minutes=1)) if act == "late" else at
            due = {"drop": None, "delay": at.timestamp() + DELAY}.get(act, at.timestamp())
            self.books.pay(self._payment(order, amount, payer, moment), due)
        return self.shown(order)

    def _payment(self, order: Order, amount: int, payer: str, at: datetime) -> Payment:
        return Payment(new_number("R"), order.reference, amount, at, payer)

    def _tell_again(self, order: Order, at: datetime) -> None:
        paid = self.books.payments_of(order.reference)
        if not paid:
            raise Refused(codes.NOT_FOUND)
        self.books.tell(paid[-1], "true", at.timestamp())

    def shown(self, order: Order) -> Body:
        """An order with its payments and what the city was told of them."""
        paid: list[dict[str, Any]] = [
            {"number": one.bank_reference, "amount": one.amount, "at": wire.timestamp(one.paid_at), "payer": one.payer}
            for one in self.books.payments_of(order.reference)
        ]
        news = [
            {"kind": one.kind, "state": one.state, "answer": one.answer, "tries": one.tries, "payment": one.payment}
            for one in self.books.news_of(order.reference)
        ]
        return {
            "channel": order.channel,
            "code": order.code,
            "label": order.label,
            "amount": order.amount,
            "payer": order.payer,
            "expires_at": wire.timestamp(order.expires_at),
            "payments": paid,
            "news": news,
        }
