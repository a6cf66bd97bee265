"""The inspector's page of one visit: where, who, what to look at, what is written so far, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from city.cases.actions import purpose_of_photo
from city.cases.declare import PHOTO, STATEMENT, InspectionPlan, KindSpec
from city.cases.models import Case, Inspection, InspectionPhoto
from city.cases.queries import (
    answers_in,
    case_for,
    digest_of,
    documents_of,
    errors_in_report,
    inspection_now,
    inspections_of,
    is_inspector,
    no_such_case,
    photos_of,
    report_of,
    spec_of,
)
from city.documents import queries as files
from city.documents.actions import FileOffer, UploadSlot, ticket_for
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.people.queries import name_of
from city.permits.declare import parts_of

SHORT_DIGEST = 16


@dataclass(frozen=True)
class Photo:
    """One photo as the page draws it."""

    id: UUID
    state: str
    words: str
    note: str
    href: str
    thumbnail: str
    reason: str


@dataclass(frozen=True)
class VisitPage:
    """`may`: which form stands on the page: schedule, report, sign, no_show. `missing` are sentences by field."""

    case: Case
    spec: KindSpec
    plan: InspectionPlan
    visit: Inspection
    earlier: list[Inspection]
    inspector: str
    applicant: str
    phone: str
    place: list[str]
    papers: list[tuple[str, str]]
    report: Mapping[str, str]
    missing: Mapping[str, str]
    photos: list[Photo]
    slot: UploadSlot | None
    may: frozenset[str]
    digest: str

    @property
    def statement(self) -> str:
        return self.visit.statement or str(STATEMENT)

    @property
    def short_digest(self) -> str:
        return self.digest[:SHORT_DIGEST]

    @property
    def lacks_photos(self) -> int:
        return max(self.plan.photos - len(self.photos), 0)

    def has(self, form: str) -> bool:
        return form in self.may

    def of(self, name: str) -> str:
        return self.report.get(name, "")

    def fault(self, name: str) -> str:
        return self.missing.get(name, "")


def visited_case(actor: Actor, case_id: UUID) -> Case:
    """The case, for an inspector of its agency. Refuses (404) everybody else."""
    case = case_for(actor, case_id)
    if not is_inspector(case, actor):
        raise no_such_case()
    return case


def visit_page(
    case: Case, *, by: Actor, at: datetime, typed: Mapping[str, str] | None = None, checked: bool = False
) -> VisitPage:
    """`typed` shows what was sent and could not be kept; `checked` says beside each part what is missing in it."""
    visit, spec = _the_visit(case), spec_of(case.kind_version_id)
    plan = spec.inspection
    if plan is None:
        raise no_such_case()
    answers, photos = answers_in(case), photos_of(visit.pk)
    missing = {one.field: str(one.sentence) for one in errors_in_report(visit, plan)} if checked else {}
    open_now = visit.state in Inspection.OPEN and not case.is_final
    return VisitPage(
        case=case,
        spec=spec,
        plan=plan,
        visit=visit,
        earlier=[one for one in inspections_of(case.pk) if one.pk != visit.pk],
        inspector=name_of(visit.inspector_id) if visit.inspector_id else "",
        applicant=name_of(case.applicant_id),
        phone=answers.get("phone", ""),
        place=[spec.fields[code].shown(answers.get(code, "")) for code in parts_of(spec).face if answers.get(code)],
        papers=_papers(case),
        report=typed if typed is not None else report_of(visit),
        missing=missing,
        photos=[_photo(case, one) for one in photos],
        slot=_slot(case, visit, by, at) if open_now and visit.visited_at and len(photos) < plan.most_photos else None,
        may=_may(visit, at) if open_now else frozenset(),
        digest=visit.digest or digest_of(visit, report_of(visit)),
    )


def _the_visit(case: Case) -> Inspection:
    visit = inspection_now(case.pk)
    if visit is None:
        raise no_such_case()
    return visit


def _may(visit: Inspection, at: datetime) -> frozenset[str]:
    if visit.state == Inspection.State.REQUESTED:
        return frozenset({"schedule"})
    if visit.state == Inspection.State.SCHEDULED and visit.visit_at is not None:
        today = visit.visit_at.astimezone(WIB).date() <= at.astimezone(WIB).date()
        forms = {"schedule", *({"report"} if today else ()), *({"no_show"} if at >= visit.visit_at else ())}
        return frozenset(forms)
    return frozenset({"report", *({"sign"} if visit.state == Inspection.State.REPORTED else ())})


def _papers(case: Case) -> list[tuple[str, str]]:
    """What the applicant handed in, to compare with the place."""
    return [
        (str(row.need.label), reverse("permits-desk-file", args=[case.pk, row.code]))
        for row in documents_of(case.pk)
        if row.file is not None and row.file.state == "ready"
    ]


def _photo(case: Case, photo: InspectionPhoto) -> Photo:
    file, args = photo.file, [case.pk, photo.file_id]
    waiting = file.state in ("receiving", "received")
    state, words = ("checking", _("Sampai. Kami periksa sebentar.")) if waiting else ("ok", _("Tersimpan"))
    ready = file.state == "ready"
    return Photo(
        id=photo.file_id,
        state="bad" if file.state == "refused" else state,
        words=words,
        note=file.name,
        href=reverse("permits-inspection-photo", args=args) if ready else "",
        thumbnail=reverse("permits-inspection-thumbnail", args=args) if ready and file.thumbnail_id else "",
        reason=files.why(file),
    )


def offer_of_photo(case: Case, visit: Inspection) -> FileOffer:
    """What the city takes as a photo of a visit: pictures, with the place where they were taken."""
    purpose = purpose_of_photo(visit.pk)
    return FileOffer(file_id=new_id(), subject_id=case.applicant_id, purpose=purpose, rule=PHOTO)


def _slot(case: Case, visit: Inspection, by: Actor, at: datetime) -> UploadSlot:
    offer = offer_of_photo(case, visit)
    return ticket_for(offer, back=reverse("permits-inspection-arrived", args=[case.pk]), by=by, at=at)


def photo_file(case: Case, file_id: UUID) -> UUID:
    """Refuses (404) a file that is no photo of this case's inspections."""
    known = {photo.file_id for visit in inspections_of(case.pk) for photo in photos_of(visit.pk)}
    if file_id not in known:
        raise Refusal("file.unknown", _("Foto ini tidak ada, atau sudah dihapus."), status=404)
    return file_id


def photo_thumbnail(case: Case, file_id: UUID) -> HttpResponse:
    body = files.thumbnail(photo_file(case, file_id))
    if body is None:
        raise Refusal("file.no_thumbnail", _("Berkas ini tidak punya gambar kecil."), status=404)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type="image/jpeg", headers=headers)
