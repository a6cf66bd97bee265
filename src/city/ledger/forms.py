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
