"""Who may see a case: nobody learns from our answer that a foreign case exists."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.cases.declare.powers import DESK, Power
from city.cases.models import Case, Inspection, Review
from city.cases.queries.kinds import spec_of
from city.cases.rules.states import State
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.plain import fetch


def no_such_case() -> Refusal:
    return Refusal(
        "case.unknown", _("Permohonan ini tidak ada, atau dibuka dari akun lain. Periksa nomornya."), status=404
    )


def is_own(case: Case, actor: Actor) -> bool:
    """The applicant herself, who acts under her mandate, or the counter for a case that was filed there."""
    if actor.person_id is None:
        return False
    if actor.person_id == case.applicant_id and actor.mandate_id is None:
        return True
    if case.mandate_id is not None and actor.mandate_id == case.mandate_id:
        return True
    return case.filed_by_id is not None and actor.may(Power.COUNTER) and actor.agency == case.agency


def is_on_desk(case: Case, actor: Actor) -> bool:
    """An office of the case's agency with a part in it, once it was sent; a draft is the applicant's alone."""
    return case.state != State.DRAFT and actor.agency == case.agency and bool(actor.permissions & DESK)


def is_reviewer(case: Case, actor: Actor) -> bool:
    """An agency that was asked for its opinion."""
    asked = Review.objects.filter(case_id=case.pk, agency=actor.agency)
    return actor.may(Power.REVIEW) and asked.exists()


def is_inspector(case: Case, actor: Actor) -> bool:
    """An office of the agency that looks at the place."""
    return actor.may(Power.INSPECT) and Inspection.objects.filter(case_id=case.pk, agency=actor.agency).exists()


def is_assessor(case: Case, actor: Actor) -> bool:
    """An office of the agency that assesses this kind's fee, once the file is registered."""
    if not actor.may(Power.ASSESS) or case.registered_at is None:
        return False
    plan = spec_of(case.kind_version_id).fee
    return plan is not None and plan.agency == actor.agency


def may_see(case: Case, actor: Actor) -> bool:
    officers = (is_on_desk, is_reviewer, is_inspector, is_assessor)
    return is_own(case, actor) or any(part(case, actor) for part in officers)


def case_of(case_id: UUID) -> Case:
    """The case an event is about, for listeners: no reader stands between. Raises Case.DoesNotExist."""
    found = fetch(Case, id=case_id)
    if found is None:
        raise Case.DoesNotExist(case_id)
    return found


def case_for(actor: Actor, case_id: UUID) -> Case:
    """The case, for whoever may see it: her own, her agency's, her agency's review. Refuses (404) everybody else."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not may_see(case, actor):
        raise no_such_case()
    return case
