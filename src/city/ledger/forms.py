"""Which part of the books is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from city.ledger.models import Book

FIRST_YEAR, LAST_YEAR = 2021, 2100
_YEAR = _("Isi tahun antara 2021 dan 2100.")


class Which(forms.Form):
    """Entity, book and year; `entities` are the codes to choose from."""

    entity = forms.ChoiceField(
        label=_("Entitas"),
        required=False,
        error_messages={"invalid_choice": _("Pilih entitas dari daftar.")},
    )
    book = forms.ChoiceField(
        label=_("Buku"), choices=Book.choices, error_messages={"invalid_choice": _("Pilih buku dari daftar.")}
    )
    year = forms.IntegerField(
        label=_("Tahun"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"invalid": _YEAR, "required": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
    )

    def __init__(self, data: Any, *, entities: list[str], all_words: Any = "") -> None:
        super().__init__(data)
        chosen = self.fields["entity"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [*([("", all_words)] if all_words else []), *((code, code) for code in entities)]


class Month(Which):
    """The same at the end of a month; 13 takes in the audit's adjustments."""

    month = forms.TypedChoiceField(
        label=_("Sampai bulan"),
        choices=[(number, str(number)) for number in range(1, 14)],
        coerce=int,
        error_messages={"invalid_choice": _("Pilih bulan dari daftar.")},
    )


_MONTH = _("Pilih bulan dari daftar.")


class Close(forms.Form):
    """Which month, by any of its days, and that she knows it cannot be opened again."""

    month = forms.DateField(label=_("Tutup sampai dengan"), error_messages={"required": _MONTH, "invalid": _MONTH})
    known = forms.BooleanField(
        label=_("Saya tahu bulan yang ditutup tidak bisa dibuka lagi."),
        error_messages={"required": _("Centang ini dulu: bulan yang ditutup tidak bisa dibuka lagi.")},
    )


_DAY = {"invalid": _("Tulis hari yang ada di kalender."), "required": _("Isi hari pertama berlakunya.")}


class Draft(forms.Form):
    """A posting rule as somebody proposes it; a line is written as the rules that are shown write it."""

    type = forms.CharField(
        label=_("Jenis dokumen"),
        max_length=20,
        help_text=_("Misalnya SKRD, TBP, STS."),
        error_messages={"required": _("Isi jenis dokumennya.")},
    )
    variant = forms.CharField(
        label=_("Varian"), max_length=30, required=False, help_text=_("Kosongkan untuk aturan umum jenis itu.")
    )
    title = forms.CharField(
        label=_("Judul"), max_length=160, error_messages={"required": _("Isi judul yang bisa dibaca pemeriksa.")}
    )
    source = forms.CharField(
        label=_("Dasar hukum"), max_length=200, error_messages={"required": _("Sebut peraturan dan pasalnya.")}
    )
    valid_from = forms.DateField(
        label=_("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_DAY
    )
    valid_until = forms.DateField(
        label=_("Berlaku sampai"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=_DAY,
        help_text=_("Kosongkan bila belum ada akhirnya."),
    )
    lines = forms.CharField(
        label=_("Baris jurnal"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_(
            "Paling sedikit dua baris. Tiap baris: S (perangkat daerah) atau B (BUD), buku, D atau K, akun, jumlah. "
            "Misalnya: S finansial D receivable=1.1.04. amount"
        ),
        error_messages={"required": _("Isi baris jurnalnya.")},
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("valid_from"), told.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Hari terakhir tidak boleh sebelum hari pertama."))
        return told
