"""The recorded exchanges are still read as they were."""

import json
from pathlib import Path
from typing import Any

import pytest

from city.gateway.agencies.bank import messages, options, qris
from city.gateway.agencies.bank.codes import SERVICES

SAMPLES = Path(options.__file__).parent / "samples"


def sample(name: str) -> dict[str, Any]:
    return dict(json.loads((SAMPLES / f"{name}.json").read_text()))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_an_answer_is_named_by_its_service(path: Path) -> None:
    said = sample(path.stem)
    service = SERVICES[said["request"]["path"].rpartition("/v1.0/")[2]]
    answer = said["answer"]
    assert answer["body"]["responseCode"][:5] == f"{answer['status']}{service}"


def test_the_payments_in_them_are_read() -> None:
    told = messages.qris_paid(sample("qr-qr-mpm-notify")["request"]["body"])
    (asked,) = messages.receipts("qris", told.reference if told else "", sample("qr-qr-mpm-query")["answer"]["body"])
    assert told == asked
    paid = messages.account_paid(sample("transfer-va-payment")["request"]["body"])
    (known,) = messages.receipts("va", paid.reference, sample("transfer-va-status")["answer"]["body"])
    assert paid == known


def test_the_code_in_them_is_the_order_in_them() -> None:
    said = sample("qr-qr-mpm-generate")
    code = qris.read(said["answer"]["body"]["qrContent"])
    assert (code.reference, code.amount) == (said["request"]["body"]["partnerReferenceNo"], 405_000)


@pytest.mark.parametrize("channel", ["qris", "va"])
def test_a_bank_that_lists_no_payments_is_read_by_the_standards_own_fields(channel: str) -> None:
    body = sample("qr-qr-mpm-query" if channel == "qris" else "transfer-va-status")["answer"]["body"]
    plain = {**body, "additionalInfo": {}}
    (one,) = messages.receipts(channel, "X", plain)
    assert one.amount == 405_000


def test_a_payment_has_the_same_name_in_the_banks_call_and_in_its_answer() -> None:
    """A bank that lists no payments repeats the call's own fields: its request id is the name, as in the call, and not
    its other number, or one payment would be received twice."""
    told = sample("transfer-va-payment")["request"]["body"]
    assert told["referenceNo"] != told["paymentRequestId"]
    paid = messages.account_paid(told)
    answer = {"virtualAccountData": {**told, "paymentFlagStatus": "00"}}
    (known,) = messages.receipts("va", paid.reference, answer)
    assert known == paid
