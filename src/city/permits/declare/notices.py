"""How each notice of a case or a permit reads: inbox, letter and SMS, in both languages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from city.cases.declare import KINDS
from city.notices.declare import WORDS, Facts, Words
from city.ui.environment import language
from city.ui.rules.formats import date_long

_SAMPLE: Facts = {
    "what": "Persetujuan lingkungan dan pemakaian lahan kota",
    "receipt": "SPC-SIPD-2026-000123",
    "number": "503/0123/SIPD/DPMPTSP/2026",
    "day": "2026-09-28",
    "count": "12",
    "left": "10",
}


def filled(facts: Facts) -> Facts:
    """The kind by its name, the day in words, in the reader's language."""
    kind = KINDS.get(facts.get("kind", ""))
    shown: dict[str, str] = {"what": str(kind.spec.name) if kind else "", **facts}
    if facts.get("day"):
        shown["day"] = date_long(date.fromisoformat(facts["day"]), language())
    return shown


def _say(code: str, title: Any, body: Any, sms: Any, icon: str = "inbox") -> None:
    WORDS.add(code, Words(title=title, body=body, sms=sms, sample=_SAMPLE, filled=filled, icon=icon))


_say(
    "case.submitted",
    _("Permohonan %(receipt)s terkirim"),
    _("%(what)s. Kami periksa kelengkapannya dulu; hitungan waktu mulai begitu berkas lengkap."),
    _("Permohonan %(receipt)s terkirim. Kami periksa kelengkapannya. Kota Pintar Cilegon"),
    "file",
)
_say(
    "case.returned",
    _("Giliran Anda: perbaiki %(count)s hal"),
    _("%(what)s, %(receipt)s. Jawab paling lambat %(day)s; lewat dari itu permohonan gugur."),
    _("%(receipt)s: perbaiki %(count)s hal paling lambat %(day)s. Buka Kota Pintar Cilegon."),
    "flag",
)
_say(
    "case.reminded",
    _("Sisa %(left)s hari kerja untuk memperbaiki"),
    _("%(what)s, %(receipt)s. Perbaikan belum kami terima. Tanpa jawaban, permohonan gugur."),
    _("%(receipt)s: sisa %(left)s hari kerja untuk memperbaiki. Tanpa jawaban permohonan gugur."),
    "clock",
)
_say(
    "case.registered",
    _("Berkas lengkap, hitungan mulai"),
    _("%(what)s, %(receipt)s. Keputusan keluar paling lambat %(day)s."),
    _("%(receipt)s: berkas lengkap. Keputusan paling lambat %(day)s. Kota Pintar Cilegon"),
    "ok",
)
_say(
    "case.warned",
    _("Sisa %(left)s hari kerja sampai batas keputusan"),
    _("%(what)s, %(receipt)s. Tanpa keputusan sampai batas itu, izin terbit dengan sendirinya."),
    _("%(receipt)s: sisa %(left)s hari kerja. Tanpa keputusan, izin terbit dengan sendirinya."),
    "clock",
)
_say(
    "case.warned_held",
    _("Sisa %(left)s hari kerja sampai batas keputusan"),
    _("%(what)s, %(receipt)s. Kami ingatkan petugas agar memutuskan; Anda kami kabari begitu keputusannya keluar."),
    _("%(receipt)s: sisa %(left)s hari kerja sampai batas keputusan. Kami kabari Anda."),
    "clock",
)
_say(
    "case.blocked",
    _("Izin tidak terbit otomatis"),
    _("%(what)s, %(receipt)s. Batas waktu lewat, tetapi masih ada hal yang menahannya. Buka untuk melihat sebabnya."),
    _("%(receipt)s: izin tidak terbit otomatis. Lihat sebabnya di Kota Pintar Cilegon."),
    "warn",
)
_say(
    "case.rejected",
    _("Permohonan ditolak"),
    _("%(what)s, %(receipt)s. Baca sebabnya, pasalnya, dan cara mengajukan keberatan."),
    _("%(receipt)s ditolak. Sebab dan cara keberatan ada di Kota Pintar Cilegon."),
    "bad",
)
_say(
    "case.withdrawn",
    _("Permohonan ditarik"),
    _("%(what)s, %(receipt)s. Bila bukan Anda yang menariknya, segera hubungi kami."),
    _("%(receipt)s ditarik. Bila bukan Anda, segera hubungi DPMPTSP Cilegon."),
    "ban",
)
_say(
    "case.lapsed",
    _("Permohonan gugur"),
    _("%(what)s, %(receipt)s. Perbaikan tidak kami terima sampai batas waktunya. Anda bisa mengajukan lagi."),
    _("%(receipt)s gugur: perbaikan tidak kami terima. Anda bisa mengajukan lagi."),
    "hourglass",
)
_say(
    "permit.issued",
    _("Izin Anda terbit"),
    _("%(what)s nomor %(number)s. Unduh suratnya; siapa pun bisa memeriksa keasliannya."),
    _("Izin %(number)s terbit. Unduh suratnya di Kota Pintar Cilegon."),
    "ok",
)
_say(
    "permit.issued_automatically",
    _("Izin Anda terbit otomatis"),
    _("%(what)s nomor %(number)s. Batas waktu kami lewat, jadi izin terbit dengan segel elektronik dinas."),
    _("Izin %(number)s terbit otomatis karena batas waktu kami lewat. Unduh di Kota Pintar."),
    "ok",
)
_say(
    "permit.suspended",
    _("Izin Anda dibekukan"),
    _("%(what)s nomor %(number)s tidak boleh dipakai sejak %(day)s. Baca sebabnya dan cara mengajukan keberatan."),
    _("Izin %(number)s dibekukan sejak %(day)s. Sebabnya ada di Kota Pintar Cilegon."),
    "pause",
)
_say(
    "permit.reinstated",
    _("Izin Anda berlaku lagi"),
    _("%(what)s nomor %(number)s boleh dipakai lagi sejak %(day)s."),
    _("Izin %(number)s berlaku lagi sejak %(day)s."),
    "ok",
)
_say(
    "permit.revoked",
    _("Izin Anda dicabut"),
    _("%(what)s nomor %(number)s dicabut sejak %(day)s. Baca sebabnya dan cara mengajukan keberatan."),
    _("Izin %(number)s dicabut sejak %(day)s. Sebabnya ada di Kota Pintar Cilegon."),
    "ban",
)
_say(
    "permit.surrendered",
    _("Izin Anda sudah diserahkan"),
    _("%(what)s nomor %(number)s Anda serahkan di loket %(day)s dan tidak berlaku lagi. Bukan Anda? Hubungi kami."),
    _("Izin %(number)s diserahkan %(day)s. Bukan Anda? Hubungi DPMPTSP Cilegon."),
    "ok",
)
_say(
    "permit.expired",
    _("Masa berlaku izin Anda habis"),
    _("%(what)s nomor %(number)s. Buka izinnya untuk melihat apakah masih bisa diperpanjang."),
    _("Masa berlaku izin %(number)s habis. Perpanjangan ada di Kota Pintar Cilegon."),
    "hourglass",
)
_say(
    "permit.renewable",
    _("Izin Anda bisa diperpanjang sekarang"),
    _("%(what)s nomor %(number)s berakhir %(day)s. Formulirnya sudah terisi dari izin yang lama."),
    _("Izin %(number)s berakhir %(day)s. Perpanjang di Kota Pintar Cilegon."),
    "calendar",
)
_say(
    "permit.superseded",
    _("Izin lama Anda sudah diganti"),
    _("%(what)s nomor %(number)s tidak dipakai lagi. Pakai surat yang baru."),
    _("Izin %(number)s sudah diganti. Pakai surat yang baru."),
    "turn",
)
_say(
    "desk.answered",
    _("Perbaikan masuk: %(receipt)s"),
    _("%(what)s. Pemohon sudah menjawab; lanjutkan pemeriksaan."),
    _("Perbaikan masuk: %(receipt)s. Lanjutkan di meja Sipeci."),
    "turn",
)
_say(
    "desk.review",
    _("Kajian diminta: %(receipt)s"),
    _("%(what)s. Batas keputusan %(day)s."),
    _("Kajian diminta: %(receipt)s, batas %(day)s. Buka meja Sipeci."),
    "eye",
)
_say(
    "desk.sign",
    _("Menunggu tanda tangan: %(receipt)s"),
    _("%(what)s. Semua paraf sudah ada. Batas keputusan %(day)s."),
    _("Menunggu tanda tangan: %(receipt)s, batas %(day)s. Buka meja Sipeci."),
    "pen",
)
_say(
    "desk.warned",
    _("Sisa %(left)s hari kerja: %(receipt)s"),
    _("%(what)s ada di meja Anda. Tanpa keputusan, izin terbit dengan sendirinya."),
    _("%(receipt)s di meja Anda: sisa %(left)s hari kerja sebelum terbit otomatis."),
    "clock",
)
_say(
    "desk.warned_held",
    _("Sisa %(left)s hari kerja: %(receipt)s"),
    _("%(what)s ada di meja Anda dan tidak akan terbit dengan sendirinya. Putuskan sebelum batasnya."),
    _("%(receipt)s di meja Anda: sisa %(left)s hari kerja, tidak terbit otomatis. Putuskan."),
    "clock",
)
_say(
    "desk.blocked",
    _("Batas lewat, belum diputus: %(receipt)s"),
    _("%(what)s tidak terbit otomatis karena masih tertahan. Putuskan secepatnya."),
    _("%(receipt)s lewat batas dan tertahan. Putuskan secepatnya di meja Sipeci."),
    "warn",
)


_say(
    "case.visit",
    _("Petugas datang ke lokasi %(day)s"),
    _("%(what)s, %(receipt)s. Anda atau wakil Anda sebaiknya hadir. Petugas menelepon sebelum datang."),
    _("%(receipt)s: petugas datang ke lokasi %(day)s. Sebaiknya Anda hadir. Kota Pintar Cilegon"),
    "land",
)
_say(
    "case.visit_missed",
    _("Kunjungan ke lokasi tidak terlaksana"),
    _("%(what)s, %(receipt)s. Petugas tidak bisa memeriksa lokasi. Kami jadwalkan lagi dan kabari Anda."),
    _("%(receipt)s: kunjungan ke lokasi tidak terlaksana. Kami jadwalkan lagi."),
    "warn",
)
_say(
    "case.bill",
    _("Tagihan Anda terbit"),
    _("%(what)s, %(receipt)s. Bayar paling lambat %(day)s; kami lanjutkan begitu uangnya masuk."),
    _("%(receipt)s: tagihan terbit, bayar paling lambat %(day)s di Kota Pintar Cilegon."),
    "coins",
)
_say(
    "case.bill_due",
    _("Tagihan jatuh tempo %(day)s"),
    _("%(what)s, %(receipt)s. Pembayaran belum kami terima."),
    _("%(receipt)s: tagihan jatuh tempo %(day)s. Bayar di Kota Pintar Cilegon."),
    "clock",
)
_say(
    "case.paid",
    _("Retribusi lunas"),
    _("%(what)s, %(receipt)s. Berkas Anda kami lanjutkan."),
    _("%(receipt)s: retribusi lunas, berkas dilanjutkan. Kota Pintar Cilegon"),
    "ok",
)
_say(
    "case.lapsed_unpaid",
    _("Permohonan gugur karena tidak dibayar"),
    _("%(what)s, %(receipt)s. Tagihannya dibatalkan; Anda tidak berutang apa pun dan bisa mengajukan lagi."),
    _("%(receipt)s gugur karena tidak dibayar. Tagihan dibatalkan. Anda bisa mengajukan lagi."),
    "hourglass",
)
_say(
    "case.handed_over",
    _("Hasil kajian kota diserahkan"),
    _("%(what)s, %(receipt)s. Hasil kajian sudah di sistem penerbit. Buka untuk melihat tanda terimanya."),
    _("%(receipt)s: hasil kajian kota sudah di sistem penerbit."),
    "ok",
)
_say(
    "desk.inspect",
    _("Pemeriksaan lapangan diminta: %(receipt)s"),
    _("%(what)s. Tentukan hari kunjungan."),
    _("Pemeriksaan lapangan diminta: %(receipt)s. Buka meja Sipeci."),
    "land",
)
_say(
    "desk.assess",
    _("Retribusi perlu ditetapkan: %(receipt)s"),
    _("%(what)s. Kajian dan pemeriksaan sudah selesai."),
    _("Retribusi perlu ditetapkan: %(receipt)s. Buka meja Sipeci."),
    "coins",
)
_say(
    "desk.late",
    _("Terlambat %(left)s hari kerja: %(receipt)s"),
    _("%(what)s. Kajian atau pemeriksaan belum kami terima; pemohon melihat siapa yang ditunggu."),
    _("%(receipt)s: kajian terlambat %(left)s hari kerja. Buka meja Sipeci."),
    "warn",
)


def facts_of(**known: object) -> Mapping[str, str]:
    """Ids, codes, dates and counts as notices keep them (nought too); what is unknown is left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in known.items()
        if value is not None and value != ""
    }
