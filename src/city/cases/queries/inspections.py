"""Inspections of a case: what is planned, what was found, what was signed."""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from city.cases.declare import InspectionPlan, asked_by, error_in_report
from city.cases.models import Inspection, InspectionPhoto, Review
from city.cases.rules.inspection import faults_in_report
from city.kernel.errors import FieldError
from city.kernel.keyring import KeyLost
from city.kernel.subjects import open_for


def inspections_of(case_id: UUID) -> list[Inspection]:
    """Every round, the first one first."""
    return list(Inspection.objects.select_related("inspector").filter(case_id=case_id).order_by("round"))


def inspection_now(case_id: UUID) -> Inspection | None:
    """The latest round: the one that is awaited, or the one that was signed."""
    return Inspection.objects.select_related("inspector", "case").filter(case_id=case_id).order_by("-round").first()


def photos_of(inspection_id: UUID) -> list[InspectionPhoto]:
    found = InspectionPhoto.objects.select_related("file").filter(inspection_id=inspection_id)
    return list(found.order_by("added_at", "pk"))


def place_of_report(inspection_id: UUID) -> str:
    """What the sealed part of a report is bound to."""
    return f"inspection:{inspection_id}"


def report_of(inspection: Inspection) -> dict[str, str]:
    """The whole report by the names of its form; without what told of a person once the applicant was erased."""
    return {**inspection.report, **private_of(inspection)}


def private_of(inspection: Inspection) -> dict[str, str]:
    if inspection.private is None:
        return {}
    try:
        about = place_of_report(inspection.pk)
        plain = open_for(inspection.case.applicant_id, bytes(inspection.private), about=about)
    except KeyLost:
        return {}
    found: dict[str, str] = json.loads(plain)
    return found


def digest_of(inspection: Inspection, report: Mapping[str, str]) -> str:
    """SHA-256 of all that is signed: round, place in time, report and photos; one letter changed is another digest."""
    photos = [photo.file.sha256 for photo in photos_of(inspection.pk)]
    visit = inspection.visited_at.isoformat() if inspection.visited_at else ""
    whole = {"inspection": str(inspection.pk), "visited_at": visit, "report": dict(report), "photos": photos}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def errors_in_report(inspection: Inspection, plan: InspectionPlan) -> list[FieldError]:
    """What still keeps the report from being signed, but for its photos; empty before the place was visited."""
    if inspection.visited_at is None:
        return []
    faults = faults_in_report(asked_by(plan), report_of(inspection))
    return [error_in_report(fault, plan) for fault in faults]


def measured_in(case_id: UUID) -> dict[str, str]:
    """What was measured at the place by the signed report, by the names of the form's questions."""
    signed = Inspection.objects.filter(case_id=case_id, state=Inspection.State.SIGNED).order_by("-round").first()
    found = signed.report.items() if signed else ()
    return {name.removeprefix("measure_"): text for name, text in found if name.startswith("measure_") and text}


def is_recommended(case_id: UUID) -> bool:
    """False once an agency advised against it, or the signed report says that the place does not fit."""
    against = Review.objects.filter(case_id=case_id, state=Review.State.NOT_RECOMMENDED)
    return not against.exists() and not _unfit(case_id).exists()


def _unfit(case_id: UUID) -> "QuerySet[Inspection]":
    return Inspection.objects.filter(case_id=case_id, state=Inspection.State.SIGNED, result=Inspection.Result.UNFIT)


def opinions_open(case_id: UUID) -> tuple[bool, bool]:
    """Whether reviews, and whether the inspection, are still awaited."""
    reviews = Review.objects.filter(case_id=case_id, state__in=Review.OPEN).exists()
    return reviews, Inspection.objects.filter(case_id=case_id, state__in=Inspection.OPEN).exists()
