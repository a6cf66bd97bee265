"""Where the bank calls: `/snap/v1.0/…`. Nothing a stranger sends is parsed before it is known to be the bank's."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from city.billing.declare import VA, BankReceipt
from city.billing.queries import order_now
from city.gateway.actions import MetBefore, Told, take_call
from city.gateway.agencies.bank import calls, codes, messages, signing, wire
from city.gateway.agencies.bank.calls import Call, Caller
from city.gateway.agencies.bank.codes import Refused
from city.gateway.agencies.bank.line import agreement
from city.gateway.agencies.bank.options import Agreement
from city.gateway.agencies.bank.wire import Body
from city.kernel.keyring import make_ticket, read_ticket

log = logging.getLogger(__name__)
TOKEN_SECONDS = 900
PURPOSE = "snap.bank"


@csrf_exempt
def snap(request: HttpRequest, name: str) -> JsonResponse:
    """Any call below /snap/. The signature is what lets in; there is no session and no cookie."""
    service = codes.number_at(request.path, codes.PREFIX)
    try:
        known = agreement()
        if known is None:
            raise Refused(codes.UNAUTHORIZED, "Unknown Client")
        said = _answer(_call(request), name, known, timezone.now())
        return JsonResponse({**codes.answer(codes.SUCCESSFUL, service), **said})
    except Refused as refused:
        log.warning("bank: call %s refused: %s", request.path[:80], refused)
        return _no(refused.case, service, refused.about)
    except Exception as error:
        if isinstance(error, OperationalError) and not hasattr(request, "lost_tie"):
            raise  # a lost tie is tried once more by the middleware
        log.exception("bank: call %s failed", request.path[:80])
        return _no(codes.GENERAL_ERROR, service)


def _no(case: codes.Case, service: str, about: str = "") -> JsonResponse:
    return JsonResponse(codes.answer(case, service, about), status=case.status)


def _call(request: HttpRequest) -> Call:
    """The request with its body, which is read only when its kind and size allow."""
    told = {key.lower(): value for key, value in request.headers.items()}
    bare = Call(request.method or "", request.get_full_path(), told, b"")
    calls.outside(bare)
    size = request.META.get("CONTENT_LENGTH") or ""
    if not (size.isdigit() and int(size) <= wire.LARGEST_BODY):
        raise Refused(codes.BAD_REQUEST)
    return replace(bare, body=request.body)


def _answer(call: Call, name: str, known: Agreement, at: datetime) -> Body:
    if name == "access-token/b2b":
        return _token(call, known, at)
    door = DOORS.get(name)
    if door is None:
        raise Refused(codes.NOT_SUPPORTED)
    contract = known.contract

    def knows(token: str) -> bool:
        claims = read_ticket(token, purpose=PURPOSE, at=at)
        return claims is not None and claims.get("client") == contract.bank_client_id

    caller = Caller(contract.partner_id, contract.channel_id, known.secret, contract.window, knows)
    checked = calls.checked(call, caller, at)
    receipt = door.receipt(checked.body)
    told = Told(codes.SERVICES[name], checked.external_id, checked.signature)
    try:
        take_call(told=told, receipt=receipt, at=at)
    except MetBefore as error:
        raise Refused(codes.CONFLICT) from error
    return door.answer(checked.body, at)


def _token(call: Call, known: Agreement, at: datetime) -> Body:
    """A token for the bank (service 73): no row, for it is sealed with its end; it opens nothing without the secret."""
    calls.shape(call, calls.TOKEN_HEADERS)
    told, contract = call.headers, known.contract
    if told["x-client-key"] != contract.bank_client_id:
        raise Refused(codes.UNAUTHORIZED, "Unknown Client")
    calls.fresh(told["x-timestamp"], contract.window, at)
    signed = (contract.bank_client_id, told["x-timestamp"], known.bank_public, told["x-signature"])
    if not signing.is_token_request_signed(*signed):
        raise Refused(codes.UNAUTHORIZED, "Signature")
    if wire.unpack(call.body).get("grantType") != "client_credentials":
        raise Refused(codes.BAD_FORMAT, "grantType")
    until = at + timedelta(seconds=TOKEN_SECONDS)
    token = make_ticket({"client": contract.bank_client_id}, purpose=PURPOSE, until=until)
    return {"accessToken": token, "tokenType": "Bearer", "expiresIn": str(TOKEN_SECONDS)}


@dataclass(frozen=True)
class Door:
    """One service of ours: what money the body tells of, and what is said back beside the code."""

    receipt: Callable[[Body], BankReceipt | None]
    answer: Callable[[Body, datetime], Body]


def _account_echo(body: Body, at: datetime) -> Body:
    """What SNAP wants repeated to the bank about a virtual account's payment."""
    fields = ("partnerServiceId", "customerNo", "virtualAccountNo", "virtualAccountName", "paymentRequestId")
    data = {field: body[field] for field in fields if isinstance(body.get(field), str)}
    return {"virtualAccountData": {**data, "paidAmount": body["paidAmount"], "paymentFlagStatus": "00"}}


def _account_inquiry(body: Body, at: datetime) -> Body:
    """Whether an account may still be paid (service 24): the bank asks before it takes a payer's money."""
    order = order_now(VA, messages.number_in(body))
    if order is None:
        raise Refused(codes.BAD_BILL, "Not Found")
    if order.settled:
        raise Refused(codes.PAID_BILL)
    if order.cancelled or order.expires_at < at:
        raise Refused(codes.EXPIRED_BILL)
    fields = ("partnerServiceId", "customerNo", "virtualAccountNo", "inquiryRequestId")
    data: Body = {field: body[field] for field in fields if isinstance(body.get(field), str)}
    data |= {"inquiryStatus": "00", "virtualAccountName": order.payer_name, "totalAmount": wire.money(order.amount)}
    return {"virtualAccountData": {**data, "additionalInfo": {"billNumber": order.label}}}


DOORS = {
    "transfer-va/inquiry": Door(lambda body: None, _account_inquiry),
    "qr/qr-mpm-notify": Door(messages.qris_paid, lambda body, at: {}),
    "transfer-va/payment": Door(messages.account_paid, _account_echo),
}
