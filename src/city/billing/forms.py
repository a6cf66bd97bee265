"""Shapes of what is typed: sums, reasons, accounts, files. Faults are said beside the field, the rest is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from city.billing.rules.fees import number_in

_SUM = _("Isi jumlah rupiah tanpa sen, misalnya 1.620.000.")
REASONS = (
    ("area", _("Luas atau ukurannya keliru")),
    ("time", _("Lamanya keliru")),
    ("rate", _("Tarif atau golongannya keliru")),
    ("not_mine", _("Ini bukan tagihan saya")),
    ("other", _("Alasan lain, saya tulis di bawah")),
)


class RupiahField(forms.CharField):
    """A sum as people write it: "1.620.000", "Rp 1620000". Whole rupiah."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().removeprefix("Rp")
        if not text:
            return None
        number = number_in(text)
        if number is None or number != int(number) or number > 10**13:
            raise ValidationError(_SUM)
        return int(number)


class Channel(forms.Form):
    channel = forms.CharField(max_length=10)


class Object(forms.Form):
    """One press of a reason files it; words and a sum of one's own are welcome, not asked."""

    why = forms.ChoiceField(
        label=_("Apa yang keliru?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih satu alasan.")},
    )
    reason = forms.CharField(label=_("Penjelasan"), required=False, max_length=1900, widget=forms.Textarea)
    claimed = RupiahField(
        label=_("Menurut Anda seharusnya berapa"),
        required=False,
        help_text=_("Dalam rupiah. Kosongkan bila seharusnya tidak ada tagihan."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("why") == "other" and not told.get("reason", "").strip():
            self.add_error("reason", _("Tulis alasannya, supaya kami tahu apa yang diperiksa."))
        return told

    @property
    def words(self) -> str:
        """The reason as it is kept, in the language of the register."""
        reason = str(self.cleaned_data["reason"]).strip()
        with translation.override("id"):
            chosen = str(dict(REASONS)[self.cleaned_data["why"]])
        return f"{chosen}. {reason}".strip(" ") if reason else chosen


class Split(forms.Form):
    count = forms.IntegerField(
        label=_("Berapa kali"),
        min_value=0,
        max_value=99,
        error_messages={"required": _("Isi berapa kali angsuran."), "invalid": _("Isi dengan angka, misalnya 3.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Tulis alasannya, supaya kami bisa menimbang.")},
    )


class GiveBack(forms.Form):
    refund_id = forms.UUIDField(widget=forms.HiddenInput)
    bank = forms.CharField(label=_("Bank"), max_length=60, error_messages={"required": _("Tulis nama banknya.")})
    account = forms.CharField(
        label=_("Nomor rekening"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Isi nomor rekening.")},
    )
    name = forms.CharField(
        label=_("Nama pemilik rekening"),
        max_length=160,
        help_text=_("Persis seperti di buku tabungan."),
        error_messages={"required": _("Tulis nama pemilik rekening.")},
    )
    reason = forms.CharField(label=_("Keterangan"), required=False, max_length=400)


class Decide(forms.Form):
    """Yes or no, with words where no."""

    yes = forms.ChoiceField(choices=(("yes", _("Setuju")), ("no", _("Tolak"))))
    words = forms.CharField(label=_("Alasan"), required=False, max_length=400)


class Rule(forms.Form):
    """The principal as it shall stand after an objection."""

    new_amount = RupiahField(label=_("Pokok menjadi"), error_messages={"required": _SUM})
    words = forms.CharField(
        label=_("Alasan keputusan"),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Tulis alasannya, supaya pembayar tahu.")},
    )


class Cancel(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=400,
        error_messages={"required": _("Tulis alasan pembatalannya.")},
    )


class Cash(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = RupiahField(label=_("Uang yang diterima"), error_messages={"required": _SUM})


class Match(forms.Form):
    number = forms.CharField(
        label=_("Nomor tagihan"), max_length=80, error_messages={"required": _("Isi nomor tagihan (SKRD).")}
    )


class Slip(forms.Form):
    agency = forms.CharField(max_length=20, widget=forms.HiddenInput)
    slip = forms.CharField(
        label=_("Nomor slip setoran"), max_length=80, error_messages={"required": _("Isi nomor pada slip bank.")}
    )


class StatementFile(forms.Form):
    day = forms.DateField(
        label=_("Tanggal mutasi"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Pilih tanggalnya."), "invalid": _("Tanggal itu tidak ada. Pilih lagi.")},
    )
    statement = forms.FileField(
        label=_("Berkas mutasi (CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV dari bank, paling besar 5 MB. Kosongkan untuk mengambil langsung dari bank."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.input_type = "date"
