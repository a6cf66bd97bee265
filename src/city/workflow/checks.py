"""What `city verify` asks of processes."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from city.kernel.checks import check
from city.workflow.declare import TIMERS
from city.workflow.models import Process, Task, Timer
from city.workflow.queries import blueprint
from city.workflow.rules.engine import waiting

PATIENCE = 8  # tries, growing apart to an hour


@check("workflow: open tasks are the ones the process waits for")
def open_tasks_agree() -> Iterator[str]:
    """The projection and the tokens are written together; where they differ, somebody wrote past the actions."""
    rows: dict[UUID, set[str]] = defaultdict(set)
    for process_id, name in Task.objects.filter(state=Task.State.OPEN).values_list("process_id", "name"):
        rows[process_id].add(name)
    running = Process.objects.filter(ended_at=None).values_list("pk", "spec_id", "state")
    for process_id, spec_id, state in running.iterator(chunk_size=1000):
        tokens, tasks = waiting(blueprint(spec_id), state), rows.pop(process_id, set())
        if tokens != tasks:
            yield f"process {process_id} waits for {sorted(tokens)}, its open tasks are {sorted(tasks)}"
    for process_id, names in rows.items():
        yield f"process {process_id} has ended, but {sorted(names)} are still open"


@check("workflow: no time that has come is stuck")
def due_timers_are_done() -> Iterator[str]:
    """A timer tried again and again, or one whose action nobody registered, is a promise the city does not keep."""
    waiting = Timer.objects.filter(fired_at=None).select_related("process")
    for timer in waiting.iterator(chunk_size=1000):
        mark = blueprint(timer.process.spec_id).timers.get(timer.name)
        if mark is None or mark.action not in TIMERS:
            yield f"timer {timer.name} of process {timer.process_id} names no registered action"
        elif timer.attempts >= PATIENCE:
            yield f"timer {timer.name} of process {timer.process_id} failed {timer.attempts} times"
