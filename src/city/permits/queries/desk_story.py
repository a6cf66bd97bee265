"""What happened to a file, in words an officer reads at a glance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from city.cases.declare import KindSpec
from city.cases.models import Case
from city.cases.models import Review as ReviewRow
from city.cases.queries import Moment, holder_names, holding, timeline
from city.kernel.queries import history_of
from city.people.queries import names_of
from city.permits.declare import step_words
from city.permits.models import Permit
from city.ui.environment import language
from city.ui.rules.formats import date_long, datetime_long, number

_SAID: Mapping[str, Any] = {
    "CaseOpened": gettext_lazy("Permohonan mulai diisi"),
    "CaseSubmitted": gettext_lazy("Diajukan"),
    "CaseReturned": gettext_lazy("Dikembalikan untuk diperbaiki"),
    "CaseReminded": gettext_lazy("Pemohon diingatkan"),
    "CorrectionAnswered": gettext_lazy("Perbaikan diterima"),
    "CaseRegistered": gettext_lazy("Dinyatakan lengkap, hitungan mulai"),
    "CaseExamined": gettext_lazy("Isi berkas sesuai"),
    "ReviewGiven": gettext_lazy("Kajian diberikan"),
    "OpinionOverdue": gettext_lazy("Kajian terlambat, instansi diingatkan"),
    "InspectionScheduled": gettext_lazy("Kunjungan ke lokasi dijadwalkan"),
    "InspectionMissed": gettext_lazy("Kunjungan tidak terlaksana"),
    "InspectionMade": gettext_lazy("Lokasi dikunjungi"),
    "InspectionSigned": gettext_lazy("Berita acara ditandatangani"),
    "CaseAssessed": gettext_lazy("Retribusi ditetapkan"),
    "PaymentAwaited": gettext_lazy("Tagihan dikirim"),
    "PaymentReminded": gettext_lazy("Pemohon diingatkan membayar"),
    "PaymentOverdue": gettext_lazy("Tagihan lewat jatuh tempo"),
    "CasePaid": gettext_lazy("Retribusi lunas"),
    "AssessmentReopened": gettext_lazy("Tagihan dibatalkan, ditetapkan lagi"),
    "CaseHandedOver": gettext_lazy("Diserahkan ke sistem penerbit"),
    "DecisionDrafted": gettext_lazy("Konsep keputusan dibuat"),
    "DecisionInitialled": gettext_lazy("Diparaf"),
    "DraftReturned": gettext_lazy("Konsep dikembalikan"),
    "DecisionSigned": gettext_lazy("Ditandatangani"),
    "CaseIssued": gettext_lazy("Izin terbit"),
    "CaseRejected": gettext_lazy("Ditolak"),
    "CaseWithdrawn": gettext_lazy("Ditarik pemohon"),
    "CaseLapsed": gettext_lazy("Gugur"),
    "CaseWarned": gettext_lazy("Peringatan batas waktu"),
    "CaseDeemedApproved": gettext_lazy("Dikabulkan karena waktu habis"),
    "SilenceBlocked": gettext_lazy("Terbit otomatis tertahan"),
    "ClockRecomputed": gettext_lazy("Batas waktu dihitung ulang"),
    "DocumentAccepted": gettext_lazy("Dokumen diterima"),
    "DefectMarked": gettext_lazy("Cacat ditandai"),
    "DefectCleared": gettext_lazy("Tanda cacat dihapus"),
    "PermitSuspended": gettext_lazy("Izin dibekukan"),
    "PermitReinstated": gettext_lazy("Izin diberlakukan kembali"),
    "PermitRevoked": gettext_lazy("Izin dicabut"),
    "PermitSurrendered": gettext_lazy("Izin diserahkan pemegangnya"),
    "PermitSuperseded": gettext_lazy("Izin diganti izin perubahan"),
    "PermitExpired": gettext_lazy("Masa berlaku izin habis"),
}
_QUIET = frozenset({"DocumentAccepted", "DefectMarked", "DefectCleared", "CaseOpened"})
_OF_PERMIT = [name for name in _SAID if name.startswith("Permit")]
_BECAUSE: Mapping[str, Any] = {
    "open_return": gettext_lazy("perbaikan belum dijawab"),
    "negative_review": gettext_lazy("kajian tidak merekomendasikan"),
    "refusal_drafted": gettext_lazy("konsep penolakan sudah ada"),
    "not_paid": gettext_lazy("retribusi belum lunas"),
    "not_automatic": gettext_lazy("layanan ini tidak terbit otomatis"),
    "permit_suspended": gettext_lazy("izin yang dilanjutkan dibekukan"),
    "permit_revoked": gettext_lazy("izin yang dilanjutkan dicabut"),
    "permit_surrendered": gettext_lazy("izin yang dilanjutkan sudah diserahkan"),
    "return": gettext_lazy("perbaikan tidak dijawab"),
    "unpaid": gettext_lazy("tidak dibayar sampai jatuh tempo"),
}
_OWN_OBSTACLE = gettext_lazy("syarat layanan ini tidak terpenuhi lagi")  # of a kind; its panel says which


@dataclass(frozen=True)
class Step:
    """One line of the story, for ui's steps: newest first, the present one `here`."""

    words: str
    when: str
    note: str
    state: str = "done"
    url: str = ""


@dataclass(frozen=True)
class Held:
    """Who held the file, what for, how many working days, and whether the city's clock ran."""

    holder: str
    step: str
    days: int
    running: bool
    counted: bool


def actor_names(refs: Iterable[str]) -> dict[str, str]:
    """Names behind Actor.refs; the clock is named as what it is."""
    ids = {ref: UUID(ref.removeprefix("person:")) for ref in set(refs) if ref.startswith("person:")}
    names = names_of(ids.values())
    return {ref: names.get(person_id, "") for ref, person_id in ids.items()}


def said_by(ref: str, names: Mapping[str, str]) -> str:
    return names.get(ref) or _("Sistem")


def story_of(case_id: UUID) -> list[Step]:
    """Every step that changed something, newest first; marks on single documents are left out.

    What became of the permit afterwards goes on in the same list.
    """
    moments = [one for one in timeline(case_id, internal=True) if one.name not in _QUIET] + _afterwards(case_id)
    names = actor_names(one.by for one in moments)
    return [_step(one, names, here=place == 0) for place, one in enumerate(reversed(moments))]


def _afterwards(case_id: UUID) -> list[Moment]:
    """What happened to the permit this file led to, oldest first; all of it is later than the file's own steps."""
    permit_id = Permit.objects.filter(case_id=case_id).values_list("pk", flat=True).first()
    if permit_id is None:
        return []
    records = history_of("permit", permit_id).filter(name__in=_OF_PERMIT)
    return [Moment(one.name, one.at, one.actor, one.data) for one in records]


def last_change(case_id: UUID) -> Moment | None:
    """The newest thing anybody did, marks included: what a stale page has to tell."""
    moments = timeline(case_id, internal=True)
    return moments[-1] if moments else None


def words_of(moment: Moment) -> str:
    return str(_SAID.get(moment.name, moment.name))


def _step(moment: Moment, names: Mapping[str, str], *, here: bool) -> Step:
    note = ". ".join(part for part in (said_by(moment.by, names), _detail(moment.data)) if part)
    return Step(words_of(moment), _when(moment.at), note, "here" if here else "done")


def _when(at: datetime) -> str:
    return datetime_long(at, language())


def _detail(data: Mapping[str, Any]) -> str:
    """The one figure of an event that an officer looks for."""
    if "count" in data:
        return ngettext("%(num)s hal", "%(num)s hal", data["count"]) % {"num": number(data["count"], language())}
    if data.get("opinion"):
        return f"{data['agency']}: {ReviewRow.State(data['opinion']).label}"
    if data.get("because"):
        return str(_BECAUSE.get(data["because"], _OWN_OBSTACLE))
    if data.get("number") or data.get("article"):
        return str(data.get("number") or data["article"])
    if data.get("due_on"):
        return _("Batas %(day)s") % {"day": date_long(date.fromisoformat(data["due_on"]), language())}
    return ""


def held_by(case: Case, spec: KindSpec, at: datetime) -> list[Held]:
    """The ledger of holders, newest first."""
    spans = holding(case.pk, at)
    names, steps = holder_names(spans), step_words(spec)
    return [
        Held(
            names[one.holder],
            str(steps.get(one.step, one.step)),
            one.working_days,
            one.until is None and not case.is_final,
            one.counted,
        )
        for one in reversed(spans)
    ]
