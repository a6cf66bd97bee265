"""Permits as the desk needs them: the one this file led to, and the others of its holder."""

from dataclasses import dataclass
from datetime import date, datetime

from city.cases.models import Case
from city.kernel.actor import Actor
from city.kernel.rules import WIB
from city.permits.models import Permit, State
from city.permits.rules.standing import Standing, standing_of

SHOWN = 12


@dataclass(frozen=True)
class OtherPermit:
    """One permit of the holder."""

    number: str
    kind: str
    valid_from: date
    valid_until: date | None
    standing: Standing
    here: bool

    @property
    def is_valid(self) -> bool:
        return self.standing is Standing.VALID

    @property
    def is_suspended(self) -> bool:
        """Not valid now, but it still takes one of her places."""
        return self.standing is Standing.SUSPENDED


@dataclass(frozen=True)
class PermitCard:
    """The permit of this file, and what this officer may do with it."""

    permit: Permit
    standing: Standing
    may_suspend: bool
    may_reinstate: bool
    may_revoke: bool

    @property
    def may_anything(self) -> bool:
        return self.may_suspend or self.may_reinstate or self.may_revoke


def _standing(permit: Permit, today: date) -> Standing:
    return standing_of(permit.state, permit.valid_from, permit.valid_until, today)


def holder_permits(case: Case, at: datetime) -> list[OtherPermit]:
    """What the applicant holds or held of this kind, newest first."""
    today = at.astimezone(WIB).date()
    rows = Permit.objects.filter(holder_id=case.applicant_id, kind=case.kind).order_by("-issued_at")[:SHOWN]
    return [
        OtherPermit(
            one.number, one.kind, one.valid_from, one.valid_until, _standing(one, today), one.case_id == case.pk
        )
        for one in rows
    ]


def permit_card(case: Case, actor: Actor, at: datetime) -> PermitCard | None:
    """The permit this file led to; None before it is issued."""
    permit = Permit.objects.filter(case_id=case.pk).first()
    if permit is None:
        return None
    mine = actor.agency == case.agency
    active, resting = permit.state == State.ACTIVE, permit.state == State.SUSPENDED
    return PermitCard(
        permit=permit,
        standing=_standing(permit, at.astimezone(WIB).date()),
        may_suspend=mine and active and actor.may("permits.suspend"),
        may_reinstate=mine and resting and actor.may("permits.suspend"),
        may_revoke=mine and (active or resting) and actor.may("permits.revoke"),
    )
