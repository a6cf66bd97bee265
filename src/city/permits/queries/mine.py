"""What a person has with the city: her applications and permits, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city.cases.declare import KINDS
from city.cases.queries import cases_of
from city.kernel.paging import Page
from city.permits.models import Permit
from city.permits.queries.permits import day_of, renewable
from city.permits.rules.standing import Standing, standing_of
from city.ui.environment import language
from city.ui.rules.formats import date_long


@dataclass(frozen=True)
class Errand:
    """One row of a list: a name, whose turn it is (tone and words of ui's state), what happens, where it opens."""

    title: str
    url: str
    tone: str
    state: str
    words: str
    side: str = ""
    side_note: str = ""


def kind_name(code: str) -> str:
    kind = KINDS.get(code)
    return str(kind.spec.name) if kind else code


def own_cases(person_id: UUID, after: str, at: datetime) -> Page[Errand]:
    """Her applications, drafts too, the newest first; a draft thrown away is not shown."""
    page = cases_of(person_id, after)
    rows = [row for row in page.rows if row["receipt"] or row["state"] == "draft"]
    return Page([errand_of(row) for row in rows], page.next_key)


def drafts_of(person_id: UUID, kind: str) -> list[dict[str, Any]]:
    """Her newest drafts of a kind, so that a new one is not begun by mistake."""
    return [row for row in cases_of(person_id).rows if row["kind"] == kind and row["state"] == "draft"][:3]


def errand_of(row: dict[str, Any]) -> Errand:
    tone, state, words = _turn(row)
    url = reverse("permits-resume" if row["state"] == "draft" else "permits-case", args=[row["id"]])
    title = f"{kind_name(row['kind'])} · {row['receipt']}" if row["receipt"] else kind_name(row["kind"])
    due = row["due_on"]
    side = date_long(due, language()) if due and row["state"] not in _ENDED else ""
    return Errand(title, url, tone, state, words, side, _("batas keputusan") if side else "")


_ENDED = frozenset({"issued", "rejected", "withdrawn", "lapsed", "deemed_approved", "handed_over"})


def _turn(row: dict[str, Any]) -> tuple[str, str, str]:
    """Tone, whose turn, what happens."""
    state = row["state"]
    ends = {
        "issued": ("ok", _("Terbit"), _("Izin Anda bisa diunduh dan diperiksa siapa pun.")),
        "deemed_approved": ("ok", _("Dikabulkan otomatis"), _("Batas waktu kami lewat, jadi izin Anda dikabulkan.")),
        "rejected": ("bad", _("Ditolak"), _("Buka untuk membaca sebabnya dan cara mengajukan keberatan.")),
        "handed_over": ("ok", _("Diserahkan"), _("Rekomendasi kota sudah di sistem penerbit.")),
        "withdrawn": ("", _("Ditarik"), _("Anda menarik permohonan ini.")),
        "lapsed": ("", _("Gugur"), _("Batas waktu perbaikan lewat. Anda bisa mengajukan lagi.")),
    }
    if state in ends:
        return ends[state]
    if state == "draft":
        saved = date_long(row["updated_at"], language())
        return "you", _("Giliran Anda"), _("Lanjutkan mengisi. Terakhir disimpan %(day)s.") % {"day": saved}
    if state == "returned":
        said = _("Ada yang perlu diperbaiki. Jawab paling lambat %(day)s.")
        return "you", _("Giliran Anda"), said % {"day": date_long(row["urgent_on"], language())}
    if state in ("assessed", "awaiting_payment"):
        said = _("Ada tagihan yang menunggu Anda, jatuh tempo %(day)s.")
        return "you", _("Giliran Anda"), said % {"day": date_long(row["urgent_on"], language())}
    return ("sea", *_at_desk(state))


def _at_desk(state: str) -> tuple[str, str]:
    office = _("Di DPMPTSP")
    return {
        "submitted": (office, _("Kelengkapan berkas sedang diperiksa.")),
        "completeness": (office, _("Kelengkapan berkas sedang diperiksa.")),
        "registered": (office, _("Berkas lengkap, isinya sedang diperiksa.")),
        "admin_review": (office, _("Isi berkas sedang diperiksa.")),
        "technical": (_("Di dinas teknis"), _("Permohonan sedang dikaji dinas teknis.")),
        "recommended": (office, _("Keputusan sedang disusun.")),
        "paid": (office, _("Retribusi lunas, keputusan sedang disusun.")),
        "drafting": (office, _("Keputusan sedang disusun.")),
        "initialling": (office, _("Konsep keputusan sedang diparaf.")),
        "signing": (office, _("Keputusan menunggu tanda tangan.")),
    }.get(state, (office, ""))


def own_permits(person_id: UUID, at: datetime) -> list[Errand]:
    """Her permits, the newest first, with what each is worth today."""
    rows = Permit.objects.select_related("case").filter(holder_id=person_id).order_by("-issued_at")[:20]
    return [_permit(permit, day_of(at)) for permit in rows]


def _permit(permit: Permit, day: date) -> Errand:
    standing = standing_of(permit.state, permit.valid_from, permit.valid_until, day)
    tone, state = standing_words(standing)
    words = until_words(permit, standing, day)
    if renewable(permit, day):
        words = f"{words} {_('Perpanjangan sudah dibuka.')}".strip()
    return Errand(
        f"{kind_name(permit.kind)} · {permit.number}", reverse("permits-permit", args=[permit.pk]), tone, state, words
    )


def standing_words(standing: Standing) -> tuple[str, str]:
    """Tone and word of what a permit is worth."""
    return {
        Standing.VALID: ("ok", _("Berlaku")),
        Standing.NOT_YET: ("sea", _("Belum mulai berlaku")),
        Standing.EXPIRED: ("warn", _("Habis masa berlaku")),
        Standing.SUSPENDED: ("warn", _("Dibekukan")),
        Standing.REVOKED: ("bad", _("Dicabut")),
        Standing.SUPERSEDED: ("warn", _("Sudah diganti")),
        Standing.SURRENDERED: ("", _("Sudah diserahkan")),
    }[standing]


def until_words(permit: Permit, standing: Standing, day: date) -> str:
    """Until when, or since when not any more."""
    until = date_long(permit.valid_until, language()) if permit.valid_until else ""
    if standing is Standing.NOT_YET:
        return _("Mulai %(day)s.") % {"day": date_long(permit.valid_from, language())}
    if standing is Standing.EXPIRED:
        return _("Berakhir %(day)s.") % {"day": until}
    if standing is Standing.VALID and permit.valid_until:
        left = (permit.valid_until - day).days
        said = _("Sampai %(day)s.") % {"day": until}
        if left <= 90:
            said += " " + ngettext("Tinggal %(num)s hari.", "Tinggal %(num)s hari.", left) % {"num": left}
        return said
    return _("Tanpa batas waktu.") if standing is Standing.VALID else ""
