"""The report of an inspection (BAP): kept as it is typed at the place, then signed."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from city.cases.actions import steps
from city.cases.actions.join import opinion_in
from city.cases.actions.lock import kept, locked
from city.cases.actions.schedule_inspection import open_visit, visit_now
from city.cases.declare import STATEMENT, InspectionPlan, asked_by, error_in_report
from city.cases.events import InspectionMade, InspectionSigned
from city.cases.models import Case, Inspection
from city.cases.queries import digest_of, photos_of, place_of_report, report_of, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of
from city.cases.rules.inspection import PRIVATE, faults_in_report, kept_parts
from city.documents.models import StoredFile
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.subjects import seal_for

S = Inspection.State
_NO_DAY = gettext_lazy("Jadwalkan kunjungan dulu, supaya pemohon tahu Anda datang.")
_NOT_YET = gettext_lazy("Kunjungan dijadwalkan untuk hari lain. Ubah jadwalnya dulu bila Anda datang lebih awal.")
_CHANGED = gettext_lazy("Berita acara berubah setelah halaman ini dibuka. Baca lagi, lalu tanda tangani.")
_AGREE = gettext_lazy("Centang pernyataan pemeriksa dulu.")
_ANOTHER = gettext_lazy("Berita acara ditandatangani oleh pemeriksa yang datang ke lokasi.")
_INCOMPLETE = gettext_lazy("Berita acara belum bisa ditandatangani. Lengkapi yang ditandai; yang sudah ada tersimpan.")


@transaction.atomic
def save_report(*, case_id: UUID, typed: Mapping[str, str], by: Actor, at: datetime) -> list[FieldError]:
    """Keep the report as far as it goes, right or wrong; returns what still keeps it from being signed.

    The first time says that the place was visited, and by whom. Raises Refusal 409 before the day of the visit or once
    the report is signed, 404 for another agency's officer.
    """
    case = locked(case_id)
    visit = visit_now(case, by)
    first = _arrived(visit, by, at)
    asked = asked_by(plan := plan_of(case))
    report = kept_parts(asked, typed)
    _keep(visit, report, case.applicant_id)
    faults = faults_in_report(asked, report)
    visit.state = S.DONE if faults else S.REPORTED
    visit.result = report.get("result", "") if not faults else ""
    visit.save()
    if first:
        kept(case, at=at)
        event = InspectionMade(case_id=case.pk, kind=case.kind, inspection_id=visit.pk, round=visit.round)
        publish(event, by=by, at=at)
    return [error_in_report(fault, plan) for fault in faults]


def plan_of(case: Case) -> InspectionPlan:
    plan = spec_of(case.kind_version_id).inspection
    if plan is None:
        raise RuntimeError(f"case {case.pk} is inspected, its kind {case.kind} has no plan for it")
    return plan


def _arrived(visit: Inspection, by: Actor, at: datetime) -> bool:
    """Whether the inspector has come just now. A colleague who writes on takes the report over."""
    if visit.state == S.REQUESTED:
        raise Refusal("case.no_visit_day", _NO_DAY)
    if visit.visit_at is not None and day_of(at) < day_of(visit.visit_at):
        raise Refusal("case.visit_not_yet", _NOT_YET)
    first = visit.visited_at is None
    visit.inspector_id, visit.visited_at = by.person_id, visit.visited_at or at
    return first


def _keep(visit: Inspection, report: Mapping[str, str], applicant_id: UUID) -> None:
    """What tells of a person is sealed under the applicant's key; the officer's findings stand plain."""
    visit.report = {name: text for name, text in report.items() if name not in PRIVATE}
    private = {name: text for name, text in report.items() if name in PRIVATE}
    plain = json.dumps(private, sort_keys=True, ensure_ascii=False)
    visit.private = seal_for(applicant_id, plain, about=place_of_report(visit.pk)) if private else None


@transaction.atomic
def sign_report(*, case_id: UUID, digest: str, agreed: bool, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The inspector states that the report is what she saw; `digest` is that of the report her page showed.

    The case goes on once no review is awaited either. Raises Refusal 422 with a sentence for each part that is missing
    and for a statement not made, 403 for a colleague who was not there, 409 when the report changed meanwhile.
    """
    case = locked(case_id)
    visit = open_visit(case, InspectionSigned, by=by, seen=seen)
    if visit is None:
        return case
    _require_whole(case, visit, agreed=agreed)
    if visit.inspector_id != by.person_id:
        raise Refusal("case.another_inspector", _ANOTHER, status=403)
    if digest != digest_of(visit, report_of(visit)):
        raise Refusal("case.report_changed", _CHANGED)
    with override("id"):
        visit.statement = str(STATEMENT)
    visit.state, visit.digest, visit.signed_by, visit.signed_at = S.SIGNED, digest, by.ref, at
    visit.save()
    against = {"negative": True} if visit.result == Inspection.Result.UNFIT else {}
    steps.done(case, states.INSPECT, by=by, at=at, result=visit.result, **against)
    last = opinion_in(case)
    kept(case, at=at)
    publish(_signed(case, visit, last=last), by=by, at=at)
    return case


def _signed(case: Case, visit: Inspection, *, last: bool) -> InspectionSigned:
    return InspectionSigned(
        case_id=case.pk,
        kind=case.kind,
        inspection_id=visit.pk,
        round=visit.round,
        result=visit.result,
        digest=visit.digest,
        last=last,
        turn=case.turn if last else "",
    )


def _require_whole(case: Case, visit: Inspection, *, agreed: bool) -> None:
    plan = plan_of(case)
    faults = faults_in_report(asked_by(plan), report_of(visit)) if visit.visited_at else []
    errors = [error_in_report(fault, plan) for fault in faults]
    if visit.visited_at is None:
        errors.append(FieldError("result", _NO_DAY if visit.state == S.REQUESTED else _("Isi berita acara dulu.")))
    errors += _faults_in_photos(visit, plan)
    if not agreed:
        errors.append(FieldError("agreed", _AGREE))
    if errors:
        raise Refusal("case.report_incomplete", _INCOMPLETE, status=422, errors=errors)


def _faults_in_photos(visit: Inspection, plan: InspectionPlan) -> list[FieldError]:
    states_of = [photo.file.state for photo in photos_of(visit.pk)]
    if any(state in (StoredFile.State.RECEIVING, StoredFile.State.RECEIVED) for state in states_of):
        return [FieldError("photos", _("Ada foto yang sedang kami periksa. Tunggu sebentar, lalu tanda tangani."))]
    if any(state != StoredFile.State.READY for state in states_of):
        return [FieldError("photos", _("Ada foto yang tidak bisa dipakai. Hapus, lalu foto ulang."))]
    missing = plan.photos - len(states_of)
    if missing <= 0:
        return []
    said = ngettext("Tambah paling sedikit %(num)s foto lokasi.", "Tambah paling sedikit %(num)s foto lokasi.", missing)
    return [FieldError("photos", said % {"num": missing})]
