"""How each notice of money reads: inbox, letter and SMS, in both languages."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from city.notices.declare import WORDS, Facts, Words
from city.ui.environment import language
from city.ui.rules.formats import date_long, rupiah

_SAMPLE: Facts = {
    "number": "000123/SKRD/DPMPTSP/2026",
    "amount": "1250000000",
    "rest": "1250000000",
    "day": "2026-09-28",
    "count": "12",
}
_MONEY = ("amount", "rest")


def _filled(facts: Facts) -> Facts:
    """Sums as rupiah and the day in words, in the reader's language."""
    shown = {name: rupiah(int(value), language()) if name in _MONEY else value for name, value in facts.items()}
    if facts.get("day"):
        shown["day"] = date_long(date.fromisoformat(facts["day"]), language())
    return shown


def _say(code: str, title: Any, body: Any, sms: Any, icon: str = "coins") -> None:
    WORDS.add(code, Words(title=title, body=body, sms=sms, sample=_SAMPLE, filled=_filled, icon=icon))


_say(
    "bill.part_paid",
    _("%(amount)s kami terima"),
    _("Untuk tagihan %(number)s. Masih kurang %(rest)s, paling lambat %(day)s."),
    _("%(amount)s kami terima untuk %(number)s. Kurang %(rest)s, paling lambat %(day)s."),
)
_say(
    "bill.part_paid_late",
    _("%(amount)s kami terima"),
    _(
        "Untuk tagihan %(number)s. Masih kurang %(rest)s, dan jatuh temponya sudah lewat: "
        "bunganya bertambah tiap bulan."
    ),
    _("%(amount)s kami terima untuk %(number)s. Kurang %(rest)s, sudah lewat jatuh tempo. Bayar secepatnya."),
    "clock",
)
_say(
    "bill.held",
    _("Uang Anda %(amount)s kami titipkan"),
    _("Uang itu lebih dari yang harus dibayar pada tagihan %(number)s. Buka tagihannya untuk memintanya kembali."),
    _("%(amount)s lebih dari tagihan %(number)s dan kami titipkan. Minta kembali di Kota Pintar Cilegon."),
)
_say(
    "bill.next_part",
    _("%(amount)s kami terima"),
    _("Untuk tagihan %(number)s. Bayar berikutnya %(rest)s, paling lambat %(day)s."),
    _("%(amount)s kami terima untuk %(number)s. Bayar berikutnya %(rest)s, paling lambat %(day)s."),
)
_say(
    "bill.held_cancelled",
    _("Uang Anda %(amount)s kami titipkan"),
    _("Tagihan %(number)s sudah dibatalkan, jadi tidak ada yang perlu dibayar. Buka tagihannya untuk meminta uangnya."),
    _("Tagihan %(number)s sudah dibatalkan; %(amount)s kami titipkan. Minta kembali di Kota Pintar Cilegon."),
)
_say(
    "bill.interest",
    _("Bunga keterlambatan %(amount)s"),
    _("Tagihan %(number)s lewat jatuh tempo. Yang harus dibayar sekarang %(rest)s; bunganya bertambah tiap bulan."),
    _("Tagihan %(number)s lewat jatuh tempo, bunga %(amount)s. Bayar %(rest)s di Kota Pintar Cilegon."),
    "clock",
)
_say(
    "bill.instalments_agreed",
    _("Angsuran disetujui: %(count)s kali"),
    _("Tagihan %(number)s. Bagian pertama paling lambat %(day)s; hari bagian lainnya ada di halaman tagihan."),
    _("Angsuran %(count)s kali disetujui untuk %(number)s. Bagian pertama paling lambat %(day)s."),
    "ok",
)
_say(
    "bill.instalments_refused",
    _("Angsuran tidak disetujui"),
    _("Tagihan %(number)s tetap jatuh tempo %(day)s. Alasannya ada di halaman tagihan."),
    _("Angsuran untuk %(number)s tidak disetujui. Jatuh tempo tetap %(day)s."),
    "warn",
)
for _outcome in ("granted", "partly", "deemed_granted"):
    _say(
        f"bill.objection_{_outcome}",
        {
            "granted": _("Keberatan dikabulkan"),
            "partly": _("Keberatan dikabulkan sebagian"),
            "deemed_granted": _("Keberatan dikabulkan karena tidak dijawab tepat waktu"),
        }[_outcome],
        _("Tagihan %(number)s sekarang %(amount)s. Kalau Anda sudah membayar lebih, minta kembali di halaman tagihan."),
        _("Keberatan atas %(number)s: tagihan sekarang %(amount)s. Lihat di Kota Pintar Cilegon."),
        "ok",
    )
_say(
    "bill.objection_refused",
    _("Keberatan tidak dikabulkan"),
    _("Tagihan %(number)s tetap %(amount)s. Alasannya ada di halaman tagihan."),
    _("Keberatan atas %(number)s tidak dikabulkan. Alasannya ada di Kota Pintar Cilegon."),
    "warn",
)
_say(
    "bill.refund_sent",
    _("Uang Anda %(amount)s kami kirim kembali"),
    _("Dari tagihan %(number)s, ke rekening yang Anda sebut. Bank biasanya perlu satu hari kerja."),
    _("%(amount)s dari tagihan %(number)s kami kirim ke rekening Anda. Kota Pintar Cilegon"),
    "ok",
)
_say(
    "bill.refund_refused",
    _("Pengembalian %(amount)s belum bisa dikirim"),
    _("Uangnya tetap titipan Anda pada tagihan %(number)s. Baca sebabnya di sana, lalu minta lagi."),
    _("Pengembalian %(amount)s dari %(number)s belum bisa dikirim. Baca sebabnya, lalu minta lagi."),
    "warn",
)
_say(
    "treasury.objection",
    _("Keberatan perlu dijawab: %(number)s"),
    _("Jawab paling lambat %(day)s. Lewat dari itu keberatan dianggap dikabulkan."),
    _("Keberatan atas %(number)s: jawab paling lambat %(day)s, lewat dari itu dianggap dikabulkan."),
    "flag",
)
_say(
    "treasury.instalments",
    _("Angsuran perlu dijawab: %(number)s"),
    _("Pembayar minta %(count)s kali angsuran. Jatuh tempo sekarang %(day)s."),
    _("Permintaan angsuran %(count)s kali untuk %(number)s perlu dijawab."),
    "flag",
)
_say(
    "treasury.refund",
    _("Pengembalian perlu disetujui: %(amount)s"),
    _("Uang titipan pada %(number)s. Yang meminta tidak boleh menyetujui."),
    _("Pengembalian %(amount)s pada %(number)s perlu disetujui."),
    "flag",
)
