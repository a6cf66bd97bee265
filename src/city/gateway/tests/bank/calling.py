"""Calls as the bank makes them, and as somebody between the bank and the city would spoil them."""

import dataclasses
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from city.gateway.agencies.bank import signing, wire
from city.gateway.agencies.bank.options import Agreement, ensure_demo_agreement
from city.people.models import Agency

QRIS, VA = "qr/qr-mpm-notify", "transfer-va/payment"


def the_agreement() -> Agreement:
    return ensure_demo_agreement(settings.KEYS / "bank")


def token_request(changed: dict[str, str] | None = None, at: datetime | None = None) -> HttpResponse:
    agreement = the_agreement()
    client, stamp = agreement.contract.bank_client_id, wire.timestamp(at or datetime.now(UTC))
    headers = {
        "X-TIMESTAMP": stamp,
        "X-CLIENT-KEY": client,
        "X-SIGNATURE": signing.sign_token_request(client, stamp, agreement.bank_key),
        **(changed or {}),
    }
    body = wire.pack({"grantType": "client_credentials"})
    return post("/snap/v1.0/access-token/b2b", body, headers)


def post(path: str, body: bytes, headers: dict[str, str], content_type: str = "application/json") -> HttpResponse:
    return Client().generic("POST", path, body, content_type, headers=headers)  # type: ignore[return-value]


@dataclasses.dataclass(frozen=True)
class SignedCall:
    """A whole call; `send` hands it in as it stands, whatever was done to it since it was signed."""

    path: str
    body: bytes
    headers: dict[str, str]

    def send(self) -> HttpResponse:
        return post(self.path, self.body, self.headers)

    def with_header(self, name: str, value: str) -> "SignedCall":
        return dataclasses.replace(self, headers={**self.headers, name: value})

    def flipped(self, where: str, bit: int) -> "SignedCall":
        """One bit changed in "body", "path" or the header of that name."""
        raw = self.body if where == "body" else (self.path if where == "path" else self.headers[where]).encode()
        spoiled = bytearray(raw)
        spoiled[bit // 8 % len(raw)] ^= 1 << bit % 8
        if where == "body":
            return dataclasses.replace(self, body=bytes(spoiled))
        if where == "path":
            return dataclasses.replace(self, path=quote(bytes(spoiled), safe="/:?&=#"))
        return self.with_header(where, spoiled.decode("latin-1"))

    def bits(self, where: str) -> int:
        return 8 * len(self.body if where == "body" else self.path if where == "path" else self.headers[where])


def message(name: str, **changed: Any) -> dict[str, Any]:
    """What the bank says of one payment."""
    if name == QRIS:
        told: dict[str, Any] = {
            "originalReferenceNo": "Q1700000000001",
            "originalPartnerReferenceNo": "4B1D9F0C2A6E8B7D5F3A1C9E0",
            "latestTransactionStatus": "00",
            "transactionStatusDesc": "Success",
            "amount": wire.money(405_000),
            "additionalInfo": {
                "rrn": "R1700000000001",
                "paidTime": wire.timestamp(datetime.now(UTC)),
                "payerName": "Raka Pratama",
            },
        }
    else:
        told = {
            "partnerServiceId": "   88001",
            "customerNo": "123456789012",
            "virtualAccountNo": "   88001123456789012",
            "virtualAccountName": "Raka Pratama",
            "paymentRequestId": "R1700000000002",
            "paidAmount": wire.money(405_000),
            "trxDateTime": wire.timestamp(datetime.now(UTC)),
            "additionalInfo": {},
        }
    return {**told, **changed}


def signed(name: str = QRIS, body: dict[str, Any] | None = None, at: datetime | None = None) -> SignedCall:
    """A genuine call, with a token the city gave."""
    agreement, external_id = the_agreement(), wire.external_id()
    told = body if body is not None else message(name)
    told = {**told, "additionalInfo": {**told.get("additionalInfo", {}), "externalId": external_id}}
    return signed_raw(name, wire.pack(told), external_id, at, agreement)


def signed_raw(
    name: str, raw: bytes, external_id: str = "", at: datetime | None = None, agreement: Agreement | None = None
) -> SignedCall:
    """Any bytes at all, signed as they are."""
    agreement = agreement or the_agreement()
    token = token_request().json()["accessToken"]  # type: ignore[attr-defined]
    path, stamp = f"/snap/v1.0/{name}", wire.timestamp(at or datetime.now(UTC))
    headers = {
        "Authorization": f"Bearer {token}",
        "X-TIMESTAMP": stamp,
        "X-SIGNATURE": signing.sign(signing.Transaction("POST", path, token, raw, stamp), agreement.secret),
        "X-PARTNER-ID": agreement.contract.partner_id,
        "X-EXTERNAL-ID": external_id or wire.external_id(),
        "CHANNEL-ID": agreement.contract.channel_id,
    }
    return SignedCall(path, raw, headers)


def keepers_of_money() -> None:
    """The two entities in whose books money is held that belongs to no bill."""
    for code in ("BPKAD", "PPKD"):
        Agency.objects.get_or_create(code=code, defaults={"name": f"Badan contoh {code}"})


def code_of(answer: HttpResponse) -> str:
    if answer["Content-Type"] != "application/json":
        return str(answer.status_code)
    said: dict[str, Any] = answer.json()  # type: ignore[attr-defined]
    assert said["responseCode"][:3] == str(answer.status_code)
    return str(said["responseCode"])
