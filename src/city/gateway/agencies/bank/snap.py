"""The city's bank behind billing's port: QRIS, virtual accounts, inquiry, statement, money back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from city.billing.declare import (
    QRIS,
    VA,
    AccountOrder,
    BankReceipt,
    BankRefused,
    BankUnreachable,
    QrisCode,
    QrisOrder,
    TransferOrder,
    VirtualAccount,
    write_statement,
)
from city.gateway.agencies.bank import messages, wire
from city.gateway.agencies.bank.client import Line, Reply, name_of, refused, unreachable
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.places import code_of
from city.gateway.agencies.bank.wire import Body

_UNKNOWN_BANK = _("Nama bank tujuan tidak kami kenal. Tulis seperti Bank BCA, atau kode tiga angkanya.")
DUPLICATE, NOT_FOUND = "40901", ("40401", "40412")
ATTEMPTS = 3  # an order whose answer was lost gets another reference; the one nobody saw runs out unpaid


@dataclass
class SnapBank:
    """`line` finds the line to the bank, or raises BankUnreachable while the city has none."""

    line: Callable[[], Line]
    simulated: bool = True

    def ask_qris(self, order: QrisOrder) -> QrisCode:
        """Raises BankRefused above the QRIS limit, and for a payload that is not what we ordered."""
        line = self.line()
        contract = line.agreement.contract
        if order.amount > contract.qris_limit:
            raise BankRefused(
                _("QRIS paling banyak Rp10.000.000 sekali bayar. Pakai virtual account untuk tagihan ini."),
                "qris.limit",
            )

        def ask(reference: str) -> Reply:
            return line.ask("qr/qr-mpm-generate", messages.qris_order(order, reference, contract))

        reference, reply = _first_unused(ask, "qris", order.bill, order.amount, order.expires_at)
        payload = str(reply.body.get("qrContent", ""))
        if fault := messages.fault_in(payload, order.amount, reference, contract):
            raise BankRefused(
                _("Kode QRIS dari bank tidak cocok dengan tagihan ini, jadi tidak kami tampilkan."), fault
            )
        return QrisCode(payload, reference, order.expires_at)

    def ask_account(self, order: AccountOrder) -> VirtualAccount:
        """The number is the reference too: it is all that a later question to the bank needs."""
        line = self.line()
        contract = line.agreement.contract

        def ask(reference: str) -> Reply:
            return line.ask("transfer-va/create-va", messages.account_order(order, reference, contract))

        reference, reply = _first_unused(ask, "va", order.bill, order.amount, order.expires_at)
        try:
            number = messages.number_in(wire.part(reply.body, "virtualAccountData"))
        except Refused as error:
            raise refused(reply.code) from error
        if number != contract.service_id + messages.customer_number(reference):
            raise refused(reply.code)
        return VirtualAccount(number, number, order.expires_at)

    def inquire(self, channel: str, reference: str) -> list[BankReceipt]:
        line = self.line()
        contract = line.agreement.contract
        if channel == QRIS:
            reply = line.ask_again("qr/qr-mpm-query", messages.qris_question(reference, contract))
        elif channel == VA:
            reply = line.ask_again("transfer-va/status", messages.account_question(reference, contract))
        else:
            raise ValueError(channel)
        if reply.case in NOT_FOUND:
            return []
        body = _good(reply).body
        try:
            return messages.receipts(channel, reference, body)
        except Refused as error:
            raise refused(reply.code) from error

    def statement(self, day: date) -> bytes:
        line = self.line()
        contract = line.agreement.contract
        begins = datetime.combine(day, time(), wire.WIB)
        asked: Body = {
            "partnerReferenceNo": name_of("statement", day),
            "accountNo": contract.account,
            "fromDateTime": wire.timestamp(begins),
            "toDateTime": wire.timestamp(begins + timedelta(days=1, seconds=-1)),
        }
        reply = _good(line.ask_again("bank-statement", asked))
        try:
            return write_statement(messages.statement(reply.body, contract.account, day))
        except Refused as error:
            raise refused(reply.code) from error

    def knows(self, bank: str) -> bool:
        contract = self.line().agreement.contract
        return bool(code_of(bank, contract.bank_code, contract.name))

    def transfer_back(self, order: TransferOrder) -> str:
        """The order's id is the reference at the bank, which moves money once for it. An answer that was lost is asked
        for, so that nobody is paid twice."""
        line = self.line()
        contract = line.agreement.contract
        to_code = code_of(order.to_bank, contract.bank_code, contract.name)
        if not to_code:
            raise BankRefused(_UNKNOWN_BANK, "transfer.bank")
        service, name = ("17", "transfer-intrabank") if to_code == contract.bank_code else ("18", "transfer-interbank")
        body = messages.transfer(order, to_code, contract, datetime.now(UTC))
        try:
            reply = line.ask(name, body)
            if reply.good:
                return wire.text(reply.body, "referenceNo")
            if reply.case != DUPLICATE and reply.status < 500:
                raise _no(reply)
        except BankUnreachable:
            reply = None
        except Refused as error:
            raise unreachable() from error
        return self._earlier_transfer(line, order, service)

    def _earlier_transfer(self, line: Line, order: TransferOrder, service: str) -> str:
        asked: Body = {"originalPartnerReferenceNo": str(order.id), "serviceCode": service}
        found = line.ask_again("transfer/status", asked)
        if found.good and found.body.get("latestTransactionStatus") in ("00", "02", "03"):
            return str(found.body.get("originalReferenceNo", ""))
        raise unreachable() if found.status >= 500 or found.case in NOT_FOUND else _no(found)


def _first_unused(ask: Callable[[str], Reply], *order: object) -> tuple[str, Reply]:
    """The first reference of this order that the bank takes, with its answer."""
    silent: BankUnreachable | None = None
    for attempt in range(ATTEMPTS):
        reference = name_of(*order, attempt)
        try:
            reply = ask(reference)
        except BankUnreachable as error:
            if silent:
                raise
            silent = error
            continue
        if reply.case != DUPLICATE:
            return reference, _good(reply)
    raise silent or unreachable()


def _good(reply: Reply) -> Reply:
    if reply.good:
        return reply
    raise _no(reply)


def _no(reply: Reply) -> BankRefused:
    return unreachable() if reply.status >= 500 else refused(reply.code)
