"""The service standard (UU 25/2009 art. 21): fourteen parts, from the same data the engine runs on."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city.permits.declare import step_words
from city.permits.queries.kinds import CatalogueEntry
from city.ui.environment import language
from city.ui.rules.formats import number, rupiah


@dataclass(frozen=True)
class StandardPart:
    """One part: what the law calls it, its lines, and whether a figure in it is not decreed yet."""

    title: str
    lines: list[str]
    undecreed: bool = False


def standard_of(service: CatalogueEntry) -> list[StandardPart]:
    """The parts in the law's order, in the reader's language."""
    spec, worded = service.spec, service.parts.standard

    def own(name: str, title: str) -> StandardPart:
        return StandardPart(title, [str(line) for line in worded[name]])

    return [
        StandardPart(_("Persyaratan"), requirements_of(service)),
        StandardPart(_("Sistem, mekanisme, dan prosedur"), procedure_of(service)),
        StandardPart(_("Jangka waktu"), [duration_of(service)], not spec.setting("sla_days").decreed),
        StandardPart(_("Biaya"), [fee_words(service)], not spec.setting("fee").decreed),
        StandardPart(_("Produk layanan"), [str(service.parts.product)]),
        own("complaints", _("Penanganan pengaduan")),
        own("law", _("Dasar hukum")),
        own("facilities", _("Sarana, prasarana, dan fasilitas")),
        own("competence", _("Kompetensi pelaksana")),
        own("supervision", _("Pengawasan internal")),
        own("staff", _("Jumlah pelaksana")),
        own("guarantee", _("Jaminan pelayanan")),
        own("safety", _("Jaminan keamanan dan keselamatan")),
        own("evaluation", _("Evaluasi kinerja pelaksana")),
    ]


def requirements_of(service: CatalogueEntry) -> list[str]:
    """Each document with its limits, as the form asks for it."""
    return [f"{need.label}. {need.rule.limits_text}" for need in service.spec.documents]


# The steps a reader follows; what happens only on a bad day is not part of the way.
_WAY = (
    "verify", "examine", "review", "inspect", "assess", "pay", "draft_decision", "initial_1", "initial_2", "sign",
    "hand_over",
)  # fmt: skip


def procedure_of(service: CatalogueEntry) -> list[str]:
    """What happens, step by step, as the process draws it."""
    words = step_words(service.spec)
    return [_("Anda mengisi formulir dan mengunggah berkas."), *(str(words[step]) for step in _WAY if step in words)]


def duration_of(service: CatalogueEntry) -> str:
    days = service.spec.sla_days
    text = ngettext(
        "Paling lama %(num)s hari kerja sejak berkas lengkap.",
        "Paling lama %(num)s hari kerja sejak berkas lengkap.",
        days,
    ) % {"num": number(days, language())}
    return f"{text} {service.parts.deemed}".strip()


def fee_of(service: CatalogueEntry) -> str:
    """In a word or two; a fee that depends on the answers is told whole by `fee_words`."""
    if service.spec.fee is not None:
        return _("Menurut rumus")
    return rupiah(service.fee, language()) if service.fee else _("Gratis")


def fee_words(service: CatalogueEntry) -> str:
    """How the fee is worked out, before anything is answered."""
    return str(service.spec.fee.words) if service.spec.fee is not None else fee_of(service)
