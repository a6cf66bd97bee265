"""The bodies of the services the city uses, both ways, and what may be believed of an answer."""

from datetime import date, datetime

from city.billing.declare import (
    QRIS,
    AccountOrder,
    BankReceipt,
    QrisOrder,
    Statement,
    StatementLine,
    TransferOrder,
)
from city.gateway.agencies.bank import qris, wire
from city.gateway.agencies.bank.codes import BAD_FORMAT, Refused
from city.gateway.agencies.bank.options import Contract
from city.gateway.agencies.bank.wire import Body

PAID = "00"  # latestTransactionStatus: paid, or moved
KINDS = {QRIS, "va", "transfer", "out", "back"}


def qris_order(order: QrisOrder, reference: str, contract: Contract) -> Body:
    return {
        "partnerReferenceNo": reference,
        "amount": wire.money(order.amount),
        "merchantId": contract.merchant_id,
        "validityPeriod": wire.timestamp(order.expires_at),
        "additionalInfo": {"billNumber": order.label[:25]},
    }


def fault_in(payload: str, amount: int, reference: str, contract: Contract) -> str:
    """Why this payload must not be shown to a payer, or nothing: another merchant's code takes her money elsewhere."""
    try:
        said = qris.read(payload)
    except qris.NotQris as error:
        return f"qris.broken: {error}"
    if not said.dynamic or said.amount != amount:
        return "qris.amount"
    if said.national_id != contract.national_id or contract.merchant_id not in said.merchant_ids:
        return "qris.merchant"
    return "" if said.reference == reference else "qris.reference"


def qris_question(reference: str, contract: Contract) -> Body:
    return {"originalPartnerReferenceNo": reference, "serviceCode": "47", "merchantId": contract.merchant_id}


def customer_number(reference: str) -> str:
    """The twelve digits behind the city's own in an account's number, of the order's reference."""
    return f"{int(reference[:16], 16) % 10**12:012d}"


def account_parts(number: str, contract: Contract) -> Body:
    """SNAP's three fields of one number; the service id is padded to eight places from the left."""
    service = contract.service_id.rjust(8)
    customer = number.strip().removeprefix(contract.service_id)
    return {"partnerServiceId": service, "customerNo": customer, "virtualAccountNo": service + customer}


def account_order(order: AccountOrder, reference: str, contract: Contract) -> Body:
    return {
        **account_parts(contract.service_id + customer_number(reference), contract),
        "virtualAccountName": order.payer_name[:128],
        "trxId": reference,
        "totalAmount": wire.money(order.amount),
        "virtualAccountTrxType": "C",
        "expiredDate": wire.timestamp(order.expires_at),
        "additionalInfo": {"billNumber": order.label[:25]},
    }


def account_question(number: str, contract: Contract) -> Body:
    return {**account_parts(number, contract), "inquiryRequestId": wire.external_id()}


def number_in(data: Body) -> str:
    """The whole number as a payer types it."""
    number = wire.text(data, "virtualAccountNo", 28).strip()
    if not (number.isascii() and number.isdigit()):
        raise Refused(BAD_FORMAT, "virtualAccountNo")
    return number


def transfer(order: TransferOrder, to_code: str, contract: Contract, at: datetime) -> Body:
    return {
        "partnerReferenceNo": str(order.id),
        "amount": wire.money(order.amount),
        "beneficiaryAccountName": order.to_name[:100],
        "beneficiaryAccountNo": "".join(sign for sign in order.to_account if sign.isdigit()),
        "beneficiaryBankCode": to_code,
        "sourceAccountNo": contract.account,
        "transactionDate": wire.timestamp(at),
        "additionalInfo": {"remark": order.reason[:100]},
    }


def receipts(channel: str, reference: str, body: Body) -> list[BankReceipt]:
    """What an inquiry found. A bank that lists each payment is believed; one that does not has had one or none."""
    listed = wire.part(body, "additionalInfo").get("payments")
    if isinstance(listed, list):
        if not all(isinstance(one, dict) for one in listed):
            raise Refused(BAD_FORMAT, "payments")
        return [_receipt(channel, reference, one) for one in listed]
    if channel == QRIS:
        return (
            [_receipt(channel, reference, _qris_payment(body))] if body.get("latestTransactionStatus") == PAID else []
        )
    data = wire.part(body, "virtualAccountData")
    one = {**data, "amount": data.get("paidAmount"), "paidTime": data.get("trxDateTime")}
    one["payerName"] = data.get("virtualAccountName")
    one["referenceNo"] = data.get("paymentRequestId") or data.get("referenceNo")  # named as the bank's call names it
    return [_receipt(channel, reference, one)] if data.get("paymentFlagStatus") == PAID else []


def _qris_payment(body: Body) -> Body:
    """The payment's own number is the national switch's (rrn); where a bank leaves it out, the code's has to do."""
    info = wire.part(body, "additionalInfo")
    return {
        "referenceNo": info.get("rrn") or body.get("originalReferenceNo"),
        "amount": body.get("amount"),
        "paidTime": body.get("paidTime") or info.get("paidTime"),
        "payerName": info.get("payerName"),
    }


def _receipt(channel: str, reference: str, one: Body) -> BankReceipt:
    return BankReceipt(
        channel=channel,
        reference=reference,
        bank_reference=wire.text(one, "referenceNo"),
        amount=wire.rupiah(one, "amount"),
        paid_at=wire.moment(one, "paidTime"),
        payer_name=wire.text_or(one, "payerName"),
    )


def qris_paid(body: Body) -> BankReceipt | None:
    """The receipt in a QRIS notification (service 52), or None where it tells of no payment."""
    if wire.text(body, "latestTransactionStatus", 2) != PAID:
        return None
    return _receipt(QRIS, wire.text(body, "originalPartnerReferenceNo"), _qris_payment(body))


def account_paid(body: Body) -> BankReceipt:
    """The receipt in a virtual account's payment (service 25); its request id is the bank's own reference."""
    one: Body = {
        "referenceNo": wire.text(body, "paymentRequestId"),
        "amount": body.get("paidAmount"),
        "paidTime": body.get("trxDateTime"),
        "payerName": body.get("virtualAccountName"),
    }
    return _receipt("va", number_in(body), one)


def statement(body: Body, account: str, day: date) -> Statement:
    """One day of the account (service 14). Raises Refused for another account's or an unreadable one."""
    if wire.text(body, "accountNo") != account:
        raise Refused(BAD_FORMAT, "accountNo")
    balances, rows = body.get("balance"), body.get("detailData")
    if not isinstance(rows, list) or not isinstance(balances, list) or len(balances) != 1:
        raise Refused(BAD_FORMAT, "detailData")
    opening, closing = (_balance(balances[0], field) for field in ("startingBalance", "endingBalance"))
    return Statement(account, day, opening, closing, tuple(_line(row) for row in rows if isinstance(row, dict)))


def _balance(body: Body, field: str) -> int:
    value = wire.text(wire.part(body, field), "value", 20)
    whole, _, cents = value.partition(".")
    if not whole.lstrip("-").isdigit() or cents.strip("0"):
        raise Refused(BAD_FORMAT, field)
    return int(whole)


def _line(row: Body) -> StatementLine:
    amount, more = wire.rupiah(row, "amount"), wire.part(row, "detailInfo")
    kind = wire.text(more, "kind", 8)
    if kind not in KINDS or row.get("type") not in ("CREDIT", "DEBIT"):
        raise Refused(BAD_FORMAT, "kind")
    return StatementLine(
        at=wire.moment(row, "transactionDate").astimezone(wire.WIB),
        bank_reference=wire.text(row, "transactionId"),
        kind=kind,
        reference=wire.text_or(more, "reference"),
        amount=amount if row["type"] == "CREDIT" else -amount,
        text=wire.text_or(row, "remark", 140),
    )
