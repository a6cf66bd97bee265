"""The life of a paper: prepared, signed or sealed, issued; or void."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from city.documents import press
from city.documents.actions.keeping import written
from city.documents.declare import TEMPLATES, SignatureProvider, SignatureRequest
from city.documents.events import PaperIssued, PaperPrepared, PaperSigned, PaperVoided, PassphraseRefused
from city.documents.models import Paper
from city.documents.queries.files import content
from city.documents.queries.papers import signature_provider
from city.kernel.actor import Actor, system
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.ids import spoken
from city.kernel.turns import take_turn
from city.people.actions import tally
from city.ui.environment import language
from city.ui.rules.formats import time_wib

ENRICH = "documents.enrich"
WRONG = tally.Limit("passphrase", 5, timedelta(minutes=15))  # each guess opens a key, or does not
_US = system("documents")


@dataclass(frozen=True)
class PaperDraft:
    """What a paper will say. `template` is on the TEMPLATES shelf; `source` is a letter in typst that was frozen with
    its kind, and is used instead. `verify_url` goes into the QR, `purpose` into the paper's events.
    """

    paper_id: UUID
    template: str
    data: dict[str, Any]
    number: str
    code: str
    verify_url: str
    purpose: str = ""
    source: str = ""


@transaction.atomic
def prepare_paper(draft: PaperDraft, *, at: datetime) -> Paper:
    """Print the paper with its number and QR; nobody outside sees it yet. Asked again, it is the same paper.

    Where the demo authority will sign, the paper says SIMULASI in words. Raises press.CannotPrint for a letter that
    does not compile or leaves out what every paper must show.
    """
    take_turn(f"paper:{draft.paper_id}")
    known = Paper.objects.filter(pk=draft.paper_id).first()
    if known is not None:
        return known
    facts = press.Facts(draft.number, spoken(draft.code), draft.verify_url, signature_provider().simulated)
    letter = draft.source or TEMPLATES[draft.template].text()
    pdf = press.printed(letter, draft.data, facts)
    press.check(pdf, facts)
    file = written(pdf, subject_id=draft.paper_id, purpose="paper:prepared", name=_name(draft.number), at=at)
    paper = Paper.objects.create(
        id=draft.paper_id,
        template=draft.template,
        purpose=draft.purpose,
        number=draft.number,
        code=draft.code,
        prepared=file,
        prepared_sha256=file.sha256,
        simulated=facts.simulated,
        prepared_at=at,
    )
    publish(PaperPrepared(paper_id=paper.pk, purpose=paper.purpose), by=_US, at=at)
    return paper


@sensitive_variables("passphrase")
def sign_paper(
    *, paper_id: UUID, signer_person_id: UUID, passphrase: str, reason: str, by: Actor, at: datetime
) -> Paper:
    """Sign in the signer's own request (PAdES B-T); the caller has checked that her office may sign it that day.

    The passphrase opens her key for this one call and is neither kept nor logged. Refuses (422) a wrong one, (429) a
    sixth try within a quarter of an hour of wrong ones, (403) somebody else's signature, (409) a paper that is not
    waiting for it. Signed twice by the same person, it is once. Call it outside a transaction.
    """
    if by.person_id != signer_person_id:
        raise Refusal("signature.not_yours", _("Hanya penanda tangan sendiri yang dapat menandatangani."), status=403)
    again = tally.spend(WRONG, str(signer_person_id), at=at)
    if again is not None:
        raise _too_many(again)
    try:
        paper = _sign(paper_id, SignatureRequest(b"", reason, at), passphrase, by)
    except Refusal as refusal:
        if refusal.code == "signature.passphrase":
            _note_wrong(paper_id, by, at)
        else:
            tally.give_back(WRONG, str(signer_person_id))
        raise
    tally.give_back(WRONG, str(signer_person_id))
    return paper


@sensitive_variables("passphrase")
@transaction.atomic
def _sign(paper_id: UUID, asked: SignatureRequest, passphrase: str, by: Actor) -> Paper:
    paper = _locked(paper_id)
    signer_ref = f"person:{by.person_id}"
    if paper.state in (Paper.State.SIGNED, Paper.State.ISSUED) and paper.signer_ref == signer_ref:
        return paper
    if by.person_id is None:
        raise RuntimeError("only a person signs")
    signer = _for(paper)
    request = replace(asked, pdf=content(paper.prepared_id))
    pdf = signer.sign(request, person_id=by.person_id, passphrase=passphrase)
    return _signed(paper, pdf, signer_ref, by=by, at=asked.at)


@transaction.atomic
def _note_wrong(paper_id: UUID, by: Actor, at: datetime) -> None:
    paper = Paper.objects.get(pk=paper_id)
    publish(PassphraseRefused(paper_id=paper.pk, purpose=paper.purpose), by=by, at=at)


def _too_many(again: datetime) -> Refusal:
    said = _("Frasa sandi salah 5 kali. Demi keamanan, coba lagi mulai %(time)s. Suratnya tetap menunggu Anda.") % {
        "time": time_wib(again, language())
    }
    return Refusal("signature.too_many", said, status=429, errors=[FieldError("passphrase", said)])


@transaction.atomic
def seal_paper(*, paper_id: UUID, agency: str, at: datetime) -> Paper:
    """Put the agency's e-seal under what the system decided by itself (UU 30/2014 art. 53), no officer's signature.

    Refuses (409) a paper that is not waiting for it. Sealed twice, it is once.
    """
    paper = _locked(paper_id)
    signer_ref = f"agency:{agency}"
    if paper.state in (Paper.State.SIGNED, Paper.State.ISSUED) and paper.signer_ref == signer_ref:
        return paper
    request = SignatureRequest(content(paper.prepared_id), "Keputusan otomatis sistem", at)
    return _signed(paper, _for(paper).seal(request, agency=agency), signer_ref, by=_US, at=at)


def issue_paper(*, paper_id: UUID, at: datetime) -> Paper:
    """Complete a signed paper (PAdES B-LT), check it as a stranger would, keep it and its hash: now it is the document.

    Called by the job documents.enrich; safe to repeat. A paper that is not signed (void, or issued already) stays as
    it is.
    """
    paper = Paper.objects.get(pk=paper_id)
    if paper.state != Paper.State.SIGNED or paper.file_id is None:
        return paper
    complete = signature_provider().enrich(content(paper.file_id), at=at)
    with transaction.atomic():
        paper = _locked(paper_id)
        if paper.state != Paper.State.SIGNED:
            return paper
        paper.file = written(complete, subject_id=paper.pk, purpose="paper:issued", name=_name(paper.number), at=at)
        paper.sha256 = hashlib.sha256(complete).hexdigest()
        paper.state, paper.issued_at = Paper.State.ISSUED, at
        paper.save()
        publish(PaperIssued(paper_id=paper.pk, purpose=paper.purpose), by=_US, at=at)
    return paper


@transaction.atomic
def void_paper(*, paper_id: UUID, by: Actor, at: datetime) -> Paper:
    """A paper that will not be issued. Refuses (409) one that was: an issued document is revoked, never unmade."""
    paper = _locked(paper_id)
    if paper.state == Paper.State.VOID:
        return paper
    if paper.state == Paper.State.ISSUED:
        raise Refusal("paper.issued", _("Surat ini sudah terbit. Surat yang terbit dicabut, tidak dibatalkan."))
    paper.state = Paper.State.VOID
    paper.save(update_fields=["state"])
    publish(PaperVoided(paper_id=paper.pk, purpose=paper.purpose), by=by, at=at)
    return paper


@transaction.atomic
def void_unsigned(*, paper_id: UUID, by: Actor, at: datetime) -> bool:
    """Make a paper void that nobody signed; False, and nothing done, for one that is signed already or void."""
    if _locked(paper_id).state != Paper.State.PREPARED:
        return False
    void_paper(paper_id=paper_id, by=by, at=at)
    return True


def _locked(paper_id: UUID) -> Paper:
    paper = Paper.objects.select_for_update().filter(pk=paper_id).first()
    if paper is None:
        raise Refusal("paper.unknown", _("Surat ini tidak ada."), status=404)
    return paper


def _for(paper: Paper) -> SignatureProvider:
    """Who signs this paper, if it waits for a signature."""
    if paper.state != Paper.State.PREPARED:
        raise Refusal("paper.not_waiting", _("Surat ini sudah ditandatangani atau dibatalkan. Muat ulang halamannya."))
    provider = signature_provider()
    if provider.simulated != paper.simulated:
        said = _("Surat ini disiapkan untuk penanda tangan lain. Siapkan ulang suratnya.")
        raise Refusal("paper.other_signature", said)
    return provider


def _signed(paper: Paper, pdf: bytes, signer_ref: str, *, by: Actor, at: datetime) -> Paper:
    paper.file = written(pdf, subject_id=paper.pk, purpose="paper:signed", name=_name(paper.number), at=at)
    paper.state, paper.signer_ref, paper.signed_at = Paper.State.SIGNED, signer_ref, at
    paper.save()
    publish(PaperSigned(paper_id=paper.pk, purpose=paper.purpose), by=by, at=at)
    app.configure_task(ENRICH, queue="default").defer(paper_id=str(paper.pk))
    return paper


def _name(number: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in number)[:100] + ".pdf"
