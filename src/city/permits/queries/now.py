"""What happens now with a case, and whose turn it is: the words of its dark plate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city.cases.declare import KindSpec
from city.cases.models import Case, Decision
from city.cases.queries import Clock, case_bill, open_correction, silence_held_by
from city.people.models import Agency
from city.people.queries import agency
from city.permits.models import Permit
from city.permits.queries.money import handed_over_of
from city.ui.environment import language
from city.ui.rules.formats import date_day, date_long, number, rupiah


@dataclass(frozen=True)
class Plate:
    """The plate's words and its buttons: (words, address, icon), the first one being the next step."""

    title: str
    words: str
    buttons: tuple[tuple[str, str, str], ...] = ()


def office_name(code: str) -> str:
    """An agency as people call it; its code where it is not set up."""
    try:
        return agency(code).name
    except Agency.DoesNotExist:
        return code


def plate_of(
    case: Case, spec: KindSpec, decision: Decision | None, permit: Permit | None, clock: Clock | None, *, at: datetime
) -> Plate:
    """For the applicant. A decision's content is not told before it is signed and stored."""
    deemed = not case.is_final and not silence_held_by(case, decision, at)
    if case.is_final:
        return _ended(case, spec, decision, permit)
    if case.state == "returned":
        return _returned(case)
    if case.state in ("assessed", "awaiting_payment"):
        return _to_pay(case, spec)
    if case.turn in ("assess", "hand_over"):
        return _money_next(case, spec, clock, deemed=deemed)
    office = case.agency
    titles = {
        "submitted": _("%(office)s memeriksa kelengkapan berkas Anda"),
        "completeness": _("%(office)s memeriksa kelengkapan berkas Anda"),
        "registered": _("%(office)s memeriksa isi berkas Anda"),
        "admin_review": _("%(office)s memeriksa isi berkas Anda"),
        "technical": _("%(office)s mengkaji permohonan Anda"),
        "recommended": _("%(office)s menyusun keputusan"),
        "paid": _("%(office)s menyusun keputusan"),
        "drafting": _("%(office)s menyusun keputusan"),
        "initialling": _("Konsep keputusan sedang diparaf di %(office)s"),
        "signing": _("Keputusan menunggu tanda tangan Kepala %(office)s"),
    }
    if case.state == "technical" and spec.reviewers:
        office = ", ".join(office_name(code) for code in spec.reviewers)
    if case.state == "signing" and decision is not None and decision.state == "signed":
        return Plate(
            _("Keputusan sudah ditandatangani"), _("Suratnya sedang disiapkan, biasanya kurang dari satu menit.")
        )
    return Plate(titles.get(case.state, "%(office)s") % {"office": office}, _promise(spec, clock, deemed=deemed))


def _to_pay(case: Case, spec: KindSpec) -> Plate:
    """The bill, its last day, and the way to it."""
    bill = case_bill(case.pk)
    if bill is None:
        return Plate(_("Retribusi ditetapkan"), "")
    shown = {"sum": rupiah(bill.outstanding, language()), "day": date_long(bill.due_on, language())}
    title = _("Giliran Anda: bayar %(sum)s") % shown
    words = _("Bayar paling lambat %(day)s. Kami lanjutkan begitu uangnya masuk.") % shown
    if spec.fee is not None and spec.fee.unpaid == "lapse":
        words += " " + _("Lewat dari itu permohonan gugur dan tagihannya batal.")
    return Plate(title, words, ((_("Lihat tagihan"), reverse("billing-bill", args=[bill.pk]), "coins"),))


def _money_next(case: Case, spec: KindSpec, clock: Clock | None, *, deemed: bool) -> Plate:
    if case.turn == "hand_over":
        system = {"system": spec.issuing_system()}
        said = _("Rekomendasi kota diserahkan ke %(system)s. Izinnya terbit di sana.") % system
        return Plate(_("Rekomendasi siap diserahkan ke %(system)s") % system, said)
    office = {"office": office_name(spec.fee.agency if spec.fee else case.agency)}
    return Plate(_("%(office)s menetapkan retribusi Anda") % office, _promise(spec, clock, deemed=deemed))


def _promise(spec: KindSpec, clock: Clock | None, *, deemed: bool) -> str:
    if clock is None:
        days = number(spec.sla_days, language())
        return _("Hitungan %(days)s hari kerja mulai begitu berkas dinyatakan lengkap. Kami kabari Anda.") % {
            "days": days
        }
    if clock.due_on is None:
        return _("Hitungan waktu kami berhenti sampai perbaikan Anda kami terima.")
    said = _("Keputusan keluar paling lambat %(day)s.") % {"day": date_day(clock.due_on, language())}
    if deemed:
        said += " " + _("Lewat dari itu izin terbit dengan sendirinya.")
    return said


def _returned(case: Case) -> Plate:
    correction = open_correction(case.pk)
    count = correction.items.count() if correction else 0
    title = ngettext("Giliran Anda: perbaiki %(num)s hal", "Giliran Anda: perbaiki %(num)s hal", count) % {"num": count}
    words = ""
    if correction and correction.answer_by:
        said = _("Jawab paling lambat %(day)s. Lewat dari itu permohonan gugur dan harus diajukan lagi.")
        words = said % {"day": date_day(correction.answer_by, language())}
    return Plate(title, words, ((_("Perbaiki sekarang"), reverse("permits-answer", args=[case.pk]), "upload"),))


def _ended(case: Case, spec: KindSpec, decision: Decision | None, permit: Permit | None) -> Plate:
    if case.state in ("issued", "deemed_approved"):
        return _granted(case, permit)
    if case.state == "rejected":
        refusal = spec.refusal(decision.refusal_code) if decision else None
        title = _("Ditolak: %(reason)s") % {"reason": within_sentence(str(refusal.label)) if refusal else ""}
        said = _("Baca sebabnya, pasalnya, dan cara mengajukan keberatan.")
        return Plate(title, said, ((_("Baca keputusan"), reverse("permits-decision", args=[case.pk]), "file"),))
    if case.state == "handed_over":
        return _handed_over(case, spec)
    again: Any = ((_("Ajukan lagi"), f"{reverse('permits-new')}?kind={case.kind}&earlier={case.pk}", "plus"),)
    if case.state == "lapsed" and case_bill(case.pk) is not None:
        return Plate(
            _("Permohonan gugur"),
            _(
                "Tagihannya tidak dibayar sampai batas waktunya dan sudah batal. "
                "Ajukan lagi: isian dan berkas kami bawa."
            ),
            again,
        )
    if case.state == "lapsed":
        return Plate(
            _("Permohonan gugur"),
            _("Perbaikan tidak kami terima sampai batas waktunya. Ajukan lagi: isian dan berkas yang baik kami bawa."),
            again,
        )
    day = date_long(case.ended_at, language()) if case.ended_at else ""
    return Plate(
        _("Anda menarik permohonan ini"), _("Ditarik %(day)s. Tidak ada yang perlu Anda lakukan.") % {"day": day}, again
    )


def _handed_over(case: Case, spec: KindSpec) -> Plate:
    handed = handed_over_of(case.pk)
    if handed is None:
        return Plate(_("Sudah diserahkan"), "")
    told = {"system": handed.system, "receipt": handed.receipt}
    words = _("Tanda terima %(receipt)s. Putusannya terbit di %(system)s, bukan di sini.") % told
    if handed.simulated:
        words += " " + _("Simulasi, belum terverifikasi dengan sistem yang sebenarnya.")
    title = _("Rekomendasi kota sudah di %(system)s") if handed.recommended else _("Hasil kajian sudah di %(system)s")
    return Plate(title % told, words)


def _granted(case: Case, permit: Permit | None) -> Plate:
    if permit is None:
        title = _("Dikabulkan") if case.state == "deemed_approved" else _("Keputusan sudah ditandatangani")
        return Plate(title, _("Suratnya sedang disiapkan, biasanya kurang dari satu menit."))
    if (ended := _title_of_ended(permit)) is not None:
        said = _("Permohonan ini dulu menjadi izin. Buka izinnya untuk melihat keadaannya sekarang.")
        return Plate(ended, said, ((_("Lihat izin"), reverse("permits-permit", args=[permit.pk]), ""),))
    words = _("Unduh suratnya, atau tunjukkan kodenya: siapa pun bisa memeriksa keasliannya.")
    if permit.automatic:
        words = _("Batas waktu kami lewat, jadi izin Anda terbit dengan segel elektronik dinas.") + " " + words
    buttons = (
        (_("Unduh izin (PDF)"), reverse("permits-letter", args=[case.pk]), "download"),
        (_("Lihat izin"), reverse("permits-permit", args=[permit.pk]), ""),
    )
    return Plate(_("Izin Anda terbit"), words, buttons)


def _title_of_ended(permit: Permit) -> str | None:
    """None while the permit may be used."""
    return {
        "suspended": _("Izin Anda dibekukan"),
        "revoked": _("Izin Anda dicabut"),
        "expired": _("Masa berlaku izin Anda habis"),
        "superseded": _("Izin lama Anda sudah diganti"),
        "surrendered": _("Izin Anda sudah diserahkan"),
    }.get(permit.state)


def within_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, names and abbreviations ("STR tidak aktif") left alone."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def days_used_words(clock: Clock) -> str:
    """ "3 dari 5 hari kerja": what an ended case took of the office's time."""
    said = ngettext("%(used)s dari %(num)s hari kerja", "%(used)s dari %(num)s hari kerja", clock.total)
    return said % {"used": number(clock.used, language()), "num": number(clock.total, language())}


def days_left_words(clock: Clock) -> str:
    """ "4 dari 5 hari kerja": what is left of the office's time."""
    said = ngettext("%(left)s dari %(num)s hari kerja", "%(left)s dari %(num)s hari kerja", clock.total)
    return said % {"left": number(clock.left, language()), "num": number(clock.total, language())}


def clock_sentence(clock: Clock) -> str:
    """The horizon said aloud."""
    if clock.paused:
        said = _("Garis waktu: %(used)s hari kerja terpakai, hitungan berhenti, tersisa %(left)s.")
    else:
        said = _("Garis waktu: %(used)s hari kerja terpakai, tersisa %(left)s.")
    return said % {"used": clock.used, "left": clock.left}


def today_word(clock: Clock, *, ended: bool) -> str:
    if ended:
        return _("Selesai")
    return _("Hari ini, hitungan berhenti") if clock.paused else _("Hari ini")
