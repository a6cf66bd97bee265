"""A paper is prepared, signed by its signer or sealed by the agency, issued; and void when it must not be."""

import dataclasses
import hashlib
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from city.documents.actions import ensure_demo_signer, issue_paper, prepare_paper, seal_paper, sign_paper, void_paper
from city.documents.authority.checking import read_signatures
from city.documents.authority.folder import folder
from city.documents.authority.trust import Trust
from city.documents.models import Paper, StoredFile
from city.documents.press import CannotPrint
from city.documents.queries import content, draft_response, paper_response, paper_with_hash, verify_pdf
from city.documents.tests import make
from city.documents.tests.sending import SENDER
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.ui.rules.formats import time_wib

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
AT = timezone.now() - timedelta(days=30)


def signed_by(paper: Paper, signer: Actor, passphrase: str = make.PASSPHRASE, at: datetime = AT) -> Paper:
    assert signer.person_id
    return sign_paper(
        paper_id=paper.pk,
        signer_person_id=signer.person_id,
        passphrase=passphrase,
        reason="Penerbitan izin",
        by=signer,
        at=at,
    )


def told(paper: Paper) -> list[str]:
    return [event.name for event in EventRecord.objects.filter(subject_id=paper.pk).order_by("pk")]


def enrichments(paper: Paper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'paper_id' = %s", [str(paper.pk)])
        return int(cursor.fetchone()[0])


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded())  # type: ignore[no-untyped-call]


def test_a_paper_from_draft_to_document() -> None:
    draft = make.a_draft()
    paper = prepare_paper(draft, at=AT)
    assert prepare_paper(draft, at=AT).pk == paper.pk
    signer = make.a_signer(at=AT)
    for _ in range(2):
        paper = signed_by(paper, signer)
    assert (paper.state, paper.signer_ref, paper.signed_at) == ("signed", signer.ref, AT)
    assert enrichments(paper) == 1
    for _ in range(2):
        paper = issue_paper(paper_id=paper.pk, at=AT)
    assert told(paper) == ["PaperPrepared", "PaperSigned", "PaperIssued"]

    handed_out = paper_response(paper.pk).content
    assert hashlib.sha256(handed_out).hexdigest() == paper.sha256
    assert paper_with_hash(paper.sha256.upper()) == paper
    (signature,) = read_signatures(handed_out, Trust.of_the_demo())
    assert signature.holds
    assert (signature.signer, signature.signed_at[:16]) == ("Hj. Nurlaela (SIMULASI)", AT.isoformat()[:16])


def test_the_paper_says_simulation_and_its_qr_leads_to_the_verify_page() -> None:
    draft = make.a_draft(data={"name": "D'Souza #panic() *x*", "work": "<b>", "until": "2031", "day": "hari ini"})
    pdf = content(prepare_paper(draft, at=AT).prepared_id)
    said = text_of(pdf)
    assert "SIMULASI" in said
    assert draft.number in said
    assert "D'Souza #panic() *x*" in said
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()  # type: ignore[no-untyped-call]
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [draft.verify_url]


def test_outside_a_demo_city_the_demo_authority_signs_nothing(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match=r"signature\.none"):
        prepare_paper(make.a_draft(), at=AT)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("= Surat tanpa nomor", "document title"),
        ('#set document(title: "x")\nSurat tanpa nomor', "the letter leaves out"),
        ("#import", "expected"),
    ],
)
def test_a_letter_that_does_not_show_what_it_must_is_never_prepared(source: str, complaint: str) -> None:
    with pytest.raises(CannotPrint, match=complaint):
        prepare_paper(make.a_draft(source=source), at=AT)
    assert not Paper.objects.exists()


def test_a_wrong_passphrase_signs_nothing_and_says_so() -> None:
    paper, signer = make.a_prepared_paper(at=AT), make.a_signer(at=AT)
    with pytest.raises(Refusal, match="Frasa sandi salah") as refusal:
        signed_by(paper, signer, "salah")
    assert (refusal.value.status, refusal.value.errors[0].field) == (422, "passphrase")
    paper.refresh_from_db()
    assert paper.state == "prepared"
    assert enrichments(paper) == 0


def test_after_five_wrong_passphrases_she_waits_and_is_told_until_when() -> None:
    paper, signer = make.a_prepared_paper(at=AT), make.a_signer(at=AT)
    for minute in range(5):
        with pytest.raises(Refusal, match="Frasa sandi salah"):
            signed_by(paper, signer, f"salah-{minute}")
    with pytest.raises(Refusal, match="coba lagi mulai") as refusal:
        signed_by(paper, signer)
    assert (refusal.value.code, refusal.value.status) == ("signature.too_many", 429)
    assert time_wib(AT + timedelta(minutes=15), "id") in str(refusal.value.sentence)
    assert Paper.objects.get(pk=paper.pk).state == "prepared"
    told = EventRecord.objects.filter(name="PassphraseRefused", subject_id=paper.pk, actor=signer.ref)
    assert told.count() == 5
    assert "salah-" not in str([record.data for record in told])
    signed_by(paper, signer, at=AT + timedelta(minutes=15))
    assert Paper.objects.get(pk=paper.pk).state == "signed"


def test_right_passphrases_are_never_too_many() -> None:
    signer = make.a_signer(at=AT)
    for _paper in range(7):
        assert signed_by(make.a_prepared_paper(at=AT), signer).state == "signed"


def test_nobody_signs_for_another_and_nobody_without_a_certificate() -> None:
    paper, signer = make.a_prepared_paper(at=AT), make.a_signer(at=AT)
    stranger = Actor(ref="person:x", person_id=new_id())
    assert signer.person_id
    with pytest.raises(Refusal) as refusal:
        sign_paper(
            paper_id=paper.pk,
            signer_person_id=signer.person_id,
            passphrase=make.PASSPHRASE,
            reason="",
            by=stranger,
            at=AT,
        )
    assert refusal.value.status == 403
    with pytest.raises(Refusal, match="belum punya sertifikat"):
        signed_by(paper, stranger)


def test_a_passphrase_is_written_nowhere() -> None:
    """Not into rows, jobs or events; and the key on disk cannot be read without it."""
    passphrase = "frasa yang hanya dia tahu"
    paper, person_id = make.a_prepared_paper(at=AT), new_id()
    ensure_demo_signer(person_id, "Yusuf Maulana", passphrase, at=AT)
    signed_by(paper, Actor(ref=f"person:{person_id}", person_id=person_id), passphrase)
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT string_agg(j::text, '') FROM procrastinate_jobs j)")
        jobs = cursor.fetchone()[0]
    rows = jobs + str(list(Paper.objects.values())) + str(list(EventRecord.objects.values()))
    assert passphrase not in rows + str(list(StoredFile.objects.values()))
    assert b"PRIVATE" not in (folder() / f"signer-{person_id}.p12").read_bytes()


def test_what_the_system_decides_carries_the_agencys_seal() -> None:
    paper = make.a_prepared_paper(at=AT)
    for _ in range(2):
        paper = seal_paper(paper_id=paper.pk, agency="DPMPTSP", at=AT)
    assert (paper.state, paper.signer_ref, enrichments(paper)) == ("signed", "agency:DPMPTSP", 1)
    paper = issue_paper(paper_id=paper.pk, at=AT)
    (signature,) = read_signatures(paper_response(paper.pk).content, Trust.of_the_demo())
    assert (signature.holds, signature.signer) == (True, "Segel Elektronik DPMPTSP (SIMULASI)")


def test_before_it_is_issued_and_when_it_is_void_nothing_is_handed_out() -> None:
    paper, signer = make.a_prepared_paper(at=AT), make.a_signer(at=AT)
    assert draft_response(paper.pk)["Content-Disposition"].startswith('inline; filename="KONSEP-')
    signed_by(paper, signer)
    with pytest.raises(Refusal) as refusal:
        paper_response(paper.pk)
    assert refusal.value.status == 404
    for _ in range(2):
        void_paper(paper_id=paper.pk, by=SENDER, at=AT)
    assert issue_paper(paper_id=paper.pk, at=AT).state == "void"
    with pytest.raises(Refusal):
        paper_response(paper.pk)
    with pytest.raises(Refusal):
        draft_response(paper.pk)
    with pytest.raises(Refusal):
        signed_by(paper, make.a_signer(at=AT))
    assert told(paper) == ["PaperPrepared", "PaperSigned", "PaperVoided"]


def test_an_issued_paper_is_never_unmade() -> None:
    paper = make.an_issued_paper(at=AT)
    with pytest.raises(Refusal, match="dicabut, tidak dibatalkan"):
        void_paper(paper_id=paper.pk, by=SENDER, at=AT)


def test_any_changed_byte_is_found_out() -> None:
    paper = make.an_issued_paper(at=AT)
    pdf = paper_response(paper.pk).content
    assert verify_pdf(pdf) == dataclasses.replace(verify_pdf(pdf), intact=True, ours=True, paper=paper)
    for where in (12, len(pdf) // 4, len(pdf) - 400, len(pdf) - 5):
        changed = bytearray(pdf)
        changed[where] ^= 1
        verdict = verify_pdf(bytes(changed))
        assert (verdict.intact, verdict.paper) == (False, None), where


def test_a_signature_that_holds_is_told_from_a_document_of_ours() -> None:
    """Signed, but never issued: ours is the signature, the document is not."""
    paper, signer = make.a_prepared_paper(at=AT), make.a_signer(at=AT)
    signed = content(signed_by(paper, signer).file_id)  # type: ignore[arg-type]
    verdict = verify_pdf(signed)
    assert (verdict.intact, verdict.ours, verdict.signer) == (False, True, "Hj. Nurlaela (SIMULASI)")


@pytest.mark.parametrize("stranger", [make.a_pdf(), b"", b"%PDF-1.7 nothing", make.an_encrypted_pdf()])
def test_a_strangers_file_is_not_ours(stranger: bytes) -> None:
    ensure_demo_signer(new_id(), "Ada", make.PASSPHRASE, at=AT)
    verdict: Any = verify_pdf(stranger)
    assert (verdict.intact, verdict.ours, verdict.paper) == (False, False, None)
