"""Photos of the place: added as they arrive, taken out again until the report is signed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.cases.actions.lock import locked
from city.cases.actions.report_inspection import plan_of
from city.cases.actions.schedule_inspection import visit_now
from city.cases.models import Inspection, InspectionPhoto
from city.documents import actions as documents
from city.documents.models import StoredFile
from city.documents.queries import file as stored_file
from city.documents.queries import why
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal

_UNKNOWN = gettext_lazy("Foto ini tidak ada. Ambil fotonya lagi.")


def purpose_of_photo(inspection_id: UUID) -> str:
    """What a photo is sent for; one sent for another place is not taken."""
    return f"inspection:{inspection_id}"


@transaction.atomic
def add_photo(*, case_id: UUID, file_id: UUID, by: Actor, at: datetime) -> InspectionPhoto:
    """Put a photo that has arrived with the report; the same again changes nothing.

    Raises Refusal 404 for a file of another place or agency, 422 for one that was turned away or one too many, 409 once
    the report is signed.
    """
    case = locked(case_id)
    visit = _visit(case_id, by)
    found = InspectionPhoto.objects.filter(inspection=visit, file_id=file_id).first()
    if found is not None:
        return found
    _require_usable(stored_file(file_id), visit)
    most = plan_of(case).most_photos
    if visit.photos.count() >= most:
        said = _("Paling banyak %(num)s foto. Hapus satu dulu.") % {"num": most}
        raise Refusal("case.photos_full", said, status=422, errors=[FieldError("photos", said)])
    return InspectionPhoto.objects.create(inspection=visit, file_id=file_id, added_at=at, added_by=by.ref)


@transaction.atomic
def remove_photo(*, case_id: UUID, file_id: UUID, by: Actor, at: datetime) -> None:
    """Take a photo out of a report that is not signed; repeatable."""
    locked(case_id)
    gone, _kinds = InspectionPhoto.objects.filter(inspection=_visit(case_id, by), file_id=file_id).delete()
    if gone:
        documents.discard(file_id=file_id, by=by, at=at)


def _visit(case_id: UUID, by: Actor) -> Inspection:
    return visit_now(locked(case_id), by)


def _require_usable(file: StoredFile, visit: Inspection) -> None:
    if file.purpose != purpose_of_photo(visit.pk):
        raise Refusal("case.no_such_file", _UNKNOWN, status=404)
    if file.state == StoredFile.State.REFUSED:
        said = why(file)
        raise Refusal(file.reason, said, status=422, errors=[FieldError("photos", said)])
