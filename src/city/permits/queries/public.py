"""What anybody may know without an account: where a file is, what a permit is worth. Never who applied, never a NIK."""

from dataclasses import dataclass
from datetime import datetime
from string import ascii_letters, digits
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from city.cases.declare import KindSpec
from city.cases.models import Case
from city.cases.queries import Clock, by_receipt, clock, spec_of
from city.documents import queries as papers
from city.kernel.ids import heard
from city.permits.models import Permit, RefusedLetter
from city.permits.queries.journey import Held, held_by
from city.permits.queries.mine import until_words
from city.permits.queries.now import clock_sentence, days_left_words, office_name
from city.permits.queries.permits import Shown, day_of, permit_coded, permit_of_paper, shown
from city.permits.rules.standing import Standing
from city.ui.environment import language
from city.ui.rules.formats import date_long

_IN_RECEIPTS = frozenset(ascii_letters + digits + "-./")


@dataclass(frozen=True)
class Tracked:
    """A file's whereabouts: kind, state, holder, days. Nothing of the person."""

    receipt: str
    spec: KindSpec
    state: str
    words: str
    clock: Clock | None
    held: list[Held]
    is_final: bool

    @property
    def left_words(self) -> str:
        return days_left_words(self.clock) if self.clock else ""

    @property
    def clock_sentence(self) -> str:
        return clock_sentence(self.clock) if self.clock else ""


def fault_in_receipt(number: str) -> str:
    """The sentence for what cannot be a receipt number; "" for what can."""
    if not number:
        return _("Isi nomor resi dulu. Nomornya ada di resi dan di pesan kami, misalnya SPC-SIPD-2026-000123.")
    letters = set("".join(number.split()))
    if not letters <= _IN_RECEIPTS or not letters & set(digits):
        return _(
            "Ini bukan nomor resi. Nomor resi berisi huruf, angka dan tanda hubung, misalnya SPC-SIPD-2026-000123."
        )
    return ""


def tracked(number: str, at: datetime) -> Tracked | None:
    case = by_receipt(number) if number.strip() else None
    if case is None:
        return None
    running = clock(case.pk, at)
    state, words = _whereabouts(case, running)
    return Tracked(
        str(case.receipt), spec_of(case.kind_version_id), state, words, running, held_by(case.pk, at), case.is_final
    )


def _whereabouts(case: Case, running: Clock | None) -> tuple[str, str]:
    """State in a word, and a sentence about days."""
    if case.is_final and case.ended_at:
        return str(case.get_state_display()), _("Selesai %(day)s.") % {"day": date_long(case.ended_at, language())}
    if case.state == "returned":
        return _("Menunggu perbaikan dari pemohon"), _("Hitungan waktu berhenti sampai perbaikan diterima.")
    holder = case.agency
    if case.state == "technical":
        holder = ", ".join(office_name(code) for code in spec_of(case.kind_version_id).reviewers)
    words = _("Berkas ada di %(office)s.") % {"office": holder}
    if running and running.due_on:
        words += " " + _("Keputusan paling lambat %(day)s.") % {"day": date_long(running.due_on, language())}
    return str(case.get_state_display()), words


@dataclass(frozen=True)
class Answer:
    """The public answer on a permit: ui's seal, its words, and the facts below it."""

    shown: Shown
    seal: str
    words: str
    facts: list[tuple[str, str]]
    warning: str
    file_matches: bool = False

    @property
    def sha256(self) -> str:
        """Of the issued file, for the reader's own device to compare with."""
        return self.shown.permit.paper.sha256

    @property
    def signature(self) -> str:
        return signature_words(self.shown.permit)

    @property
    def simulated(self) -> bool:
        return self.shown.permit.paper.simulated

    @property
    def successor_url(self) -> str:
        return permit_address(self.shown.successor) if self.shown.successor else ""


def answer_on(code: str, at: datetime, *, sha256: str = "") -> Answer | None:
    """None when no permit has this code. `sha256` of a file in the reader's hand: is it the file the city issued?"""
    permit = permit_coded(code)
    return answer_of(permit, at, sha256=sha256) if permit else None


def answer_of(permit: Permit, at: datetime, *, sha256: str = "") -> Answer:
    day = day_of(at)
    found = shown(permit, day)
    return Answer(
        shown=found,
        seal=_SEALS.get(found.standing, "ok"),
        words=_since(found, at),
        facts=_facts(found),
        warning=_warning(found.standing),
        file_matches=bool(sha256) and sha256.lower() == permit.paper.sha256,
    )


_SEALS = {
    Standing.EXPIRED: "expired",
    Standing.SUSPENDED: "suspended",
    Standing.REVOKED: "revoked",
    Standing.SUPERSEDED: "superseded",
    Standing.SURRENDERED: "surrendered",
    Standing.NOT_YET: "superseded",
}


_BY_ACT = (Standing.SUSPENDED, Standing.REVOKED, Standing.SURRENDERED)


def _since(found: Shown, at: datetime) -> str:
    if found.standing in _BY_ACT and found.act:
        return _("Sejak %(day)s") % {"day": date_long(found.act.from_day, language())}
    if found.standing is Standing.SUPERSEDED and found.successor:
        return _("Diganti %(day)s") % {"day": date_long(found.successor.issued_at, language())}
    return until_words(found.permit, found.standing, day_of(at))


def _warning(standing: Standing) -> str:
    return {
        Standing.REVOKED: _("Izin ini tidak boleh dipakai lagi, meskipun lembarnya masih tertulis berlaku."),
        Standing.SUSPENDED: _("Izin ini tidak boleh dipakai selama dibekukan."),
        Standing.EXPIRED: _("Izin ini asli, tetapi masanya lewat."),
        Standing.SUPERSEDED: _("Izin ini asli, tetapi sudah diganti. Minta surat yang baru."),
        Standing.SURRENDERED: _("Izin ini asli, tetapi pemegangnya sudah menyerahkannya. Tidak boleh dipakai lagi."),
        Standing.NOT_YET: _("Izin ini asli, tetapi belum mulai berlaku."),
    }.get(standing, "")


def _facts(found: Shown) -> list[tuple[str, str]]:
    permit, act = found.permit, found.act
    until = date_long(permit.valid_until, language()) if permit.valid_until else _("tanpa batas")
    facts = [
        (_("Izin"), str(found.spec.name)),
        (_("Pemegang"), found.face.name or _("data pemegang sudah dihapus atas permintaannya")),
        (_("Tempat"), ", ".join(found.face.place)),
        (_("Nomor"), permit.number),
        (_("Berlaku"), f"{date_long(permit.valid_from, language())} – {until}"),
        (_("Terbit"), date_long(permit.issued_at, language())),
    ]
    if found.standing in (Standing.SUSPENDED, Standing.REVOKED) and act:
        facts += [(_("Sebab"), found.reason), (_("Dasar"), act.article)]
    return [(name, value) for name, value in facts if value]


def signature_words(permit: Permit) -> str:
    if permit.automatic:
        return _("Segel elektronik dinas, tanpa tanda tangan pejabat: batas waktu keputusan lewat")
    return _("Tanda tangan elektronik pejabat")


def code_in_address(typed: str) -> str:
    """A code or number as somebody typed it, fit to stand in an address: a number's slashes become dashes."""
    return typed.replace("/", "-").replace(" ", "") or "-"


def permit_address(permit: Permit) -> str:
    return reverse("permits-answer-on", args=[permit.code])


def refused_on(code: str) -> RefusedLetter | None:
    """The signed refusal whose paper bears this code: genuine, and no permit."""
    return RefusedLetter.objects.filter(code=heard(code)).first() if len(code) <= 40 else None


def address_of_hash(sha256: str) -> str:
    """Where the paper whose issued file has this hash is explained, permit or refusal; empty when it is not ours."""
    paper = papers.paper_with_hash(sha256.lower()) if len(sha256) == 64 else None
    found = (permit_of_paper(paper.pk) or _letter_of(paper.pk)) if paper else None
    return reverse("permits-answer-on", args=[found.code]) if found else ""


def _letter_of(paper_id: UUID) -> RefusedLetter | None:
    return RefusedLetter.objects.filter(paper_id=paper_id).first()


@dataclass(frozen=True)
class FileAnswer:
    """What the city says of a PDF that was sent to it: ours byte for byte, ours but changed, or not ours. A genuine
    letter that is no permit comes as `refused`."""

    verdict: str
    permit: Permit | None
    refused: RefusedLetter | None = None


def answer_on_file(body: bytes) -> FileAnswer:
    """The bytes are looked at and dropped; nothing is kept or noted."""
    verdict: Any = papers.verify_pdf(body)
    permit = permit_of_paper(verdict.paper.pk) if verdict.paper else None
    refused = _letter_of(verdict.paper.pk) if verdict.paper and permit is None else None
    if verdict.intact and (permit is not None or refused is not None):
        return FileAnswer("same", permit, refused)
    return FileAnswer("changed" if permit is not None or refused is not None or verdict.ours else "unknown", permit)
