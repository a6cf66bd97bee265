"""A permit as its holder or an office sees it."""

from datetime import datetime
from typing import Any

from city.cases.queries import spec_of
from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.permits.declare import parts_of
from city.permits.models import Permit, State
from city.permits.queries.permits import day_of, renewable, renewal_opens_on
from city.permits.queries.public import answer_of


def permit_page(permit: Permit, actor: Actor, at: datetime) -> dict[str, Any]:
    """The public answer, and what this reader may do about it today."""
    day = day_of(at)
    spec = spec_of(permit.case.kind_version_id)
    mine = actor.person_id == permit.holder_id and actor.mandate_id is None
    running = permit.state == State.ACTIVE and not permit.is_over(day)
    return {
        "permit": permit,
        "spec": spec,
        "answer": answer_of(permit, at),
        "appeal": str(parts_of(spec).appeal),
        "case_id": new_id(),
        "mine": mine,
        "may_renew": mine and renewable(permit, day),
        "renewal_opens": renewal_opens_on(permit) if mine and running else None,
        "may_amend": mine and running and "amendment" in spec.application_types,
    }
