"""The sentence for each fault of an answer: the kind's own words first, else the city's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from city.cases.declare.kind import KindSpec
from city.cases.rules.answers import Fault
from city.kernel.errors import FieldError
from city.ui.rules.formats import date_long

_FAULTS: Mapping[str, Any] = {
    "missing": _("Isi dulu: %(label)s."),
    "choose": _("Pilih salah satu: %(label)s."),
    "date": _("Tanggal ini tidak ada di kalender. Tulis hari, bulan, dan tahun, misalnya 17-8-1990."),
    "email": _("Alamat surel ini belum lengkap. Tulis misalnya nama@contoh.id."),
    "number": _("Tulis dengan angka saja."),
    "phone": _("Nomor telepon ini belum lengkap. Tulis misalnya 0812 3456 7890."),
    "long": _("Terlalu panjang: %(typed)s huruf, batasnya %(most)s."),
}


def _written(value: object) -> object:
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return date_long(value, language) if isinstance(value, date) else value


def error_of(fault: Fault, spec: KindSpec) -> FieldError:
    """What to show beside the field, in the reader's language."""
    facts = {name: _written(value) for name, value in fault.facts.items()}
    own = spec.errors.get(fault.code)
    if own is not None:
        return FieldError(fault.field, str(own).format(**facts))
    label = str(spec.label_of(fault.field))
    return FieldError(fault.field, str(_FAULTS[fault.code]) % {"label": label, **facts})
