"""What the parts of an inspection's report are called, and the sentence for each thing that is missing in one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from city.cases.declare.plans import InspectionPlan
from city.cases.rules.answers import Fault
from city.cases.rules.inspection import Asked
from city.kernel.errors import FieldError

STATEMENT = _("Saya datang sendiri ke lokasi ini, dan berita acara ini sesuai dengan yang saya lihat dan ukur di sana.")
_PARTS: Mapping[str, Any] = {
    "latitude": _("Lintang"),
    "longitude": _("Bujur"),
    "party": _("Yang hadir di lokasi"),
    "party_name": _("Nama yang hadir"),
    "party_remark": _("Keterangan yang hadir"),
    "result": _("Hasil pemeriksaan"),
    "conclusion": _("Kesimpulan"),
}
_FAULTS: Mapping[str, Any] = {
    "unanswered": _("Pilih salah satu: %(label)s."),
    "say_what": _("Tulis apa yang tidak sesuai: %(label)s."),
    "measure": _("Tulis hasil ukur dengan angka saja: %(label)s."),
    "half_a_place": _("Isi lintang dan bujur berpasangan, atau kosongkan keduanya."),
    "no_place": _("Koordinat ini bukan di Indonesia. Lintang Cilegon kira-kira -6,0 dan bujurnya 106,0."),
    "who": _("Tulis nama yang hadir di lokasi."),
    "conclude": _("Tulis kesimpulan, paling sedikit 10 huruf."),
}


def asked_by(plan: InspectionPlan) -> Asked:
    return Asked([one.code for one in plan.checks], [one.code for one in plan.measures])


def label_of_part(plan: InspectionPlan, name: str) -> str:
    """ "Batas bidang sesuai sketsa" for "check_boundary" and for its note; the city's words for the rest."""
    part, _underscore, code = name.partition("_")
    owned = {one.code: one.label for one in (plan.measures if part == "measure" else plan.checks)}
    return str(owned[code]) if part in ("check", "note", "measure") and code in owned else str(_PARTS.get(name, name))


def error_in_report(fault: Fault, plan: InspectionPlan) -> FieldError:
    return FieldError(fault.field, str(_FAULTS[fault.code]) % {"label": label_of_part(plan, fault.field)})
