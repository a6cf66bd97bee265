"""What happened to a case and who held it, in the applicant's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city.cases.models import Inspection
from city.cases.queries import Span, holder_names, holding, timeline
from city.permits.queries.now import office_name
from city.ui.environment import language
from city.ui.rules.formats import date_long, number, rupiah, time_wib


@dataclass(frozen=True)
class Stage:
    """One entry of the timeline as ui's list of steps takes it."""

    words: str
    when: str
    note: str = ""
    state: str = "done"
    url: str = ""


Data = Mapping[str, Any]


def _day(text: str) -> str:
    return date_long(date.fromisoformat(text), language())


def _submitted(data: Data) -> tuple[str, str]:
    return _("Diajukan"), _("Nomor resi %(receipt)s.") % {"receipt": data["receipt"]}


def _returned(data: Data) -> tuple[str, str]:
    said = ngettext(
        "%(num)s hal perlu diperbaiki, paling lambat %(day)s.",
        "%(num)s hal perlu diperbaiki, paling lambat %(day)s.",
        data["count"],
    )
    return _("Dikembalikan untuk diperbaiki"), said % {"num": data["count"], "day": _day(data["answer_by"])}


def _registered(data: Data) -> tuple[str, str]:
    said = _("Hari pertama %(first)s, batas keputusan %(due)s.")
    return _("Berkas lengkap, hitungan mulai"), said % {"first": _day(data["day_one"]), "due": _day(data["due_on"])}


def _reviewed(data: Data) -> tuple[str, str]:
    return _("%(office)s selesai mengkaji") % {"office": office_name(data["agency"])}, ""


def _signed(data: Data) -> tuple[str, str]:
    return _("Keputusan ditandatangani"), _("Nomor %(number)s.") % {"number": data["number"]}


def _warned(data: Data) -> tuple[str, str]:
    left = data["days_left"]
    said = ngettext("Sisa %(num)s hari kerja", "Sisa %(num)s hari kerja", left) % {"num": left}
    return said, _("Petugas diingatkan agar memutuskan sebelum batas waktu.")


def _reminded(data: Data) -> tuple[str, str]:
    left = data["days_left"]
    said = ngettext("Anda diingatkan: sisa %(num)s hari kerja", "Anda diingatkan: sisa %(num)s hari kerja", left)
    return said % {"num": left}, ""


def _blocked(data: Data) -> tuple[str, str]:
    because = {
        "open_return": _("Perbaikan yang diminta belum dijawab."),
        "negative_review": _("Ada pendapat teknis yang tidak merekomendasikan."),
        "refusal_drafted": _("Keputusan lain sedang disusun."),
        "not_paid": _("Retribusi belum lunas."),
        "permit_suspended": _("Izin yang dilanjutkan permohonan ini sedang dibekukan."),
        "permit_revoked": _("Izin yang dilanjutkan permohonan ini sudah dicabut."),
        "permit_surrendered": _("Izin yang dilanjutkan permohonan ini sudah Anda serahkan."),
    }
    own = _("Syarat layanan ini tidak terpenuhi lagi. Petugas yang memutuskan.")  # a kind's own obstacle
    return _("Tidak terbit otomatis"), because.get(data["because"], own)


def _plain(words: Any) -> Callable[[Data], tuple[str, str]]:
    return lambda data: (_(words), "")


def N_(text: str) -> str:
    """Marks a text for translation."""
    return text


def _overdue(data: Data) -> tuple[str, str]:
    said = _("%(office)s diingatkan, kajiannya lewat waktu") % {"office": office_name(data["agency"])}
    late = ngettext("Lewat %(num)s hari kerja.", "Lewat %(num)s hari kerja.", data["days_late"])
    return said, late % {"num": data["days_late"]}


def _scheduled(data: Data) -> tuple[str, str]:
    return _("Kunjungan ke lokasi dijadwalkan"), _("Petugas datang %(day)s.") % {"day": _day(data["day"])}


def _inspected(data: Data) -> tuple[str, str]:
    return _("Berita acara pemeriksaan ditandatangani"), str(Inspection.Result(data["result"]).label)


def _assessed(data: Data) -> tuple[str, str]:
    if not data["amount"]:
        return _("Tidak ada retribusi yang terutang"), ""
    return _("Retribusi ditetapkan"), rupiah(data["amount"], language())


def _to_pay(data: Data) -> tuple[str, str]:
    return _("Tagihan dikirim kepada Anda"), _("Jatuh tempo %(day)s.") % {"day": _day(data["due_on"])}


def _handed(data: Data) -> tuple[str, str]:
    said = _("Tanda terima %(receipt)s.") % {"receipt": data["receipt"]}
    if data["simulated"]:
        said += " " + _("Simulasi, belum terverifikasi dengan sistem yang sebenarnya.")
    return _("Diserahkan ke %(system)s") % {"system": data["system"]}, said


_WORDS: dict[str, Callable[[Data], tuple[str, str]]] = {
    "CaseOpened": _plain(N_("Mulai diisi")),
    "CaseSubmitted": _submitted,
    "CaseReturned": _returned,
    "CaseReminded": _reminded,
    "CorrectionAnswered": _plain(N_("Perbaikan dikirim")),
    "CaseRegistered": _registered,
    "CaseExamined": _plain(N_("Isi berkas selesai diperiksa")),
    "ReviewGiven": _reviewed,
    "OpinionOverdue": _overdue,
    "InspectionScheduled": _scheduled,
    "InspectionMissed": _plain(N_("Kunjungan ke lokasi tidak terlaksana")),
    "InspectionSigned": _inspected,
    "CaseAssessed": _assessed,
    "PaymentAwaited": _to_pay,
    "PaymentOverdue": _plain(N_("Tagihan lewat jatuh tempo")),
    "CasePaid": _plain(N_("Retribusi lunas")),
    "AssessmentReopened": _plain(N_("Tagihan dibatalkan, retribusi ditetapkan lagi")),
    "CaseHandedOver": _handed,
    "DecisionDrafted": _plain(N_("Konsep keputusan disusun")),
    "DecisionInitialled": _plain(N_("Konsep diparaf")),
    "DecisionSigned": _signed,
    "CaseIssued": _plain(N_("Izin terbit")),
    "CaseRejected": _plain(N_("Penolakan terbit")),
    "CaseWithdrawn": _plain(N_("Permohonan ditarik")),
    "CaseLapsed": _plain(N_("Permohonan gugur")),
    "CaseWarned": _warned,
    "CaseDeemedApproved": _plain(N_("Dikabulkan otomatis karena batas waktu lewat")),
    "SilenceBlocked": _blocked,
}


def stages_of(case_id: UUID, now_words: str, *, is_final: bool) -> list[Stage]:
    """Newest first; a running case begins with what happens now."""
    past = [
        Stage(*_ordered(_WORDS[moment.name](moment.data), moment.at))
        for moment in reversed(timeline(case_id))
        if moment.name in _WORDS
    ]
    return past if is_final else [Stage(now_words, _("Sekarang"), state="here"), *past]


def _ordered(words: tuple[str, str], at: datetime) -> tuple[str, str, str]:
    title, note = words
    return title, f"{date_long(at, language())}, {time_wib(at, language())}", note


@dataclass(frozen=True)
class Held:
    """One line of the ledger of who held the file how long."""

    holder: str
    purpose: str
    days: str
    counted: str
    here: bool


def held_by(case_id: UUID, at: datetime) -> list[Held]:
    """Newest first. Working days; those before the file was complete, and the applicant's own, do not count."""
    spans = holding(case_id, at)
    names = holder_names(spans)
    return [_held(span, names) for span in reversed(spans)]


def _held(span: Span, names: Mapping[str, str]) -> Held:
    purposes = {
        "verify": _("Kelengkapan berkas"),
        "correct": _("Perbaikan"),
        "examine": _("Isi berkas"),
        "review": _("Kajian teknis"),
        "inspect": _("Pemeriksaan lapangan"),
        "assess": _("Penetapan retribusi"),
        "pay": _("Pembayaran"),
        "hand_over": _("Penyerahan"),
        "draft_decision": _("Konsep keputusan"),
        "sign": _("Tanda tangan"),
    }
    purpose = purposes.get(span.step, _("Paraf") if span.step.startswith("initial_") else span.step)
    days = number(span.working_days, language())
    if span.until is None:
        days = _("%(days)s, berjalan") % {"days": days}
    rest = _("Tidak, hitungan berhenti") if span.holder == "applicant" else _("Belum, berkas belum lengkap")
    return Held(names[span.holder], purpose, days, _("Ya") if span.counted else rest, span.until is None)
