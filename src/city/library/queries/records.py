"""Records as they leave, and what an import has to tell, in sentences."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pymarc import Record

from city.library.models import ImportNote, SourceRecord
from city.library.rules import iso2709, marcxml
from city.library.rules.faults import MARCXML

# What stands in a report, by code. Every sentence says what we did or what to do now.
SENTENCES: dict[str, Any] = {
    "leader": _("Kepala cantuman menyebut panjang “%(said)s”, padahal %(is)s. Panjangnya kami hitung ulang."),
    "addresses": _("Alamat ruas di direktori salah. Ruas kami baca menurut tanda akhirnya."),
    "no_end": _("Tanda akhir cantuman tidak ada. Semua ruasnya utuh."),
    "cut": _("Berkas berakhir di tengah cantuman: %(lost)s ruas terakhir hilang. Ambil lagi berkas yang utuh."),
    "cut_early": _("Berkas berakhir sebelum ruas pertama. Ambil lagi berkas yang utuh."),
    "not_marc": _("Ini bukan cantuman MARC. Periksa apakah berkasnya benar."),
    "directory": _("Direktori cantuman rusak sehingga ruasnya tidak bisa dibedakan. Minta cantuman ini lagi."),
    "fields": _("Direktori menyebut %(tags)s ruas, yang ada %(found)s. Minta cantuman ini lagi."),
    "not_utf8": _("Cantuman mengaku UTF-8, padahal bukan. Kami baca menurut isinya; periksa huruf beraksen."),
    "is_utf8": _("Cantuman mengaku MARC-8, padahal UTF-8. Kami baca sebagai UTF-8."),
    "letters": _("Ada huruf yang tidak dikenal MARC-8; di tempatnya ada spasi. Aslinya tetap tersimpan."),
    "indicators": _("Indikator ruas ini tidak dua huruf. Kami rapikan; aslinya tetap tersimpan."),
    "empty_subfield": _("Ada subruas kosong. Kami lewati; aslinya tetap tersimpan."),
    "subfield_code": _("Kode subruas bukan huruf biasa. Isinya kami simpan dengan kode “?”."),
    "not_xml": _("Cantuman ini bukan XML yang benar (baris %(line)s di dalamnya). Perbaiki di sistem asalnya."),
    "tag": _("Nomor ruas “%(said)s” bukan tiga huruf atau angka. Perbaiki di sistem asalnya."),
    "holdings": _("Ini cantuman eksemplar terpisah, yang belum kami baca. Sertakan eksemplar di ruas 852 judulnya."),
    "no_title": _("Tidak ada judul (245 $a), sehingga tidak bisa dicari. Lengkapi lalu impor lagi."),
    "clustered": _("Edisi lain dari karya yang sudah ada: “%(title)s”."),
    "same_edition": _("Edisi ini sudah ada: “%(title)s”. Cantumannya kami simpan, judulnya tidak digandakan."),
    "isbn_shared": _("ISBN-nya juga dipakai judul lain: “%(title)s”. Keduanya kami simpan; periksa nomornya."),
    "number_taken": _(
        "Nomor %(number)s sudah dipakai judul lain dan 003 kosong. Kami simpan sebagai cantuman tersendiri."
    ),
    "older": _("Cantuman %(number)s di sini lebih baru (005). Yang ini tidak kami pakai."),
    "replaced": _("Cantuman %(number)s kami perbarui dengan yang ini."),
    "barcode_taken": _("Barkode %(barcode)s sudah milik edisi lain. Eksemplar ini tidak kami tambahkan."),
    "cell": _("Kolom %(column)s berisi “%(said)s”, yang tidak kami kenal. Judulnya kami simpan tanpa itu."),
    "row": _("Baris ini bukan baris CSV yang benar. Periksa tanda kutipnya."),
    "too_long": _("Cantuman ini terlalu panjang untuk ISO 2709. Ekspor sebagai MARCXML (--xml)."),
}
CHUNK = 500


def sentence_of(code: str, facts: dict[str, str]) -> str:
    """What a note says, in the reader's language."""
    return str(SENTENCES[code]) % facts


def notes_of(import_id: UUID) -> Iterator[ImportNote]:
    """Everything an import has to tell, in the order of its file."""
    return ImportNote.objects.filter(imported_id=import_id).order_by("record", "id").iterator(CHUNK)


def exported(*, xml: bool = False, as_received: bool = False) -> Iterator[tuple[SourceRecord, bytes | None]]:
    """Every record with its bytes: ISO 2709 in UTF-8, or MARCXML elements, or the very bytes that came.

    A record that needed no repair leaves ISO 2709 as it came. None where the wanted form cannot hold it.
    """
    for row in SourceRecord.objects.order_by("id").iterator(CHUNK):
        if as_received:
            yield row, bytes(row.raw)
        elif xml:
            yield row, marcxml.written(record_of(row)[0]).encode()
        else:
            yield row, _as_iso2709(row)


def record_of(row: SourceRecord) -> tuple[Record, bool]:
    """The record as it is understood, and whether its bytes are sound ISO 2709 in UTF-8."""
    raw = bytes(row.raw)
    if row.form == MARCXML:
        return marcxml.parsed(raw.decode())[0], False
    whole = raw.endswith(iso2709.END_OF_RECORD)
    record, faults = iso2709.parsed(raw.removesuffix(iso2709.END_OF_RECORD), whole)
    said_utf8 = raw[9:10] == b"a"
    return record, not faults and whole and (said_utf8 or (raw.isascii() and b"\x1b" not in raw))


def _as_iso2709(row: SourceRecord) -> bytes | None:
    record, is_sound = record_of(row)
    if is_sound:
        return bytes(row.raw)
    return bytes(record.as_marc()) if iso2709.fits(record) else None
