"""A decision gets its number, its code and its paper's id together, once; or gives them up on record."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from city.cases.actions.numbers import take_number, void_number
from city.cases.declare import KindSpec
from city.cases.models import Case, Decision, Number
from city.documents import actions as documents
from city.documents import queries as papers
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_code, new_id

PREPARE = "cases.prepare_paper"


def number_decision(
    case: Case, decision: Decision, spec: KindSpec, *, at: datetime, state: Number.State = Number.State.RESERVED
) -> Decision:
    """Take the number and have a job write the paper under it, once this transaction stands. Repeating the job, or the
    call, takes no second number."""
    if decision.number_id is None:
        decision.number = take_number(case, spec.numbers.decision, "decision", state, at=at)
        decision.code, decision.paper_id = new_code(), new_id()
        decision.save()
        _have_written(decision)
    return decision


def write_again(decision: Decision, paper_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The paper is void; a job writes another under the same number and code, of its own day and in today's name. False
    for one that was signed at this very moment: it stays."""
    if not documents.void_unsigned(paper_id=paper_id, by=by, at=at):
        return False
    decision.paper_id, decision.named = new_id(), None
    decision.save(update_fields=["paper_id", "named"])
    _have_written(decision)
    return True


def _have_written(decision: Decision) -> None:
    told = {"case_id": str(decision.case_id), "paper_id": str(decision.paper_id)}
    app.configure_task(PREPARE, queue="default").defer(**told)


def give_up_number(decision: Decision, reason: str, *, by: Actor, at: datetime) -> None:
    """The reserved number becomes void with its reason, the paper too; the decision can be numbered again."""
    number, paper_id = decision.number, decision.paper_id
    if number is None or number.state != Number.State.RESERVED:
        return
    void_number(number, reason, at=at)
    if paper_id is not None and is_written(paper_id):
        documents.void_paper(paper_id=paper_id, by=by, at=at)
    decision.number, decision.code, decision.paper_id = None, "", None
    decision.save(update_fields=["number", "code", "paper_id"])


def is_written(paper_id: UUID) -> bool:
    """Whether the job has written the paper."""
    try:
        papers.paper(paper_id)
    except Refusal:
        return False
    return True
