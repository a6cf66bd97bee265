"""What the bank tells the city, and what somebody else would have it believe."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from city.billing.models import Receipt
from city.gateway.agencies.bank import wire
from city.gateway.models import BankCall
from city.gateway.tests.bank.calling import (
    QRIS,
    VA,
    code_of,
    keepers_of_money,
    message,
    post,
    signed,
    signed_raw,
    token_request,
)

pytestmark = pytest.mark.django_db
PARTS = ("body", "path", "X-SIGNATURE", "X-TIMESTAMP", "X-EXTERNAL-ID", "Authorization", "X-PARTNER-ID", "CHANNEL-ID")
# Which code may answer one flipped bit of which part. An address outside /snap/ is any page of the city.
CODES: dict[str, set[str]] = {
    "body": {"401SS00"},
    "path": {"404", "405", "4050000", "4000000"},
    "X-SIGNATURE": {"401SS00"},
    "X-TIMESTAMP": {"401SS00", "400SS01"},
    "X-EXTERNAL-ID": {"401SS00", "400SS01"},
    "Authorization": {"401SS01", "401SS00"},  # base64 has two spellings of the last letter; the signature knows one
    "X-PARTNER-ID": {"401SS00"},
    "CHANNEL-ID": {"401SS00"},
}


@pytest.fixture(autouse=True)
def keepers(db: None) -> None:
    keepers_of_money()


def no_effect() -> bool:
    return not Receipt.objects.exists() and not BankCall.objects.exists()


@pytest.mark.parametrize(("name", "service", "channel"), [(QRIS, "52", "qris"), (VA, "25", "va")])
def test_a_genuine_payment_is_received_once(name: str, service: str, channel: str) -> None:
    call = signed(name)
    answer = call.send()
    assert (answer.status_code, code_of(answer)) == (200, f"200{service}00")
    receipt = Receipt.objects.get()
    assert (receipt.channel, receipt.amount, receipt.payer_name) == (channel, 405_000, "Raka Pratama")
    row = BankCall.objects.get()
    assert (row.service, row.external_id, row.reference) == (service, call.headers["X-EXTERNAL-ID"], receipt.reference)


def test_a_virtual_accounts_payment_is_answered_with_what_the_bank_wants_repeated() -> None:
    said = signed(VA).send().json()  # type: ignore[attr-defined]
    data = said["virtualAccountData"]
    assert (data["paymentFlagStatus"], data["paymentRequestId"]) == ("00", "R1700000000002")
    assert data["paidAmount"] == {"value": "405000.00", "currency": "IDR"}


def test_the_same_call_again_is_a_conflict_and_changes_nothing() -> None:
    call = signed()
    call.send()
    assert code_of(call.send()) == "4095200"
    assert (Receipt.objects.count(), BankCall.objects.count()) == (1, 1)


def test_a_used_external_id_is_a_conflict_even_with_another_payment() -> None:
    first = signed()
    first.send()
    used = first.headers["X-EXTERNAL-ID"]
    other = message(QRIS, originalReferenceNo="Q2", additionalInfo={"rrn": "R2", "paidTime": wire.timestamp(_now())})
    raw = wire.pack({**other, "additionalInfo": {**other["additionalInfo"], "externalId": used}})
    assert code_of(signed_raw(QRIS, raw, used).send()) == "4095200"
    assert Receipt.objects.count() == 1


def test_a_used_signature_is_a_conflict_under_any_external_id() -> None:
    """Where a bank does not repeat the id in its body, the header alone may be changed: still it counts once."""
    call = signed_raw(QRIS, wire.pack(message(QRIS)))
    assert code_of(call.send()) == "2005200"
    assert code_of(call.with_header("X-EXTERNAL-ID", wire.external_id()).send()) == "4095200"
    assert Receipt.objects.count() == 1


def test_the_same_payment_told_anew_is_answered_well_and_counts_once() -> None:
    told = message(QRIS)
    answers = [code_of(signed(QRIS, told).send()) for _ in range(3)]
    assert answers == ["2005200"] * 3
    assert (Receipt.objects.count(), BankCall.objects.count()) == (1, 3)


@pytest.mark.parametrize("name", [QRIS, VA])
@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(part=st.sampled_from(PARTS), bit=st.integers(0, 100_000))
def test_one_flipped_bit_is_refused_with_its_code_and_no_effect(name: str, part: str, bit: int) -> None:
    call = signed(name)
    refused_as_it_should(call.flipped(part, bit % call.bits(part)).send(), name, part)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", [QRIS, VA])
def test_every_bit_flipped_in_turn_is_refused(name: str, part: str) -> None:
    call = signed(name)
    for bit in range(call.bits(part)):
        refused_as_it_should(call.flipped(part, bit).send(), name, part)
    assert code_of(call.send())[:3] == "200"  # and the call itself was good all the time


def refused_as_it_should(answer: HttpResponse, name: str, part: str) -> None:
    service = {QRIS: "52", VA: "25"}[name]
    allowed = {code.replace("SS", service) for code in CODES[part]}
    assert code_of(answer) in allowed, (code_of(answer), allowed)
    assert no_effect()


@pytest.mark.parametrize("seconds", [-301, 301, -86_400, 86_400])
def test_an_old_or_early_call_is_refused(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    now = _now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)  # a second more is not early any more
    assert code_of(signed(at=now + timedelta(seconds=seconds)).send()) == "4015200"
    assert no_effect()


@pytest.mark.parametrize("seconds", [-240, 240])
def test_a_clock_that_is_a_little_off_is_forgiven(seconds: int) -> None:
    assert code_of(signed(at=_now() + timedelta(seconds=seconds)).send()) == "2005200"


@pytest.mark.parametrize(
    "stamp", ["", "kemarin", "2026-11-24", "2026-11-24T10:00:00", "99999999999", "2026-13-40T99:00:00Z"]
)
def test_a_timestamp_that_is_none_is_named(stamp: str) -> None:
    answer = signed().with_header("X-TIMESTAMP", stamp).send()
    assert code_of(answer) in ("4005201", "4005202")
    assert "X-TIMESTAMP" in answer.json()["responseMessage"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "missing", ["Authorization", "X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"]
)
def test_a_missing_header_is_named(missing: str) -> None:
    call = signed()
    headers = {name: value for name, value in call.headers.items() if name != missing}
    answer = post(call.path, call.body, headers)
    assert code_of(answer) == "4005202"
    assert missing.upper() in answer.json()["responseMessage"]  # type: ignore[attr-defined]
    assert no_effect()


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=x",
    ],
)
def test_another_content_type_is_refused(kind: str) -> None:
    call = signed()
    assert code_of(post(call.path, call.body, call.headers, kind)) == "4005201"
    assert no_effect()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
def test_another_method_is_not_supported(client: Any, method: str) -> None:
    call = signed()
    answer = client.generic(method, call.path, call.body, "application/json", headers=call.headers)
    assert answer.status_code == 405
    assert no_effect()


def test_a_body_without_bounds_is_not_read() -> None:
    assert code_of(signed_raw(QRIS, b'{"a":"' + b"x" * wire.LARGEST_BODY + b'"}').send()) == "4005200"
    assert no_effect()


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"{}x",
        b'"a"',
        b"{",
        b"\xff\xfe{}",
        b'{"a":NaN}',
        b'{"a":1,"a":2}',
        b'{"a":' + b"[" * 2000 + b"]" * 2000 + b"}",
        b'{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}',
    ],
)
def test_signed_nonsense_is_a_bad_request(raw: bytes) -> None:
    assert code_of(signed_raw(QRIS, raw).send()) == "4005200"
    assert no_effect()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("amount", None, "4005202"),
        ("amount", {"value": "405000.50", "currency": "IDR"}, "4005201"),
        ("amount", {"value": "-405000.00", "currency": "IDR"}, "4005201"),
        ("amount", {"value": "0.00", "currency": "IDR"}, "4005201"),
        ("amount", {"value": "٤٠٥", "currency": "IDR"}, "4005201"),
        ("amount", {"value": "405000.00", "currency": "USD"}, "4005201"),
        ("amount", {"value": 405000, "currency": "IDR"}, "4005201"),
        ("amount", "405000.00", "4005201"),
        ("originalPartnerReferenceNo", "", "4005202"),
        ("originalPartnerReferenceNo", "x" * 65, "4005201"),
        ("originalPartnerReferenceNo", "a\u0000b", "4005201"),
        ("originalPartnerReferenceNo", ["x"], "4005201"),
        ("latestTransactionStatus", None, "4005202"),
        ("additionalInfo", {"rrn": "R1", "paidTime": "tadi pagi"}, "4005201"),
        ("additionalInfo", {"rrn": "R1"}, "4005202"),
        ("additionalInfo", {"rrn": 7, "paidTime": "2026-11-24T10:00:00+07:00"}, "4005201"),
    ],
)
def test_a_signed_message_with_a_wrong_field_is_refused_and_may_be_sent_again(
    field: str, value: Any, code: str
) -> None:
    answer = signed(QRIS, message(QRIS, **{field: value})).send()
    assert code_of(answer) == code
    assert no_effect()


def test_news_of_no_payment_is_answered_and_moves_nothing() -> None:
    assert code_of(signed(QRIS, message(QRIS, latestTransactionStatus="06")).send()) == "2005200"
    assert not Receipt.objects.exists()
    assert BankCall.objects.get().reference == ""


def test_a_service_we_do_not_offer_and_an_address_that_is_none() -> None:
    assert code_of(signed("transfer-va/create-va").send()) == "4052700"
    assert code_of(signed("qr/qr-mpm-notify/").send()) == "4050000"
    assert no_effect()


def test_a_token_is_for_the_bank_alone() -> None:
    agreed = token_request()
    assert code_of(agreed) == "2007300"
    said = agreed.json()  # type: ignore[attr-defined]
    assert (said["tokenType"], said["expiresIn"]) == ("Bearer", "900")
    assert code_of(token_request({"X-CLIENT-KEY": "BANK-LAIN"})) == "4017300"
    assert code_of(token_request(at=_now() - timedelta(minutes=6))) == "4017300"
    assert code_of(token_request({"X-SIGNATURE": "AAAA"})) == "4017300"
    assert code_of(token_request({"X-SIGNATURE": "not base64 é"})) == "4017300"


def test_an_old_token_is_refused_by_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("city.gateway.agencies.bank.callbacks.TOKEN_SECONDS", -1)
    assert code_of(signed().send()) == "4015201"
    assert no_effect()


def test_a_city_that_fails_says_so_and_takes_the_call_again(monkeypatch: pytest.MonkeyPatch) -> None:
    call = signed()

    def fails(**told: Any) -> None:
        raise RuntimeError("the ledger is away")

    with monkeypatch.context() as broken:
        broken.setattr("city.gateway.actions.receive", fails)
        assert code_of(call.send()) == "5005200"
        assert no_effect()
    assert code_of(call.send()) == "2005200"


def _now() -> datetime:
    return datetime.now(UTC)
