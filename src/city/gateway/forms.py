"""What the demo page's visitor may ask of the simulated bank."""

from typing import Any

import zxingcpp
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

LARGEST_PHOTO = 5_000_000
MOST_PIXELS = 40_000_000


class CodeForm(forms.Form):
    """A QRIS text or an account's number, typed or photographed."""

    code = forms.CharField(
        label=_("Isi kode QRIS atau nomor virtual account"),
        required=False,
        max_length=512,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = forms.FileField(label=_("Atau gambar kode QRIS"), required=False)

    def clean_photo(self) -> str:
        """The text in the picture."""
        file = self.cleaned_data.get("photo")
        if not file:
            return ""
        if file.size > LARGEST_PHOTO:
            raise ValidationError(_("Gambar ini lebih dari 5 MB. Pilih gambar yang lebih kecil."))
        try:
            with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValidationError(_("Gambar ini terlalu besar. Potong sekitar kodenya, lalu coba lagi."))
                found = zxingcpp.read_barcode(picture.convert("L"))
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
            raise ValidationError(_("Berkas ini bukan gambar PNG, JPEG, atau WebP yang bisa dibaca.")) from error
        if found is None or not found.text:
            raise ValidationError(_("Tidak ada kode QR yang terbaca di gambar ini. Foto lebih dekat dan terang."))
        return str(found.text)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["code"] = (told.get("photo") or told.get("code") or "").strip()
        if not told["code"] and not self.errors:
            self.add_error("code", _("Tempel isi kode QRIS, ketik nomor virtual account, atau pilih gambar kodenya."))
        return told


class ActForm(forms.Form):
    """One act on one code."""

    code = forms.CharField(max_length=512)
    act = forms.ChoiceField(
        choices=[(act, act) for act in ("pay", "again", "late", "amount", "delay", "drop", "forge", "repeat")]
    )
    amount = forms.IntegerField(required=False, min_value=1, max_value=999_999_999)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("act") == "amount" and not told.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Ketik jumlah lain yang akan dibayar, dalam rupiah bulat."))
        return told


class OutageForm(forms.Form):
    seconds = forms.ChoiceField(choices=[("0", "0"), ("60", "60")])
