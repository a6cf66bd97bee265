"""What others ask of processes: open tasks, queues, due times, the drawing with the present step."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from city.workflow.models import Process, ProcessSpec, Task, Timer
from city.workflow.rules.blueprint import Blueprint, blueprint_of, errors_in
from city.workflow.rules.drawing import Diagram, Standing, diagram_of
from city.workflow.rules.engine import passed, ways

__all__ = ["Diagram", "blueprint", "diagram", "drawing", "due_times", "errors_in", "open_tasks", "queue", "tasks_of"]


@lru_cache(maxsize=256)
def blueprint(spec_hash: str) -> Blueprint:
    """The parsed file, once in each server process: a version never changes."""
    return blueprint_of(ProcessSpec.objects.only("bpmn").get(pk=spec_hash).bpmn)


@lru_cache(maxsize=64)
def _drawn(bpmn: str) -> Blueprint:
    return blueprint_of(bpmn)


def open_tasks(subject_ids: Collection[UUID]) -> "QuerySet[Task]":
    """Tasks that wait for somebody in these subjects' processes, oldest first."""
    return Task.objects.filter(subject_id__in=subject_ids, state=Task.State.OPEN).order_by("opened_at", "id")


def queue(permissions: Collection[str], agency: str) -> "QuerySet[Task]":
    """Open tasks that a role may do: its permissions, in its agency or in no agency's name."""
    mine = Q(permission__in=permissions) & (Q(agency=agency) | Q(agency=""))
    return Task.objects.filter(mine, state=Task.State.OPEN).order_by("opened_at", "id")


def tasks_of(process_id: UUID) -> "QuerySet[Task]":
    """Everything the process ever asked of people, oldest first."""
    return Task.objects.filter(process_id=process_id).order_by("opened_at", "id")


def due_times(process_id: UUID) -> dict[str, datetime]:
    """Times the process still waits for, by timer name."""
    waiting = Timer.objects.filter(process_id=process_id, fired_at=None)
    return dict(waiting.values_list("name", "due_at"))


def diagram(
    process_id: UUID, *, labels: Mapping[str, str] | None = None, subs: Mapping[str, str] | None = None
) -> Diagram:
    """The drawing of a running or ended process. `labels` are words by step, `subs` a line below each."""
    process = Process.objects.get(pk=process_id)
    here = set(tasks_of(process_id).filter(state=Task.State.OPEN).values_list("name", flat=True))
    sheet = blueprint(process.spec_id).sheet
    state = process.state
    return diagram_of(sheet, Standing(passed(state), here, ways(state)), labels=labels, subs=subs)


def drawing(bpmn: str, *, here: Collection[str] = (), labels: Mapping[str, str] | None = None) -> Diagram:
    """The drawing of a file that nobody walks yet, for a service's public page."""
    return diagram_of(_drawn(bpmn).sheet, Standing(here=here), labels=labels)
