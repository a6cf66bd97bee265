"""Who hears what about a case or a permit. A notice is a row in the listener's own transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from city.cases.declare import POWERS, Power
from city.cases.models import Case
from city.cases.queries import spec_of
from city.notices.actions import notify
from city.people.queries import head_of, holders_of
from city.permits.declare.notices import facts_of
from city.permits.models import Permit
from city.permits.queries import day_of


def tell_applicant(case: Case, code: str, *, at: datetime, page: str = "permits-case", **more: object) -> None:
    """The applicant, and the one who files under her mandate."""
    facts = facts_of(kind=case.kind, receipt=case.receipt, **more)
    told = {case.applicant_id, case.mandate.holder_id} if case.mandate else {case.applicant_id}
    for person_id in sorted(told):
        notify(person_id=person_id, code=code, facts=facts, link=reverse(page, args=[case.pk]), at=at)


def tell_holder(permit: Permit, code: str, *, at: datetime, **more: object) -> None:
    facts = facts_of(kind=permit.kind, number=permit.number, **more)
    link = reverse("permits-permit", args=[permit.pk])
    notify(person_id=permit.holder_id, code=code, facts=facts, link=link, at=at)


def tell_desk(case: Case, code: str, *, at: datetime, **more: object) -> None:
    """Everybody in whose queue the case stands now."""
    facts = facts_of(kind=case.kind, receipt=case.receipt, **more)
    link = reverse("permits-desk-case", args=[case.pk])
    for person_id in desk_of_turn(case, at):
        notify(person_id=person_id, code=code, facts=facts, link=link, at=at)


def tell_agency(case: Case, code: str, *, agency: str, power: str, at: datetime, **more: object) -> None:
    """Everybody in an agency who may do one thing."""
    facts = facts_of(kind=case.kind, receipt=case.receipt, **more)
    page = "permits-inspection" if power == Power.INSPECT else "permits-desk-case"
    for person_id in _others(case, holders_of(power, agency=agency, at=at)):
        notify(person_id=person_id, code=code, facts=facts, link=reverse(page, args=[case.pk]), at=at)


def desk_of_turn(case: Case, at: datetime) -> list[UUID]:
    """The officers a case waits for, never its own applicant."""
    decisions = spec_of(case.kind_version_id).decisions
    if case.turn.startswith("initial_"):
        return _in_office(decisions.initials[int(case.turn.removeprefix("initial_")) - 1], case, at)
    if case.turn == "sign":
        return _in_office(decisions.signer, case, at)
    spec = spec_of(case.kind_version_id)
    if case.turn == "assess" and spec.fee:
        return _others(case, holders_of(Power.ASSESS, agency=spec.fee.agency, at=at))
    if case.turn == "inspect" and spec.inspection:
        return _others(case, holders_of(Power.INSPECT, agency=spec.inspection.agency, at=at))
    if case.turn == "review":
        agencies = spec_of(case.kind_version_id).reviewers
        return _others(case, (p for code in agencies for p in holders_of(Power.REVIEW, agency=code, at=at)))
    power = POWERS.get(case.turn)
    return _others(case, holders_of(power, agency=case.agency, at=at)) if power else []


def _in_office(code: str, case: Case, at: datetime) -> list[UUID]:
    holder = head_of(code, day_of(at))
    return _others(case, [holder.person_id] if holder else [])


def _others(case: Case, people: Iterable[UUID]) -> list[UUID]:
    return sorted({person_id for person_id in people if person_id != case.applicant_id})
