"""A signed, stored paper becomes a permit that anyone can check."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.models import Case, Decision
from city.cases.queries import answers_in, decision_of, spec_of
from city.documents import queries as papers
from city.kernel.actor import system
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.subjects import seal_for
from city.kernel.turns import take_turn
from city.permits.actions.decide import stop_with
from city.permits.declare import face_of_case, predecessor_of, term_of
from city.permits.events import PermitIssued, PermitSuperseded
from city.permits.models import STOPPED, Permit, State
from city.permits.queries import day_of, place_of

_US = system("permits")


@transaction.atomic
def issue(*, case_id: UUID, at: datetime) -> Permit:
    """Called when the case's paper was stored: the permit holds from the day its paper says. Told twice, once done.

    An amendment takes its predecessor's place at once; a renewal leaves it to its last day. A predecessor that was
    stopped after the signature stops its successor too: the letter exists, and whoever checks it must read so.
    """
    take_turn(f"permit:{case_id}")
    found = Permit.objects.filter(case_id=case_id).first()
    if found is not None:
        return found
    decision = decision_of(case_id)
    if decision is None:
        raise ValueError(f"case {case_id} has no decision")
    before = _locked(decision.case.predecessor)
    permit = _written(decision, decision.case, at)
    event = PermitIssued(
        permit_id=permit.pk,
        kind=permit.kind,
        case_id=case_id,
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        automatic=permit.automatic,
    )
    publish(event, by=_US, at=at)
    if before is not None and before.state in STOPPED:
        stop_with(permit, before, by=_US, at=at)
    if before is not None and decision.case.application_type == "amendment":
        supersede(permit_id=before.pk, successor=permit, at=at)
    return permit


def _locked(permit_id: UUID | None) -> Permit | None:
    return Permit.objects.select_for_update().filter(pk=permit_id).first() if permit_id else None


def _written(decision: Decision, case: Case, at: datetime) -> Permit:
    if decision.number is None or decision.paper_id is None:
        raise ValueError(f"case {case.pk} has no numbered decision with a paper")
    paper = papers.paper(decision.paper_id)
    term, permit_id = term_of(case, day_of(paper.prepared_at)), new_id()
    face = face_of_case(spec_of(case.kind_version_id), answers_in(case))
    return Permit.objects.create(
        pk=permit_id,
        case=case,
        kind=case.kind,
        number=decision.number.text,
        code=decision.code,
        holder_id=case.applicant_id,
        face=seal_for(case.applicant_id, json.dumps(face, ensure_ascii=False), about=place_of(permit_id)),
        valid_from=term.first,
        valid_until=term.last,
        predecessor=predecessor_of(case),
        paper=paper,
        automatic=decision.automatic,
        issued_at=at,
    )


@transaction.atomic
def supersede(*, permit_id: UUID, successor: Permit, at: datetime) -> Permit:
    """The amended permit takes this one's place; a revoked one stays revoked."""
    permit = Permit.objects.select_for_update().get(pk=permit_id)
    if permit.state in (State.REVOKED, State.SUPERSEDED, State.SURRENDERED):
        return permit
    permit.state = State.SUPERSEDED
    permit.save(update_fields=["state"])
    publish(PermitSuperseded(permit_id=permit.pk, kind=permit.kind, successor_id=successor.pk), by=_US, at=at)
    return permit
