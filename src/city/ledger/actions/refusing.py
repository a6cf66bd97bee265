"""The functions' refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from city.kernel.errors import Refusal

STATE = "KP001"  # the SQLSTATE that ledger_refuse raises

SENTENCES = {
    "ledger.account_expired": _("Akun %(what)s tidak berlaku pada tanggal itu. Pilih akun yang berlaku."),
    "ledger.account_missing": _("Akun untuk %(what)s belum disebut. Sebutkan akunnya, lalu ulangi."),
    "ledger.account_not_leaf": _("Akun %(what)s adalah induk. Pilih akun rincian (tingkat 6) di bawahnya."),
    "ledger.account_unknown": _("Akun %(what)s tidak ada dalam bagan akun. Periksa kodenya."),
    "ledger.account_wrong": _("Akun %(what)s bukan jenis yang diminta aturan jurnal. Pilih akun yang sesuai."),
    "ledger.amount_form": _("Jumlah %(what)s harus bilangan bulat dalam sen, nol atau lebih."),
    "ledger.amount_missing": _("Jumlah %(what)s belum disebut. Sebutkan jumlahnya, nol bila tidak ada."),
    "ledger.amount_unknown": _("Jumlah %(what)s tidak dikenal aturan jurnal ini."),
    "ledger.audit_period": _(
        "Periode 13 hanya untuk penyesuaian pemeriksa, setelah Desember ditutup dan sebelum periode 13 ditutup"
        " (%(what)s)."
    ),
    "ledger.book_mixed": _("Akun %(what)s tidak boleh ada di buku itu. Periksa aturan jurnalnya."),
    "ledger.closed_month": _("Bulan %(what)s sudah ditutup. Bukukan dengan tanggal hari ini."),
    "ledger.document_unknown": _("Dokumen itu tidak ada di buku besar."),
    "ledger.entity_unknown": _("%(what)s bukan perangkat daerah yang dikenal. Periksa kodenya."),
    "ledger.mirror": _("RK SKPD dan RK PPKD tidak sama. Periksa aturan jurnalnya."),
    "ledger.month_not_over": _("Bulan itu belum berakhir. Tutup setelah hari terakhirnya lewat."),
    "ledger.no_such_month": _("Bulan harus 1 sampai 12, atau 13 untuk penyesuaian pemeriksa."),
    "ledger.nothing": _("Tidak ada yang dibukukan: semua jumlahnya nol."),
    "ledger.posting_date": _("Tanggal pembukuan %(what)s bukan hari ini. Periksa jam mesin ini, lalu ulangi."),
    "ledger.reversal_of_reversal": _(
        "Dokumen ini sendiri sebuah koreksi. Buat dokumen baru, bukan koreksi atas koreksi."
    ),
    "ledger.rule_account": _("Akun %(what)s tidak cocok dengan buku pada baris aturan itu. Perbaiki barisnya."),
    "ledger.rule_incomplete": _("Aturan jurnal perlu jenis dokumen, dasar hukum, dan paling sedikit dua baris."),
    "ledger.rule_own": _("Aturan jurnal diperiksa oleh orang lain, bukan penyusunnya."),
    "ledger.rule_twice": _("Sudah ada aturan jurnal yang berlaku mulai tanggal yang sama. Pilih tanggal lain."),
    "ledger.rule_unknown": _("Belum ada aturan jurnal yang diperiksa dua orang untuk %(what)s."),
    "ledger.told_otherwise": _("%(what)s sudah dibukukan dengan isi lain. Batalkan dengan koreksi, lalu bukukan lagi."),
    "ledger.unbalanced": _("Debit dan kredit tidak sama. Periksa jumlah-jumlahnya."),
    "ledger.value_date": _("Tanggal nilai %(what)s tidak bisa dipakai. Isi tanggal sampai 31 hari dari hari ini."),
    "ledger.year_not_closed": _("Tutup dulu bulan Desember tahun itu."),
}
_ELSE = _("Buku besar menolak ini. Tidak ada yang tersimpan. Laporkan kode %(code)s kepada pengelola.")


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what a function of the ledger refuses into a Refusal (422); the transaction is lost either way."""
    try:
        yield
    except DatabaseError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.sqlstate != STATE:
            raise
        code = str(told.message_primary)
        sentence = SENTENCES.get(code, _ELSE)
        words = {"what": told.message_detail or "", "code": code}
        raise Refusal(code, sentence % words, status=422) from error
