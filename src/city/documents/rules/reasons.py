"""Each way a file can be turned away has a code, and one sentence: what is wrong, and what to do now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from city.documents.rules.contents import KNOWN
from city.ui.rules.formats import bytes_size, number

Say = Callable[[str], str]


def _(text: str) -> str:
    """Marks a sentence for the translators; whoever shows it says it in the reader's language."""
    return text


def as_said(text: str) -> str:
    """The Indonesian sentence as it stands here."""
    return text


@dataclass(frozen=True)
class Reason:
    """A code and the numbers that its sentence names: size, limit (bytes), pages, kind, allowed (MIME types) …"""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


_SENTENCES = {
    "file.empty": _(
        "Berkas ini kosong (0 byte). Buka dulu di ponsel Anda untuk memastikan isinya ada, lalu pilih lagi."
    ),
    "file.too_large": _(
        "Berkas terlalu besar: %(size)s, batasnya %(limit)s. Foto ulang di sini, atau kecilkan berkasnya "
        "lalu pilih lagi."
    ),
    "file.type": _("Berkas ini berjenis %(kind)s, yang tidak bisa kami terima. Kirim %(allowed)s."),
    "file.unknown": _("Isi berkas ini tidak kami kenali. Kirim %(allowed)s."),
    "file.heic": _(
        "Foto ini berformat HEIC, yang belum bisa kami buka. Kirim tangkapan layarnya, atau ubah setelan kamera: "
        "Pengaturan, Kamera, Format, Paling Kompatibel, lalu foto ulang. Kami menerima %(allowed)s."
    ),
    "file.office": _("Berkas ini berjenis %(kind)s. Simpan dulu sebagai PDF, lalu kirim PDF-nya."),
    "file.archive": _("Berkas ini arsip %(kind)s. Buka arsipnya, lalu kirim isinya satu per satu sebagai %(allowed)s."),
    "file.video": _("Berkas ini video. Kirim foto atau dokumennya sebagai %(allowed)s."),
    "file.changed": _(
        "Ukuran berkas berbeda dari saat dipilih. Mungkin berkasnya berubah sementara dikirim. Pilih lagi berkasnya."
    ),
    "file.unreadable": _(
        "Berkas ini tidak bisa kami periksa sampai selesai. Simpan ulang atau foto ulang, lalu kirim lagi."
    ),
    "pdf.encrypted": _(
        "PDF ini dikunci dengan kata sandi, sehingga petugas tidak bisa membacanya. Simpan salinan tanpa kata sandi "
        "(buka, lalu Cetak, Simpan sebagai PDF), lalu kirim salinan itu."
    ),
    "pdf.broken": _("PDF ini rusak dan tidak bisa dibuka. Buat atau pindai ulang PDF-nya, lalu kirim lagi."),
    "pdf.script": _(
        "PDF ini berisi program kecil (skrip). Demi keamanan kami tidak menerimanya. Cetak dulu menjadi PDF biasa "
        "(Cetak, Simpan sebagai PDF), lalu kirim hasilnya."
    ),
    "pdf.attachment": _(
        "PDF ini membawa berkas lain di dalamnya. Kirim tiap berkas sendiri-sendiri, atau cetak dulu menjadi PDF biasa."
    ),
    "pdf.too_many_pages": _("PDF ini %(pages)s halaman, batasnya %(limit_pages)s. Kirim hanya halaman yang diminta."),
    "image.broken": _("Gambar ini rusak atau terpotong. Foto ulang, lalu kirim lagi."),
    "image.too_many_pixels": _(
        "Gambar ini %(pixels)s megapiksel, batasnya %(limit_pixels)s. Foto ulang dengan ukuran biasa, lalu kirim lagi."
    ),
    "image.too_small": _(
        "Gambar ini %(width)s × %(height)s piksel, terlalu kecil untuk dibaca. Yang diminta paling sedikit "
        "%(min_width)s × %(min_height)s piksel. Foto ulang lebih dekat, lalu kirim lagi."
    ),
    "ticket.stale": _(
        "Halaman ini terbuka terlalu lama, jadi izin kirimnya habis. Muat ulang halamannya, lalu pilih berkasnya lagi. "
        "Isian yang sudah tersimpan tetap ada."
    ),
    "ticket.wrong": _("Izin kirim ini bukan untuk berkas itu. Muat ulang halamannya, lalu pilih berkasnya lagi."),
    "upload.cut": _("Kiriman terputus sebelum selesai. Pilih berkasnya lagi; isian yang sudah tersimpan tetap ada."),
    "upload.none": _("Belum ada berkas yang dipilih. Pilih satu berkas, lalu tekan kirim."),
    "upload.elsewhere": _("Berkas ini sedang diterima lewat sambungan lain. Tunggu sebentar, lalu coba lagi."),
    "upload.offset": _("Sebagian berkas sudah kami terima. Lanjutkan dari bagian yang belum terkirim."),
    "upload.resting": _("Berkas belum bisa disimpan saat ini. Yang sudah terkirim tetap aman; coba lagi sebentar."),
    "upload.unknown": _("Kiriman ini tidak kami kenali. Muat ulang halamannya, lalu pilih berkasnya lagi."),
}
_BRIEF = {
    "file.too_large": _("Berkas terlalu besar. Foto ulang, atau kecilkan berkasnya, lalu pilih lagi."),
    "file.type": _("Jenis berkas ini tidak bisa kami terima. Lihat jenis yang diminta, lalu pilih lagi."),
    "file.unknown": _("Isi berkas ini tidak kami kenali. Lihat jenis yang diminta, lalu pilih lagi."),
    "file.heic": _("Foto ini berformat HEIC, yang belum bisa kami buka. Kirim tangkapan layarnya, atau foto ulang."),
    "file.office": _("Berkas ini bukan PDF atau foto. Simpan dulu sebagai PDF, lalu kirim PDF-nya."),
    "file.archive": _("Berkas ini arsip. Buka arsipnya, lalu kirim isinya satu per satu."),
    "file.video": _("Berkas ini video. Kirim foto atau dokumennya."),
    "pdf.too_many_pages": _("PDF ini terlalu banyak halamannya. Kirim hanya halaman yang diminta."),
    "image.too_many_pixels": _("Gambar ini terlalu besar. Foto ulang dengan ukuran biasa, lalu kirim lagi."),
    "image.too_small": _("Gambar ini terlalu kecil untuk dibaca. Foto ulang lebih dekat, lalu kirim lagi."),
}
CODES = frozenset(_SENTENCES)
_OR = _("atau")


def joined_types(types: list[str], say: Say = as_said) -> str:
    """`PDF, JPG, atau PNG`: the words of MIME types as a sentence lists them, PDF first."""
    words = [KNOWN[t].word if t in KNOWN else t for t in sorted(types)]
    if len(words) < 2:
        return "".join(words)
    comma = "," if len(words) > 2 else ""
    return f"{', '.join(words[:-1])}{comma} {say(_OR)} {words[-1]}"


def sentence_for(code: str, facts: Mapping[str, Any] | None = None, *, say: Say = as_said, language: str = "id") -> str:
    """The sentence for a code; without its facts a shorter one. `say` translates, `language` writes the numbers.

    An unknown code (an old bookmark) gets the sentence for a sending that is not known.
    """
    shown = {name: _shown(name, value, say, language) for name, value in (facts or {}).items()}
    code = code if code in CODES else "upload.unknown"
    try:
        return say(_SENTENCES[code]) % shown
    except KeyError:
        return say(_BRIEF[code])


def _shown(name: str, value: Any, say: Say, language: str) -> str:
    if name in ("size", "limit"):
        return bytes_size(int(value), language)
    if name == "allowed":
        return joined_types(list(value), say)
    return number(value, language) if isinstance(value, int) else str(value)
