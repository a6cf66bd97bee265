"""The city's bank behind billing's port: QRIS, virtual accounts, inquiry, statement, money back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

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
from city.gateway.agencies.bank import messages, transfers, wire
from city.gateway.agencies.bank.client import Line, Reply, name_of, refused, unreachable
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.places import code_of
from city.gateway.agencies.bank.wire import Body

log = logging.getLogger(__name__)
_UNKNOWN_BANK = _("Nama bank tujuan tidak kami kenal. Tulis seperti Bank BCA, atau kode tiga angkanya.")
_CANNOT_ARRIVE = _("Uang ini tidak bisa sampai ke rekening itu. Periksa bank, nomor, dan nama pemiliknya.")
_NOT_SETTLED = _("Bank belum memastikan kiriman ini. Kami tanyakan lagi sampai jelas; uangnya tidak dikirim dua kali.")
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
        """The order's id is the reference at the bank, which moves money once for it. Only the bank's own word on that
        id ends it: moved, or never to be moved. Whatever else is said is asked again under the same id."""
        line = self.line()
        contract = line.agreement.contract
        to_code = code_of(order.to_bank, contract.bank_code, contract.name)
        if not to_code:
            raise BankRefused(_UNKNOWN_BANK, "transfer.bank")
        name = "transfer-intrabank" if to_code == contract.bank_code else "transfer-interbank"
        try:
            reply = line.ask(name, messages.transfer(order, to_code, contract, datetime.now(UTC)))
        except BankUnreachable:
            reply = None
        if reply is not None and transfers.is_done(reply):
            return transfers.reference_in(reply, "referenceNo")
        found = self._asked_about(order.id, to_code)
        if transfers.is_moved(found):
            return transfers.reference_in(found, "originalReferenceNo")
        if transfers.is_undone(found):
            raise BankRefused(_CANNOT_ARRIVE, found.code)
        if reply is not None and transfers.is_wrong_account(reply) and transfers.is_unknown(found):
            raise BankRefused(_CANNOT_ARRIVE, reply.code)
        log.warning("bank: transfer %s is not settled: %s", order.id, reply.code if reply else "no answer")
        raise BankUnreachable(_NOT_SETTLED, reply.code if reply else found.code)

    def came_back(self, order_id: UUID, to_bank: str) -> bool:
        contract = self.line().agreement.contract
        to_code = code_of(to_bank, contract.bank_code, contract.name)
        return bool(to_code) and transfers.is_undone(self._asked_about(order_id, to_code))

    def _asked_about(self, order_id: UUID, to_code: str) -> Reply:
        line = self.line()
        service = "17" if to_code == line.agreement.contract.bank_code else "18"
        asked: Body = {"originalPartnerReferenceNo": str(order_id), "serviceCode": service}
        return line.ask_again("transfer/status", asked)


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
