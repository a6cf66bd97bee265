"""A day is set for looking at the place, or a visit that came to nothing is put on record."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.cases.actions.join import ask_inspection
from city.cases.actions.lock import kept, locked, require_inspector, still_to_do
from city.cases.events import CaseEvent, InspectionMissed, InspectionScheduled
from city.cases.models import Case, Inspection
from city.cases.queries import inspection_now, spec_of
from city.cases.rules.clock import day_of
from city.cases.rules.states import Verb
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish

FARTHEST = timedelta(days=60)
SHORTEST_REASON = 10
_PAST = gettext_lazy("Waktu itu sudah lewat. Pilih waktu kunjungan yang akan datang.")
_FAR = gettext_lazy("Pilih waktu kunjungan dalam 60 hari ke depan.")
_VISITED = gettext_lazy("Lokasi ini sudah dikunjungi, jadi jadwalnya tidak bisa diubah lagi.")
_NO_DAY = gettext_lazy("Kunjungan ini belum dijadwalkan.")
_TOO_SOON = gettext_lazy("Waktu kunjungan belum tiba. Bila tidak jadi, ubah jadwalnya.")
_REASON = gettext_lazy("Tulis apa yang terjadi di lokasi, paling sedikit 10 huruf.")
S = Inspection.State


def open_visit(case: Case, event: type[CaseEvent], *, by: Actor, seen: int | None) -> Inspection | None:
    """The visit that is awaited; None when this press was the last thing done. Refuses (404) other agencies."""
    require_inspector(case, by)
    if not still_to_do(Verb.INSPECT, event, case, by=by, seen=seen):
        return None
    visit = inspection_now(case.pk)
    if visit is None or visit.state not in Inspection.OPEN:
        raise Refusal("case.no_visit", _VISITED)
    return visit


def visit_now(case: Case, by: Actor) -> Inspection:
    """The visit that is awaited, for what may be done again and again. Refuses (409) once there is none."""
    visit = open_visit(case, CaseEvent, by=by, seen=None)
    if visit is None:
        raise Refusal("case.no_visit", _VISITED)
    return visit


@transaction.atomic
def schedule_inspection(*, case_id: UUID, visit_at: datetime, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Set, or move, the time of the visit; the actor is the inspector who will come. The applicant is told.

    Raises Refusal 422 for a time that has passed or lies more than 60 days ahead, 404 for another agency's officer, 409
    when the place was visited.
    """
    case = locked(case_id)
    visit = open_visit(case, InspectionScheduled, by=by, seen=seen)
    if visit is None or (visit.visit_at, visit.inspector_id) == (visit_at, by.person_id):
        return case
    if visit.state not in (S.REQUESTED, S.SCHEDULED):
        raise Refusal("case.visited", _VISITED)
    _require_to_come(visit_at, at)
    again = visit.state == S.SCHEDULED
    visit.state, visit.visit_at, visit.inspector_id = S.SCHEDULED, visit_at, by.person_id
    visit.save(update_fields=["state", "visit_at", "inspector"])
    kept(case, at=at)
    event = InspectionScheduled(
        case_id=case.pk,
        kind=case.kind,
        inspection_id=visit.pk,
        round=visit.round,
        day=day_of(visit_at),
        again=again,
    )
    publish(event, by=by, at=at)
    return case


def _require_to_come(visit_at: datetime, at: datetime) -> None:
    said = _PAST if visit_at <= at else _FAR if visit_at > at + FARTHEST else None
    if said is not None:
        raise Refusal("case.visit_time", said, status=422, errors=[FieldError("visit_at", said)])


@transaction.atomic
def note_no_show(*, case_id: UUID, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The inspector came and could not look: that visit ends, another round is asked for. Nothing is decided by it.

    Raises Refusal 422 without a reason, 409 before the time of the visit or once the report was begun, 404.
    """
    case = locked(case_id)
    visit = open_visit(case, InspectionMissed, by=by, seen=seen)
    if visit is None:
        return case
    _require_scheduled(visit, at)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("case.no_reason", _REASON, status=422, errors=[FieldError("missed_reason", _REASON)])
    visit.state, visit.missed_reason, visit.inspector_id = S.NO_SHOW, reason.strip(), by.person_id
    visit.save(update_fields=["state", "missed_reason", "inspector"])
    ask_inspection(case, spec_of(case.kind_version_id), round_of=visit.round + 1, at=at)
    kept(case, at=at)
    event = InspectionMissed(case_id=case.pk, kind=case.kind, inspection_id=visit.pk, round=visit.round)
    publish(event, by=by, at=at)
    return case


def _require_scheduled(visit: Inspection, at: datetime) -> None:
    if visit.state == S.REQUESTED:
        raise Refusal("case.no_visit_day", _NO_DAY)
    if visit.state != S.SCHEDULED:
        raise Refusal("case.visited", _("Berita acara kunjungan ini sudah dimulai. Lanjutkan atau tanda tangani."))
    if visit.visit_at is None or at < visit.visit_at:
        raise Refusal("case.visit_not_yet", _TOO_SOON)
