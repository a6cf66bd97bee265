"""What we write is read by programs that others wrote: a QRIS reader, a scanner, OpenSSL; and the other way round."""

import base64
import hashlib
import io
import subprocess
from pathlib import Path

import pytest
import qriskit
import segno
import zxingcpp
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from city.gateway.agencies.bank import qris, signing
from city.gateway.agencies.bank.messages import fault_in
from city.gateway.agencies.bank.options import Contract, agreement_in, ensure_demo_agreement
from city.gateway.agencies.bank.places import code_of
from city.gateway.agencies.bank.simulator import emv
from city.kernel.tests.together import at_once
from city.ui.qr import qr_svg

CONTRACT = Contract()
REFERENCE = "4B1D9F0C2A6E8B7D5F3A1C9E0"
# A sticker published with an open QRIS reader: not ours, so it shows that we read others'.
STICKER = (
    "00020101021126680016ID.CO.TELKOM.WWW011893600898026635207502150001952663520750303UMI51440014ID.CO.QRIS.WWW0215"
    "ID10211254059720303UMI5204549953033605502015802ID5906BIOLBE6011KAB. MALANG610565168622005091147938120703A0363"
    "0404CB"
)


def a_payload(amount: int = 405_000, contract: Contract = CONTRACT, reference: str = REFERENCE) -> str:
    return emv.payload(contract, amount=amount, reference=reference, bill="SKRD 0001/DPUPR/2026")


def test_a_foreign_reader_finds_every_tag_and_no_fault() -> None:
    payload = a_payload()
    said = qriskit.parse(payload, strict=True)
    assert qriskit.validate(payload) == []
    assert (said.get("00"), said.get("01"), said.get("52"), said.get("53")) == ("01", "12", "9399", "360")
    assert (said.get("54"), said.get("58"), said.get("60"), said.get("61")) == ("405000", "ID", "KOTA CILEGON", "42411")
    assert said.get("59") == "PEMKOT CILEGON SIMULASI"
    nation = next(one for one in said.merchant_accounts if one.tag == "51")
    assert (nation.guid, nation.merchant_id) == ("ID.CO.QRIS.WWW", CONTRACT.national_id)
    acquirer = next(one for one in said.merchant_accounts if one.tag == "26")
    assert (acquirer.merchant_id, acquirer.nns) == (CONTRACT.merchant_id, "93600999")


def test_the_picture_is_scanned_and_says_the_same() -> None:
    payload, picture = a_payload(), io.BytesIO()
    segno.make(payload, error="m", micro=False).save(picture, kind="png", scale=4, border=4)
    scanned = zxingcpp.read_barcode(Image.open(picture).convert("L"))
    assert scanned is not None
    assert scanned.text == payload
    assert qriskit.is_valid(scanned.text)
    assert "viewBox" in qr_svg(payload)


def test_somebody_elses_sticker_is_read() -> None:
    said = qris.read(STICKER)
    assert (said.merchant, said.city, said.amount, said.dynamic) == ("BIOLBE", "KAB. MALANG", None, False)
    assert said.national_id == "ID1021125405972"


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    amount=st.integers(1, 9_999_999_999), bill=st.text("ABCdef0189 /-.", max_size=40), mark=st.integers(0, 16**25 - 1)
)
def test_every_payload_is_read_alike_by_both_readers(amount: int, bill: str, mark: int) -> None:
    payload = emv.payload(CONTRACT, amount=amount, reference=f"{mark:025X}", bill=bill)
    ours, theirs = qris.read(payload), qriskit.parse(payload, strict=True)
    assert ours.amount == int(theirs.get("54") or 0) == amount
    assert ours.bill == bill[:25]
    assert fault_in(payload, amount, f"{mark:025X}", CONTRACT) == ""


@hypothesis_settings(max_examples=300, deadline=None)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 6))
def test_a_payload_with_one_bit_changed_is_never_shown(place: int, bit: int) -> None:
    raw = bytearray(a_payload().encode())
    raw[place % len(raw)] ^= 1 << bit
    assert fault_in(raw.decode(), 405_000, REFERENCE, CONTRACT).startswith("qris.broken")


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        (a_payload(404_999), "qris.amount"),
        (a_payload(contract=Contract(national_id="ID1099000000099")), "qris.merchant"),
        (a_payload(contract=Contract(merchant_id="PENIPU000000001")), "qris.merchant"),
        (a_payload(reference="OTHER"), "qris.reference"),
        (STICKER, "qris.amount"),
        ("", "qris.broken"),
        ("0" * 600, "qris.broken"),
    ],
)
def test_a_whole_payload_of_another_order_is_not_shown(payload: str, fault: str) -> None:
    assert fault_in(payload, 405_000, REFERENCE, CONTRACT).startswith(fault)


@hypothesis_settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_a_payload_or_not_and_nothing_else(text: str) -> None:
    try:
        qris.read(text)
    except qris.NotQris:
        return


def openssl(*arguments: str, told: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=told, capture_output=True, check=True).stdout


def test_openssl_computes_the_same_signature_of_a_transaction() -> None:
    body = b'{"partnerReferenceNo":"A 1","amount":{"value":"10000.00","currency":"IDR"}}'
    stamp, token, path = "2026-11-24T14:10:05+07:00", "token", "/v1.0/qr/qr-mpm-generate"
    text = f"POST:{path}:{token}:{hashlib.sha256(body).hexdigest()}:{stamp}"
    theirs = openssl("dgst", "-sha512", "-hmac", "rahasia", "-binary", told=text.encode())
    pretty = b'{ "partnerReferenceNo" : "A 1",\n\t"amount": {"value":"10000.00", "currency":"IDR"} }\r\n'
    ours = signing.sign(signing.Transaction("POST", path, token, pretty, stamp), "rahasia")
    assert ours == base64.b64encode(theirs).decode()


def test_openssl_believes_our_token_request_and_we_believe_its(tmp_path: Path) -> None:
    agreement = ensure_demo_agreement(tmp_path / "keys")
    text, ours = b"KOTA-CILEGON|2026-11-24T14:10:05+07:00", tmp_path / "signature"
    signature = signing.sign_token_request("KOTA-CILEGON", "2026-11-24T14:10:05+07:00", agreement.city_key)
    ours.write_bytes(base64.b64decode(signature))
    public = str(tmp_path / "keys" / "city.public.pem")
    assert b"OK" in openssl("dgst", "-sha256", "-verify", public, "-signature", str(ours), told=text)
    theirs = openssl("dgst", "-sha256", "-sign", str(tmp_path / "keys" / "bank.pem"), told=text)
    told = ("KOTA-CILEGON", "2026-11-24T14:10:05+07:00", agreement.bank_public, base64.b64encode(theirs).decode())
    assert signing.is_token_request_signed(*told)
    assert not signing.is_token_request_signed(*told[:2], agreement.city_public, told[3])


def test_two_programs_that_start_at_once_agree(tmp_path: Path) -> None:
    seen: list[int] = []

    def start() -> None:
        seen.append(ensure_demo_agreement(tmp_path / "keys").bank_public.public_numbers().n)

    assert at_once([start] * 4) == ["done"] * 4
    assert len(set(seen)) == 1


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = ensure_demo_agreement(folder)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = ensure_demo_agreement(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))
    assert first.contract == again.contract
    assert agreement_in(tmp_path) is None
    size = serialization.load_pem_public_key(made["bank.public.pem"]).key_size  # type: ignore[union-attr]
    assert size == 2048


@hypothesis_settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=400))
def test_minifying_any_bytes_twice_changes_nothing_more(raw: bytes) -> None:
    assert signing.minify(signing.minify(raw)) == signing.minify(raw)


def test_white_space_within_a_text_is_kept() -> None:
    assert signing.minify(b'{ "a b" : "c \\" d" , "e":"open ') == b'{"a b":"c \\" d","e":"open '


@pytest.mark.parametrize(
    ("bank", "code"),
    [("Bank BCA", "014"), ("PT Bank Mandiri (Persero) Tbk", "008"), ("bank contoh", "999"), ("451", "451"),
     ("BRI", "002"),
     ("Bank Antah Berantah", ""), ("", ""), ("Bank", ""), ("1234", "")],
)  # fmt: skip
def test_a_banks_name_is_understood_as_people_write_it(bank: str, code: str) -> None:
    assert code_of(bank, CONTRACT.bank_code, CONTRACT.name) == code
