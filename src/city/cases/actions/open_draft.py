"""A draft is begun: by the applicant, under a mandate, or at the counter for somebody without a phone."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions.publish_kind import version_for
from city.cases.declare import KindSpec
from city.cases.declare.powers import Power
from city.cases.events import CaseOpened
from city.cases.models import Case, RequiredDocument
from city.cases.queries import is_own, no_such_case, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.people.queries import mandates_of

SCOPE = "permits"  # what a mandate must be given for


@transaction.atomic
def open_draft(
    *,
    case_id: UUID,
    kind: str,
    applicant_id: UUID,
    by: Actor,
    at: datetime,
    application_type: str = "new",
    predecessor: UUID | None = None,
) -> Case:
    """Begin a draft of a kind for an applicant. `case_id` is made by the page: opening twice gives the same draft.

    Raises Refusal 404 for an unknown kind or somebody else's id, 403 when the actor may not file for this person.
    """
    again = Case.objects.filter(pk=case_id).first()
    if again is not None:
        return _same(again, kind, applicant_id, by)
    at_counter, mandate_id = _standing(applicant_id, by, at)
    spec = spec_of(version_id := version_for(kind, at))
    _require_type(spec, application_type)
    case = Case(
        id=case_id,
        kind_version_id=version_id,
        kind=kind,
        agency=spec.agency,
        application_type=application_type,
        turn=states.FILL,
        applicant_id=applicant_id,
        filed_by_id=by.person_id if at_counter else None,
        mandate_id=mandate_id,
        predecessor=predecessor,
        urgent_on=day_of(at),
        created_at=at,
        updated_at=at,
    )
    if not _created(case):
        return _same(Case.objects.get(pk=case_id), kind, applicant_id, by)
    _list_documents(case, spec, at)
    publish(CaseOpened(case_id=case.pk, kind=kind, application_type=application_type), by=by, at=at)
    return case


def _require_type(spec: KindSpec, application_type: str) -> None:
    if application_type not in spec.application_types:
        raise Refusal("case.no_such_type", _("Layanan ini tidak menerima jenis permohonan itu."), status=422)


def _created(case: Case) -> bool:
    """False when a second press of the same button was faster."""
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _same(case: Case, kind: str, applicant_id: UUID, by: Actor) -> Case:
    if not is_own(case, by) or (case.kind, case.applicant_id) != (kind, applicant_id):
        raise no_such_case()
    return case


def _standing(applicant_id: UUID, by: Actor, at: datetime) -> tuple[bool, UUID | None]:
    """Whether the counter files, and under which mandate. Raises Refusal 403 for anybody else."""
    if by.person_id == applicant_id and by.mandate_id is None:
        return False, None
    if by.mandate_id is not None and by.person_id is not None:
        given = mandates_of(by.person_id, at).filter(pk=by.mandate_id, giver_person_id=applicant_id, scope=SCOPE)
        if given.exists():
            return False, by.mandate_id
    by.require(Power.COUNTER)
    return True, None


def _list_documents(case: Case, spec: KindSpec, at: datetime) -> None:
    RequiredDocument.objects.bulk_create(
        RequiredDocument(case=case, code=need.code, changed_at=at) for need in spec.documents
    )
