"""The bank's SNAP services: what a signed request of the city is answered."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from city.gateway.agencies.bank import calls, codes, messages, signing, wire
from city.gateway.agencies.bank.calls import Call, Caller
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.options import Agreement
from city.gateway.agencies.bank.simulator import emv
from city.gateway.agencies.bank.simulator.books import Books, Order, Payment, Taken, day_of
from city.gateway.agencies.bank.wire import Body

TOKEN_SECONDS = 900
TRANSFERS = ("transfer-intrabank", "transfer-interbank")


class AnswerLost(Exception):
    """Done, but the city is not told: the line broke before the answer."""


@dataclass
class Mood:
    """How the bank treats transfers from now on: the status they are left in (other than 00 they are answered 202),
    whether their answer is lost, whether questions about them are refused (as too many), whether it names them."""

    status: str = "00"
    lose: bool = False
    busy: bool = False
    nameless: bool = False


@dataclass
class Desk:
    """`tokens` live in memory: a bank that was started again knows none, and the city must fetch another."""

    agreement: Agreement
    books: Books
    tokens: dict[str, float] = field(default_factory=dict)
    mood: Mood = field(default_factory=Mood)

    def answer(self, call: Call, at: datetime) -> tuple[int, Body]:
        """HTTP status and body."""
        prefix = self.agreement.contract.url_path
        service = codes.number_at(call.path, prefix)
        try:
            name = call.path.removeprefix(prefix)
            if name == "access-token/b2b":
                said: Body = self._token(call, at)
            else:
                said = self._transaction(call, name, at)
            pending = name in TRANSFERS and self.mood.status != "00"
            case = codes.IN_PROGRESS if pending else codes.SUCCESSFUL
            return case.status, {**codes.answer(case, service), **said}
        except Refused as refused:
            return refused.case.status, codes.answer(refused.case, service, refused.about)

    def _token(self, call: Call, at: datetime) -> Body:
        calls.shape(call, calls.TOKEN_HEADERS)
        told, contract = call.headers, self.agreement.contract
        if told["x-client-key"] != contract.client_id:
            raise Refused(codes.UNAUTHORIZED, "Unknown Client")
        calls.fresh(told["x-timestamp"], contract.window, at)
        signed = (contract.client_id, told["x-timestamp"], self.agreement.city_public, told["x-signature"])
        if not signing.is_token_request_signed(*signed):
            raise Refused(codes.UNAUTHORIZED, "Signature")
        token = secrets.token_urlsafe(32)
        self.tokens[token] = time.monotonic() + TOKEN_SECONDS
        return {"accessToken": token, "tokenType": "Bearer", "expiresIn": str(TOKEN_SECONDS)}

    def _transaction(self, call: Call, name: str, at: datetime) -> Body:
        contract = self.agreement.contract
        service: Callable[[Body, datetime], Body] | None = {
            "qr/qr-mpm-generate": self._generate,
            "qr/qr-mpm-query": self._query,
            "transfer-va/create-va": self._create_account,
            "transfer-va/status": self._account_status,
            "transfer-intrabank": self._transfer,
            "transfer-interbank": self._transfer,
            "transfer/status": self._transfer_status,
            "bank-statement": self._statement,
        }.get(name)
        if service is None:
            raise Refused(codes.NOT_SUPPORTED)
        caller = Caller(
            contract.partner_id, contract.channel_id, self.agreement.secret, contract.window, self._knows_token
        )
        checked = calls.checked(call, caller, at)
        try:
            self.books.note_call(day_of(at), checked.external_id)
            return service(checked.body, at)
        except Taken as error:
            met = codes.CONFLICT if "calls." in str(error) else codes.DUPLICATE
            raise Refused(met) from error

    def _knows_token(self, token: str) -> bool:
        return self.tokens.get(token, 0.0) > time.monotonic()

    def _generate(self, body: Body, at: datetime) -> Body:
        contract, reference = self.agreement.contract, wire.text(body, "partnerReferenceNo", 25)
        if wire.text(body, "merchantId") != contract.merchant_id:
            raise Refused(codes.BAD_FORMAT, "merchantId")
        amount, label = wire.rupiah(body, "amount"), wire.text_or(wire.part(body, "additionalInfo"), "billNumber", 25)
        expires_at = _future(body, "validityPeriod", at)
        code = emv.payload(contract, amount=amount, reference=reference, bill=label)
        ours = new_number("Q")
        self.books.add_order(Order(reference, "qris", code, amount, label, "", expires_at, ours))
        return {"referenceNo": ours, "partnerReferenceNo": reference, "qrContent": code, "merchantName": emv.MERCHANT}

    def _query(self, body: Body, at: datetime) -> Body:
        order = self.books.order_of(wire.text(body, "originalPartnerReferenceNo"))
        if order is None or order.channel != "qris":
            raise Refused(codes.NOT_FOUND)
        paid = self.books.payments_of(order.reference)
        status = "00" if paid else "08" if order.expires_at < at else "01"
        said: Body = {
            "originalReferenceNo": order.bank_reference,
            "originalPartnerReferenceNo": order.reference,
            "serviceCode": "47",
            "latestTransactionStatus": status,
            "transactionStatusDesc": {"00": "Success", "01": "Initiated", "08": "Expired"}[status],
        }
        return {**said, **_listed(paid)}

    def _create_account(self, body: Body, at: datetime) -> Body:
        contract, number = self.agreement.contract, messages.number_in(body)
        same = wire.text(body, "partnerServiceId", 8).strip() + wire.text(body, "customerNo", 20)
        if same != number or not number.startswith(contract.service_id):
            raise Refused(codes.BAD_FORMAT, "virtualAccountNo")
        label = wire.text_or(wire.part(body, "additionalInfo"), "billNumber", 25)
        order = Order(
            wire.text(body, "trxId", 64), "va", number, wire.rupiah(body, "totalAmount"), label,
            wire.text(body, "virtualAccountName"), _future(body, "expiredDate", at), new_number("V"),
        )  # fmt: skip
        self.books.add_order(order)
        return {"virtualAccountData": {**body, "virtualAccountNo": wire.text(body, "virtualAccountNo")}}

    def _account_status(self, body: Body, at: datetime) -> Body:
        order = self.books.order_with(messages.number_in(body))
        if order is None:
            raise Refused(codes.BAD_BILL, "Not Found")
        paid = self.books.payments_of(order.reference)
        data: Body = {
            **messages.account_parts(order.code, self.agreement.contract),
            "inquiryRequestId": wire.text(body, "inquiryRequestId", 128),
            "virtualAccountName": order.payer,
            "paymentFlagStatus": "00" if paid else "01",
            "totalAmount": wire.money(order.amount),
        }
        if paid:
            data |= {"referenceNo": paid[-1].bank_reference, "paidAmount": wire.money(paid[-1].amount)}
            data |= {"trxDateTime": wire.timestamp(paid[-1].paid_at)}
        return {"virtualAccountData": data, "additionalInfo": _listed(paid).get("additionalInfo", {"payments": []})}

    def _transfer(self, body: Body, at: datetime) -> Body:
        reference, amount = wire.text(body, "partnerReferenceNo"), wire.rupiah(body, "amount")
        if wire.text(body, "sourceAccountNo", 19) != self.agreement.contract.account:
            raise Refused(codes.BAD_FORMAT, "sourceAccountNo")
        ours = self.agreement.contract.bank_code == wire.text(body, "beneficiaryBankCode", 8)
        if not wire.text(body, "beneficiaryAccountNo", 34).strip("0"):
            raise Refused(codes.BAD_ACCOUNT, "beneficiaryAccountNo")
        if self.books.transfer_of(reference) is None and amount > self.books.balance():
            raise Refused(codes.NO_FUNDS)
        bank_reference = new_number("T")
        remark = wire.text_or(wire.part(body, "additionalInfo"), "remark")
        name = wire.text(body, "beneficiaryAccountName", 100)
        row = (reference, bank_reference, "17" if ours else "18", amount, name, remark, at)
        self.books.transfer(row, self.mood.status)
        if self.mood.lose:
            raise AnswerLost
        bank_reference = "" if self.mood.nameless else bank_reference
        return {"referenceNo": bank_reference, "partnerReferenceNo": reference, "amount": body["amount"]}

    def _transfer_status(self, body: Body, at: datetime) -> Body:
        if self.mood.busy:
            raise Refused(codes.TOO_MANY)
        found = self.books.transfer_of(wire.text(body, "originalPartnerReferenceNo"))
        if found is None or found["service"] != wire.text(body, "serviceCode", 2):
            raise Refused(codes.NOT_FOUND)
        return {
            "originalReferenceNo": "" if self.mood.nameless else found["bank_reference"],
            "originalPartnerReferenceNo": found["partner_reference"],
            "serviceCode": found["service"],
            "latestTransactionStatus": self.books.status_of(found["partner_reference"]),
            "amount": wire.money(int(found["amount"])),
        }

    def _statement(self, body: Body, at: datetime) -> Body:
        begins, ends = wire.moment(body, "fromDateTime"), wire.moment(body, "toDateTime") + timedelta(seconds=1)
        if wire.text(body, "accountNo", 19) != self.agreement.contract.account:
            raise Refused(codes.BAD_FORMAT, "accountNo")
        moved = self.books.movements()
        within = [one for one in moved if begins <= one[0] < ends]
        opening = self.books.balance() - sum(one[4] for one in moved if one[0] >= begins)
        closing = opening + sum(one[4] for one in within)
        rows = [
            {
                "transactionId": ours,
                "transactionDate": wire.timestamp(moment),
                "type": "CREDIT" if amount > 0 else "DEBIT",
                "amount": wire.money(abs(amount)),
                "remark": words[:140],
                "detailInfo": {"kind": kind, "reference": theirs},
            }
            for moment, ours, kind, theirs, amount, words in within
        ]
        balance = {"startingBalance": wire.money(opening), "endingBalance": wire.money(closing)}
        return {"accountNo": self.agreement.contract.account, "balance": [balance], "detailData": rows}


def _future(body: Body, field: str, at: datetime) -> datetime:
    moment = wire.moment(body, field)
    if moment <= at:
        raise Refused(codes.BAD_FORMAT, field)
    return moment


def _listed(paid: list[Payment]) -> Body:
    """The latest payment in the standard's own fields, and each of them under additionalInfo."""
    if not paid:
        return {}
    rows = [
        {
            "referenceNo": one.bank_reference,
            "amount": wire.money(one.amount),
            "paidTime": wire.timestamp(one.paid_at),
            "payerName": one.payer,
        }
        for one in paid
    ]
    return {"amount": rows[-1]["amount"], "paidTime": rows[-1]["paidTime"], "additionalInfo": {"payments": rows}}


def new_number(kind: str) -> str:
    """The bank's own reference; unique, and in order of time for who reads a statement."""
    return f"{kind}{time.time_ns() // 1_000_000}{secrets.randbelow(10**6):06d}"
