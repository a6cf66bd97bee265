"""What the city later decides about a permit: suspend, reinstate, revoke (UU 30/2014 art. 64-66); or takes back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import Event, publish
from city.kernel.ids import new_id
from city.kernel.subjects import seal_for
from city.permits.events import PermitReinstated, PermitRevoked, PermitSurrendered, PermitSuspended
from city.permits.models import Permit, PermitAct, State
from city.permits.queries import day_of, latest_act, no_such_permit, place_of, reason_of

_SHORTEST_REASON = 20  # letters: a reason one can object to is a sentence


@dataclass(frozen=True)
class Grounds:
    """Why, in words the holder and whoever checks the permit will read, and the article it rests on."""

    reason: str
    article: str = ""


@transaction.atomic
def suspend(*, permit_id: UUID, grounds: Grounds, by: Actor, at: datetime) -> Permit:
    """The permit may not be used until it is reinstated. Needs permits.suspend, a reason and an article."""
    by.require("permits.suspend")
    permit = _locked(permit_id, by)
    if _done_by_her(permit, State.SUSPENDED, by):
        return permit
    _must_be(permit, at, State.ACTIVE)
    _must_say(grounds, article=True)
    act = _record(permit, PermitAct.Verb.SUSPENDED, grounds, by, at)
    event = PermitSuspended(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day, article=act.article)
    return _into(permit, State.SUSPENDED, event, by, at)


@transaction.atomic
def reinstate(*, permit_id: UUID, grounds: Grounds, by: Actor, at: datetime) -> Permit:
    """A suspended permit may be used again. Needs permits.suspend and a reason."""
    by.require("permits.suspend")
    permit = _locked(permit_id, by)
    if _done_by_her(permit, State.ACTIVE, by):
        return permit
    _must_be(permit, at, State.SUSPENDED)
    _must_say(grounds)
    act = _record(permit, PermitAct.Verb.REINSTATED, grounds, by, at)
    event = PermitReinstated(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day)
    return _into(permit, State.ACTIVE, event, by, at)


@transaction.atomic
def revoke(*, permit_id: UUID, grounds: Grounds, by: Actor, at: datetime) -> Permit:
    """The permit ends for good. Needs permits.revoke, a reason and an article; the holder may object."""
    by.require("permits.revoke")
    permit = _locked(permit_id, by)
    if _done_by_her(permit, State.REVOKED, by):
        return permit
    _must_be(permit, at, State.ACTIVE, State.SUSPENDED)
    _must_say(grounds, article=True)
    act = _record(permit, PermitAct.Verb.REVOKED, grounds, by, at)
    event = PermitRevoked(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day, article=act.article)
    return _into(permit, State.REVOKED, event, by, at)


@transaction.atomic
def surrender(*, permit_id: UUID, grounds: Grounds, by: Actor, at: datetime) -> Permit:
    """Its holder gives the permit back: it ends for good and her place is free. Needs permits.surrender and a reason.

    The caller has seen the holder's KTP (`queries.seen_at_counter`).
    """
    by.require("permits.surrender")
    permit = _locked(permit_id, by)
    if _done_by_her(permit, State.SURRENDERED, by):
        return permit
    _must_be(permit, at, State.ACTIVE, State.SUSPENDED)
    _must_say(grounds)
    act = _record(permit, PermitAct.Verb.SURRENDERED, grounds, by, at)
    event = PermitSurrendered(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day)
    return _into(permit, State.SURRENDERED, event, by, at)


def stop_with(permit: Permit, before: Permit, *, by: Actor, at: datetime) -> Permit:
    """What was decided about the permit before holds for this one, with the same reason; its holder is told."""
    act = latest_act(before.pk)
    if act is None:
        raise RuntimeError(f"permit {before.pk} is {before.state} and nobody decided it")
    verb = PermitAct.Verb(before.state)
    new = _record(permit, verb, Grounds(reason_of(act, before.holder_id), act.article), by, at)
    return _into(permit, State(before.state), _event_of(permit, new), by, at)


def _event_of(permit: Permit, act: PermitAct) -> Event:
    if act.verb == PermitAct.Verb.SURRENDERED:
        return PermitSurrendered(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day)
    revoked = act.verb == PermitAct.Verb.REVOKED
    happened: type[PermitRevoked | PermitSuspended] = PermitRevoked if revoked else PermitSuspended
    return happened(permit_id=permit.pk, kind=permit.kind, from_day=act.from_day, article=act.article)


def _locked(permit_id: UUID, by: Actor) -> Permit:
    permit = Permit.objects.select_for_update(of=("self",)).select_related("case").filter(pk=permit_id).first()
    if permit is None or permit.case.agency != by.agency:
        raise no_such_permit()
    return permit


def _done_by_her(permit: Permit, wanted: State, by: Actor) -> bool:
    """A second press of the same button changes nothing and is no error."""
    act = latest_act(permit.pk)
    return permit.state == wanted and act is not None and act.by == by.ref


def _must_be(permit: Permit, at: datetime, *states: State) -> None:
    if permit.state not in states or permit.is_over(day_of(at)):
        raise Refusal(
            "permit.other_state", _("Keadaan izin ini sudah berubah. Muat ulang halamannya untuk melihat yang terbaru.")
        )


def _must_say(grounds: Grounds, *, article: bool = False) -> None:
    errors = []
    if len(grounds.reason.strip()) < _SHORTEST_REASON:
        said = _("Tulis sebabnya dalam satu kalimat penuh; pemegang izin akan membacanya.")
        errors.append(FieldError("reason", said))
    if article and not grounds.article.strip():
        errors.append(FieldError("article", _("Tulis pasal yang menjadi dasar.")))
    if errors:
        raise Refusal("permit.no_grounds", _("Keputusan ini perlu alasan."), status=422, errors=errors)


def _record(permit: Permit, verb: PermitAct.Verb, grounds: Grounds, by: Actor, at: datetime) -> PermitAct:
    act_id = new_id()
    about = place_of(permit.pk, f"act:{act_id}")
    return PermitAct.objects.create(
        pk=act_id,
        permit=permit,
        verb=verb,
        reason=seal_for(permit.holder_id, grounds.reason.strip(), about=about),
        article=grounds.article.strip(),
        from_day=day_of(at),
        by=by.ref,
        at=at,
    )


def _into(permit: Permit, state: State, event: Event, by: Actor, at: datetime) -> Permit:
    permit.state = state
    permit.save(update_fields=["state"])
    publish(event, by=by, at=at)
    return permit
