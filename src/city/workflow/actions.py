"""Move a process: start, complete a task, set and clear times, end. Each runs inside its caller's transaction.

The caller has locked its own row, checked its own guard and the actor's permission, and publishes the fact: a process
writes no status and tells nobody. Lock order: the subject, its process, its timers.
"""

import hashlib
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.plain import fetch, insert, rewrite
from city.workflow.declare import LOCKS, TIMERS
from city.workflow.models import Process, ProcessSpec, Task, Timer
from city.workflow.queries import blueprint
from city.workflow.rules.blueprint import TaskMark, blueprint_of
from city.workflow.rules.engine import NotOpen, Walk
from city.workflow.rules.facts import told

log = logging.getLogger(__name__)
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=1)
_DONE = """
    UPDATE workflow_task SET state = 'done', done_at = %s, done_by = %s
    WHERE process_id = %s AND name = %s AND state = 'open'
"""
_TIMES = """
    INSERT INTO workflow_timer (process_id, name, due_at, attempts)
    SELECT %s, due.name, due.at, 0 FROM unnest(%s::text[], %s::timestamptz[]) AS due (name, at)
    ON CONFLICT (process_id, name) DO UPDATE
    SET due_at = excluded.due_at, fired_at = NULL, retry_at = NULL, attempts = 0
"""
# No savepoint of our own: what fails here must undo the whole step of the case, and each savepoint is two round trips.
_in_callers_transaction = transaction.atomic(savepoint=False)


@_in_callers_transaction
def start(
    *, spec_code: str, bpmn: str, subject_kind: str, subject_id: UUID, facts: Mapping[str, object], at: datetime
) -> Process:
    """Begin a process for a subject and open its first tasks. `facts` are codes, ids, numbers and yes or no.

    Raises BadProcess for a file that may not run, PersonalFact for a fact that could name a person, IntegrityError when
    the subject already has a process running.
    """
    spec = _kept(spec_code, bpmn, at)
    walk = Walk.begin(blueprint(spec), told(facts))
    process = Process(spec_id=spec, subject_kind=subject_kind, subject_id=subject_id, state=walk.state(), started_at=at)
    insert(process)
    _open(process, walk, walk.open(), at)
    return process


def _kept(code: str, bpmn: str, at: datetime) -> str:
    """The hash of this version of the file; a new one is read and checked before it is kept."""
    digest = hashlib.sha256(bpmn.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM workflow_processspec WHERE hash = %s", [digest])
        if cursor.fetchone():
            return digest
    blueprint_of(bpmn)
    ProcessSpec.objects.get_or_create(pk=digest, defaults={"code": code, "bpmn": bpmn, "created_at": at})
    return digest


@_in_callers_transaction
def complete(*, process_id: UUID, task: str, by: Actor, at: datetime, **facts: object) -> Process:
    """Mark an open task done and open what follows; facts decide the branches and stay known to the process.

    Raises Refusal "task.closed" (409) when somebody was faster.
    """
    process = _locked(process_id)
    if process.ended_at is not None or not _done(process_id, task, by, at):
        raise _closed()
    walk = Walk.resume(blueprint(process.spec_id), process.state)
    others = [name for name in walk.open() if name != task]
    try:
        walk.complete(task, told(facts))
    except NotOpen as error:
        raise _closed() from error
    _forget_times_of(process, walk, {task})
    _keep(process, walk, others, at)
    return process


def _locked(process_id: UUID) -> Process:
    process = fetch(Process, lock="update", pk=process_id)
    if process is None:
        raise Process.DoesNotExist(process_id)
    return process


def _done(process_id: UUID, task: str, by: Actor, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [at, by.ref, process_id, task])
        return bool(cursor.rowcount)


def _closed() -> Refusal:
    return Refusal("task.closed", _("Langkah ini sudah dikerjakan. Muat ulang halaman untuk melihat keadaan terbaru."))


@_in_callers_transaction
def set_timers(*, process_id: UUID, due: Mapping[str, datetime]) -> list[str]:
    """Have each named timer's action done at its time; times set before are moved. Returns the timers that were set:
    one that the file does not draw is left out, for a kind that wants no reminder draws none."""
    process = _locked(process_id)
    drawn = {} if process.ended_at is not None else blueprint(process.spec_id).timers
    names = [name for name in sorted(due) if name in drawn]
    if names:
        with connection.cursor() as cursor:
            cursor.execute(_TIMES, [process_id, names, [due[name] for name in names]])
    return names


@_in_callers_transaction
def clear_timer(*, process_id: UUID, name: str) -> None:
    """Forget a time that has not come yet; safe to repeat."""
    _locked(process_id)
    Timer.objects.filter(process_id=process_id, name=name, fired_at=None).delete()


@_in_callers_transaction
def end(*, process_id: UUID, reason: str, by: Actor, at: datetime) -> Process:
    """Stop the process for a reason of the subject ("withdrawn", "lapsed"): open tasks are cancelled, times forgotten.

    A process that has ended already stays as it is.
    """
    process = _locked(process_id)
    if process.ended_at is None:
        _cancel(process, at, by)
        _ended(process, reason, at)
        process.save(update_fields=["ended_at", "end_reason"])
    return process


def _cancel(process: Process, at: datetime, by: Actor) -> None:
    still = Task.objects.filter(process=process, state=Task.State.OPEN)
    still.update(state=Task.State.CANCELLED, done_at=at, done_by=by.ref)


def _ended(process: Process, reason: str, at: datetime) -> None:
    Timer.objects.filter(process=process, fired_at=None).delete()
    process.ended_at, process.end_reason = at, reason


def _keep(process: Process, walk: Walk, stayed: Collection[str], at: datetime) -> None:
    """Write down where the walk stands; tasks that wait now and did not stay from before are opened."""
    process.state, process.version = walk.state(), process.version + 1
    _open(process, walk, [name for name in walk.open() if name not in stayed], at)
    if walk.finished:
        _ended(process, "finished", at)
    rewrite(process, "state", "version", "ended_at", "end_reason")


def _forget_times_of(process: Process, walk: Walk, tasks: Collection[str]) -> None:
    """A reminder that hangs on a task goes with it."""
    hung = [timer.name for timer in walk.blueprint.timers.values() if timer.host in tasks]
    if hung:
        Timer.objects.filter(process=process, name__in=hung, fired_at=None).delete()


def _open(process: Process, walk: Walk, names: Collection[str], at: datetime) -> None:
    for name in names:
        insert(_opened(process, walk.blueprint.tasks[name], at))


def _opened(process: Process, mark: TaskMark, at: datetime) -> Task:
    return Task(
        process=process,
        subject_id=process.subject_id,
        name=mark.name,
        label=mark.label,
        permission=mark.permission,
        agency=mark.agency,
        opened_at=at,
    )


def due_timers(at: datetime, most: int = 100) -> list[int]:
    """Timers whose time has come, the longest due first."""
    ripe = Q(fired_at=None, due_at__lte=at) & (Q(retry_at=None) | Q(retry_at__lte=at))
    return list(Timer.objects.filter(ripe).order_by("due_at").values_list("pk", flat=True)[:most])


def fire(*, timer_id: int, at: datetime) -> bool:
    """Do what the timer stands for, once, in a transaction of its own; False when somebody else does or did it.

    What fails is rolled back whole, logged, and tried again later with growing patience.
    """
    try:
        with transaction.atomic():
            return _fired(timer_id, at)
    except Exception:
        log.exception("timer %s failed", timer_id)
        _put_off(timer_id, at)
        return False


def _fired(timer_id: int, at: datetime) -> bool:
    seen = Timer.objects.select_related("process").filter(pk=timer_id).first()
    if seen is None:
        return False
    lock = LOCKS.get(seen.process.subject_kind)
    if lock is not None:
        lock(seen.process.subject_id)
    # Looked at again under the lock: whoever moved or cleared it while we waited has won.
    mine = Timer.objects.select_for_update(skip_locked=True).filter(pk=timer_id, fired_at=None, due_at__lte=at)
    timer = mine.first()
    if timer is None:
        return False
    timer.fired_at = at
    timer.save(update_fields=["fired_at"])
    mark = blueprint(seen.process.spec_id).timers[timer.name]
    TIMERS[mark.action](seen.process.subject_id, at)
    # What is drawn to stop something is stopped by the action, which knows the rows: it may have found a reason not to.
    if not mark.stops:
        _tell(seen.process_id, timer.name, at)
    return True


def _tell(process_id: UUID, timer: str, at: datetime) -> None:
    """The drawing's own way on from this timer (a task for a superior), where the action has not ended the process."""
    process = _locked(process_id)
    if process.ended_at is None:
        walk = Walk.resume(blueprint(process.spec_id), process.state)
        before = walk.open()
        walk.tell(timer)
        _keep(process, walk, before, at)


def _put_off(timer_id: int, at: datetime) -> None:
    late = Timer.objects.filter(pk=timer_id, fired_at=None)
    tries = late.values_list("attempts", flat=True).first()
    if tries is not None:
        wait = min(SOONEST * 2 ** min(tries, 6), LATEST)
        late.update(attempts=F("attempts") + 1, retry_at=at + wait)
