"""What a reader that is not ours says: poppler's pdfsig with the demo root in an NSS database.

pdfsig ends with 0 even when the digest does not match, so its words are read.
"""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from city.documents.authority.folder import folder
from city.documents.queries import paper_response, verify_pdf
from city.documents.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


@pytest.fixture
def pdf() -> bytes:
    return paper_response(make.an_issued_paper(at=timezone.now() - timedelta(days=2)).pk).content


def pdfsig(pdf: bytes, where: Path) -> str:
    trusted = where / "nss"
    if not trusted.exists():
        trusted.mkdir()
        root = str(folder() / "root.pem")
        subprocess.run(["certutil", "-N", "-d", f"sql:{trusted}", "--empty-password"], check=True)
        subprocess.run(["certutil", "-A", "-d", f"sql:{trusted}", "-n", "root", "-t", "CT,C,C", "-i", root], check=True)
    (where / "surat.pdf").write_bytes(pdf)
    command = ["pdfsig", "-nssdir", f"sql:{trusted}", str(where / "surat.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C", "TZ": "UTC"})
    return done.stdout


def test_pdfsig_accepts_the_document(pdf: bytes, tmp_path: Path) -> None:
    said = pdfsig(pdf, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Certificate Validation: Certificate is Trusted." in said
    assert "ETSI.CAdES.detached" in said
    assert "SIMULASI" in said


def test_a_changed_byte_in_the_signed_range_is_refused_by_pdfsig_and_by_us(pdf: bytes, tmp_path: Path) -> None:
    for where in (len(pdf) // 10, len(pdf) // 4):
        changed = bytearray(pdf)
        changed[where] ^= 1
        said = pdfsig(bytes(changed), tmp_path)
        assert "Signature is Valid" not in said
        verdict = verify_pdf(bytes(changed))
        assert (verdict.intact, verdict.ours) == (False, False)


def test_a_certificate_that_nobody_imported_is_not_trusted(pdf: bytes, tmp_path: Path) -> None:
    empty = tmp_path / "nss"
    empty.mkdir()
    subprocess.run(["certutil", "-N", "-d", f"sql:{empty}", "--empty-password"], check=True)
    assert "Certificate is Trusted" not in pdfsig(pdf, tmp_path)
