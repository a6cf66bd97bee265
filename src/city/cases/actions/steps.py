"""Moving the process along with the rows: tasks done, times set, the end."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from city.cases.models import Case
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.workflow import actions as workflow
from city.workflow.queries import open_tasks


def open_steps(case: Case) -> set[str]:
    return set(open_tasks([case.pk]).values_list("name", flat=True))


def done(case: Case, step: str, *, by: Actor, at: datetime, **facts: object) -> None:
    """The step of the process is done; facts are codes that choose the way on."""
    if case.process_id is None:
        raise RuntimeError(f"case {case.pk} has no process")
    workflow.complete(process_id=case.process_id, task=step, by=by, at=at, **facts)


def ended(case: Case, state: states.State, reason: str, *, by: Actor, at: datetime) -> None:
    """The case has reached one of its ends: nothing waits for anybody any more."""
    case.state, case.turn, case.ended_at = state, "", at
    if case.process_id is not None:
        workflow.end(process_id=case.process_id, reason=reason, by=by, at=at)


def moved(case: Case, where: tuple[states.State, str]) -> None:
    case.state, case.turn = where


def set_times(case: Case, due: Mapping[str, datetime]) -> None:
    if case.process_id is not None:
        workflow.set_timers(process_id=case.process_id, due=due)


def clear_times(case: Case, *names: str) -> None:
    if case.process_id is not None:
        for name in names:
            workflow.clear_timer(process_id=case.process_id, name=name)


def moved_on(case: Case, state: states.State) -> None:
    """Opinions, inspection or payment are done: the drawing says whether a fee, a draft or a hand-over follows."""
    moved(case, (state, states.way_on(open_steps(case))))


def require_open(case: Case, step: str) -> None:
    """Refuses (409) a way that this kind's process does not draw."""
    if step not in open_steps(case):
        raise Refusal("case.no_such_way", _("Proses layanan ini tidak punya jalan itu. Hubungi pengelola layanan."))
