"""Continue a permit: a draft that already knows what the permit before it knew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from city.cases.actions import open_draft, save_answers
from city.cases.models import Case
from city.cases.queries import answers_in, case_for, spec_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.queries import history_of
from city.permits.events import RenewalOpened
from city.permits.models import Permit, State
from city.permits.queries import day_of, permit_for, renewable, renewal_opens_on
from city.ui.environment import language
from city.ui.rules.formats import date_long


@transaction.atomic
def renew(*, permit_id: UUID, case_id: UUID, by: Actor, at: datetime) -> Case:
    """Open the draft of a renewal, or find the one that is open already.

    Refuses (409) before the window of the kind (90 days for SIP Dokter), for a permit that was revoked or renewed.
    """
    permit = _locked(permit_id, by)
    running = _running(permit, by)
    if running is not None:
        return running
    if not renewable(permit, day_of(at)):
        raise Refusal("permit.not_renewable", _not_yet(permit, at))
    return _follow(permit, case_id, "renewal", by, at)


@transaction.atomic
def amend(*, permit_id: UUID, case_id: UUID, by: Actor, at: datetime) -> Case:
    """Open the draft of an amendment: the new permit takes this one's place when it is issued."""
    permit = _locked(permit_id, by)
    running = _running(permit, by)
    if running is not None:
        return running
    if permit.state != State.ACTIVE or permit.is_over(day_of(at)):
        raise Refusal("permit.not_active", _("Izin ini tidak berlaku lagi, jadi tidak bisa diubah. Ajukan izin baru."))
    return _follow(permit, case_id, "amendment", by, at)


def _locked(permit_id: UUID, by: Actor) -> Permit:
    permit_for(by, permit_id)
    return Permit.objects.select_for_update(of=("self",)).select_related("case").get(pk=permit_id)


def _running(permit: Permit, by: Actor) -> Case | None:
    """The draft or application that already continues this permit."""
    for record in history_of("permit", permit.pk).filter(name="RenewalOpened").order_by("-pk"):
        case = case_for(by, UUID(record.data["case_id"]))
        if not case.is_final:
            return case
    return None


def _not_yet(permit: Permit, at: datetime) -> str:
    opens = renewal_opens_on(permit)
    if permit.state == State.ACTIVE and opens is not None and day_of(at) < opens:
        said = _("Perpanjangan dibuka %(day)s. Sampai saat itu izin Anda tetap berlaku.")
        return said % {"day": date_long(opens, language())}
    return _("Izin ini tidak bisa diperpanjang. Ajukan izin baru.")


def _follow(permit: Permit, case_id: UUID, how: str, by: Actor, at: datetime) -> Case:
    case = open_draft(
        case_id=case_id,
        kind=permit.kind,
        applicant_id=permit.holder_id,
        application_type=how,
        by=by,
        at=at,
        predecessor=permit.pk,
    )
    known = set(spec_of(case.kind_version_id).fields)
    answers = {name: text for name, text in answers_in(permit.case).items() if name in known}
    save_answers(case_id=case.pk, answers=answers, by=by, at=at)
    publish(RenewalOpened(permit_id=permit.pk, kind=permit.kind, case_id=case.pk, how=how), by=by, at=at)
    return case
