"""Permits already given, as their holders, officers and the public may see them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.cases.declare import KindSpec
from city.cases.queries import spec_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import heard
from city.kernel.keyring import KeyLost
from city.kernel.paging import Page, page_of
from city.kernel.rules import WIB
from city.kernel.subjects import open_for
from city.permits.models import Permit, PermitAct
from city.permits.rules.standing import Standing, standing_of
from city.permits.rules.term import may_renew, renewable_from

RENEWAL_DAYS = 90  # where a kind names no other window


def place_of(permit_id: UUID, what: str = "face") -> str:
    """What a sealed text of a permit is bound to: moved to another row it does not open."""
    return f"permit:{permit_id}:{what}"


@dataclass(frozen=True)
class Face:
    """What a permit's page shows of its holder, as the paper prints it. Both are empty once the holder was erased."""

    name: str = ""
    place: tuple[str, ...] = ()


def face_of(permit: Permit) -> Face:
    try:
        read = json.loads(open_for(permit.holder_id, bytes(permit.face), about=place_of(permit.pk)))
    except KeyLost:
        return Face()
    return Face(read["name"], tuple(read["place"]))


def reason_of(act: PermitAct, holder_id: UUID) -> str:
    """Why it was suspended or revoked; "" once the holder was erased."""
    try:
        return open_for(holder_id, bytes(act.reason), about=place_of(act.permit_id, f"act:{act.pk}"))
    except KeyLost:
        return ""


def latest_act(permit_id: UUID) -> PermitAct | None:
    return PermitAct.objects.filter(permit_id=permit_id).order_by("-at", "-pk").first()


def day_of(at: datetime) -> date:
    """The day in Cilegon."""
    return at.astimezone(WIB).date()


@dataclass(frozen=True)
class Shown:
    """One permit with everything its page says. `successor` is the permit that renews or amends it, once issued."""

    permit: Permit
    spec: KindSpec
    standing: Standing
    face: Face
    act: PermitAct | None
    reason: str
    successor: Permit | None


def shown(permit: Permit, day: date) -> Shown:
    act = latest_act(permit.pk)
    return Shown(
        permit=permit,
        spec=spec_of(permit.case.kind_version_id),
        standing=standing_of(permit.state, permit.valid_from, permit.valid_until, day),
        face=face_of(permit),
        act=act,
        reason=reason_of(act, permit.holder_id) if act else "",
        successor=Permit.objects.filter(predecessor=permit).order_by("-issued_at").first(),
    )


def permit_coded(code: str) -> Permit | None:
    """The permit with a code as somebody typed it, or with its number (in an address, its slashes are dashes)."""
    rows = Permit.objects.select_related("case", "paper")
    found = rows.filter(code=heard(code)).first() if len(code) <= 40 else None
    return found or rows.filter(number=code.strip().upper().replace("-", "/")).first()


def permit_of_case(case_id: UUID) -> Permit | None:
    return Permit.objects.select_related("paper").filter(case_id=case_id).first()


def permit_of_paper(paper_id: UUID) -> Permit | None:
    return Permit.objects.select_related("case", "paper").filter(paper_id=paper_id).first()


def permit_for(actor: Actor, permit_id: UUID) -> Permit:
    """The permit, for its holder or an office that may act on it. Refuses (404) everybody else."""
    permit = Permit.objects.select_related("case", "paper").filter(pk=permit_id).first()
    if permit is None or not (_is_holder(permit, actor) or _is_office(permit, actor)):
        raise no_such_permit()
    return permit


def _is_holder(permit: Permit, actor: Actor) -> bool:
    return actor.person_id == permit.holder_id and actor.mandate_id is None


def _is_office(permit: Permit, actor: Actor) -> bool:
    acts = {"permits.suspend", "permits.revoke", "permits.counter"}
    return actor.agency == permit.case.agency and bool(actor.permissions & acts)


def no_such_permit() -> Refusal:
    return Refusal("permit.unknown", _("Izin ini tidak ada, atau dibuka dari akun lain."), status=404)


def renewal_days(spec: KindSpec) -> int:
    """How many days before its last day a permit of this kind may be renewed."""
    found = next((one for one in spec.settings if one.name == "renewal_opens_days"), None)
    return int(found.value) if found else RENEWAL_DAYS


def renewable(permit: Permit, day: date) -> bool:
    """Whether the holder may ask for a renewal today: active or run out, in the window, not renewed already."""
    if (
        permit.state not in ("active", "expired")
        or "renewal" not in spec_of(permit.case.kind_version_id).application_types
    ):
        return False
    taken = Permit.objects.filter(predecessor=permit).exists()
    return not taken and may_renew(permit.valid_until, renewal_days(spec_of(permit.case.kind_version_id)), day)


def renewal_opens_on(permit: Permit) -> date | None:
    if permit.valid_until is None:
        return None
    return renewable_from(permit.valid_until, renewal_days(spec_of(permit.case.kind_version_id)))


def permits_of(person_id: UUID, after: str = "", size: int = 20) -> Page[dict[str, Any]]:
    """A person's permits, the newest first."""
    rows = Permit.objects.filter(holder_id=person_id)
    columns = ("id", "kind", "number", "code", "state", "valid_from", "valid_until", "issued_at")
    return page_of(rows.values(*columns), by=("-issued_at", "-id"), after=after, size=size)


def places_held(person_id: UUID, kind: str, day: date) -> int:
    """How many permits of a kind hold today for a person: a doctor's practice places."""
    held = Permit.objects.filter(holder_id=person_id, kind=kind, state__in=("active", "suspended"))
    return held.filter(valid_until__gte=day).count()
