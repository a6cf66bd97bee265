"""What a file may be, and what is said when it may not."""

import pytest

from city.documents.declare import UploadRule
from city.documents.rules import (
    CODES,
    Limits,
    Reason,
    content_type_of,
    errors_in_offer,
    errors_in_type,
    honest_name,
    sentence_for,
)
from city.documents.tests import make

LIMITS = Limits()


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (make.a_phone_photo(40, 30), "image/jpeg"),
        (make.a_png(40, 30), "image/png"),
        (make.a_pdf(), "application/pdf"),
        (b"junk before\r\n" + make.a_pdf(), "application/pdf"),
        (make.a_heic_photo(), "image/heic"),
        (b"PK\x03\x04....[Content_Types].xml", "application/msword"),
        (b"PK\x03\x04....foto.jpg", "application/zip"),
        (b"<!DOCTYPE html><script>", "text/html"),
        (b'<?xml version="1.0"?><svg xmlns=', "image/svg+xml"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"MZ\x90", "application/x-executable"),
        (b"halo", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_content_tells_the_type(head: bytes, content_type: str) -> None:
    assert content_type_of(head[:1024]) == content_type


@pytest.mark.parametrize(
    ("name", "content_type", "honest"),
    [
        ("ktp.pdf", "image/png", "ktp.png"),
        ("ktp.JPG", "image/jpeg", "ktp.JPG"),
        ("KTP saya.baru", "image/jpeg", "KTP saya.baru.jpg"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\foto\\ktp.jpeg", "image/jpeg", "ktp.jpeg"),
        ("surat\x00\u202egpj.exe", "application/pdf", "suratgpj.pdf"),
        ("", "application/pdf", "berkas.pdf"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("a" * 300 + ".pdf", "application/pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_file_is_named_by_what_it_is(name: str, content_type: str, honest: str) -> None:
    assert honest_name(name, content_type) == honest


@pytest.mark.parametrize(
    ("name", "size", "declared", "code"),
    [
        ("ktp.jpg", 0, "image/jpeg", "file.empty"),
        ("ktp.jpg", 10_000_001, "image/jpeg", "file.too_large"),
        ("IMG_0001.HEIC", 900, "", "file.heic"),
        ("foto", 900, "image/heic", "file.heic"),
        ("surat.docx", 900, "", "file.office"),
        ("semua.zip", 900, "application/zip", "file.archive"),
        ("ktp.pdf", 900, "image/png", None),
        ("ktp", 900, "", None),
    ],
)
def test_what_is_known_before_sending_is_said_before_sending(
    name: str, size: int, declared: str, code: str | None
) -> None:
    reason = errors_in_offer(name, size, declared, LIMITS)
    assert (reason.code if reason else None) == code


def test_a_type_that_this_place_does_not_take_is_named_with_those_it_takes() -> None:
    reason = errors_in_type("image/gif", LIMITS)
    assert reason == Reason("file.type", {"kind": "GIF", "allowed": list(LIMITS.types)})
    assert sentence_for(reason.code, reason.facts) == (
        "Berkas ini berjenis GIF, yang tidak bisa kami terima. Kirim PDF, JPG, atau PNG."
    )


def test_the_sentence_names_the_size_and_the_limit() -> None:
    said = sentence_for("file.too_large", {"size": 14_000_000, "limit": 10_000_000})
    assert said.startswith("Berkas terlalu besar: 14\u00a0MB, batasnya 10\u00a0MB.")


@pytest.mark.parametrize("code", [*sorted(CODES), "an.old.bookmark"])
def test_every_code_has_a_sentence_also_without_its_facts(code: str) -> None:
    said = sentence_for(code)
    assert said.endswith(".")
    assert "%" not in said


def test_limits_outlive_a_change_of_their_shape() -> None:
    rule = UploadRule(types=("application/pdf",), max_bytes=5)
    assert UploadRule.from_json({**rule.as_json(), "newer": 1}) == rule
    assert UploadRule.from_json({"max_bytes": 5, "types": ["application/pdf"]}) == rule


def test_limits_are_said_before_choosing() -> None:
    assert UploadRule().limits_text == "PDF, JPG, atau PNG, paling besar 10\u00a0MB."
