"""One case's walk through a blueprint: SpiffWorkflow plays the tokens, we keep their places in a few small lists.

The state is `{"done": bool, "tasks": [{"n": step, "s": state, "p": parent, "d": facts told there, "i": marks}]}`: no
specification, no clock, no names. `p` is an index into the same list; `d` stands only where it differs from the parent.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from city.workflow.rules import spiff
from city.workflow.rules.blueprint import Blueprint
from city.workflow.rules.conditions import holds
from city.workflow.rules.facts import Fact

MOST_STEPS = 500  # gates passed in one go; a loop of gates alone would never end


class NotOpen(Exception):
    """The task is not waiting for anybody."""


class Stuck(Exception):
    """The drawing leads nowhere or round and round without a person; its author must mend it."""


class _Conditions:
    """The place where SpiffWorkflow would run Python: it reads our conditions and runs nothing."""

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> bool:
        return holds(expression, task.data)

    def execute(self, *_script: object, **_more: object) -> bool:
        raise Stuck("a process runs no script")

    call_service = execute


_CONDITIONS = _Conditions()


class Walk:
    """A running process in memory. Begin or resume one, tell it what happened, and keep `state()`."""

    def __init__(self, blueprint: Blueprint, workflow: Any) -> None:
        self.blueprint = blueprint
        self._workflow = workflow

    @classmethod
    def begin(cls, blueprint: Blueprint, facts: Mapping[str, Fact]) -> "Walk":
        """A new walk from the start to its first tasks, knowing `facts`."""
        walk = cls(blueprint, spiff.workflow_of(blueprint.spec, _CONDITIONS))
        walk._workflow.task_tree.set_data(**facts)
        walk._go_on()
        return walk

    @classmethod
    def resume(cls, blueprint: Blueprint, state: Mapping[str, Any]) -> "Walk":
        """The walk as it was kept."""
        workflow = spiff.workflow_of(blueprint.spec, _CONDITIONS, resumed=True)
        tasks: list[Any] = []
        for kept in state["tasks"]:
            tasks.append(_task(workflow, kept, tasks))
        workflow.task_tree, workflow.completed = tasks[0], state["done"]
        return cls(blueprint, workflow)

    def state(self) -> dict[str, Any]:
        """What must be kept, as JSON."""
        tasks = list(self._workflow.tasks.values())
        places = {task.id: place for place, task in enumerate(tasks)}
        return {"done": self.finished, "tasks": [_kept(task, places) for task in tasks]}

    @property
    def finished(self) -> bool:
        return bool(self._workflow.is_completed())

    def open(self) -> list[str]:
        """Names of the tasks that wait for somebody, in the order of the drawing."""
        ready = {task.task_spec.name for task in self._ready()}
        return [name for name in self.blueprint.tasks if name in ready]

    def complete(self, name: str, facts: Mapping[str, Fact]) -> None:
        """Somebody did the task; the walk goes on with what she decided. Raises NotOpen."""
        task = next((t for t in self._ready() if t.task_spec.name == name), None)
        if task is None:
            raise NotOpen(name)
        task.set_data(**facts)
        task.run()
        self._go_on()

    def tell(self, timer: str) -> None:
        """The time of a timer has come; nothing happens where its task is not waiting."""
        event = spiff.told(timer)
        if any(t.task_spec.catches(t, event) for t in list(self._workflow.event_manager.tasks.values())):
            self._workflow.send_event(event)
            self._go_on()

    def _ready(self) -> list[Any]:
        return [t for t in self._workflow.tasks.values() if t.state == spiff.READY and t.task_spec.manual]

    def _go_on(self) -> None:
        left = MOST_STEPS
        while True:
            gates = [t for t in self._workflow.tasks.values() if t.state == spiff.READY and not t.task_spec.manual]
            if not gates:
                return
            for task in gates:
                if task.state == spiff.READY:
                    left -= 1
                    task.run()
            if left < 0:
                raise Stuck("more than 500 gates without a task")


def passed(state: Mapping[str, Any]) -> set[str]:
    """Steps the walk has been through, from its kept state alone."""
    return {kept["n"] for kept in state["tasks"] if kept["s"] == spiff.COMPLETED}


def ways(state: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The arrows the walk went along, as (step left, step reached), from its kept state alone."""
    tokens = state["tasks"]
    reached = [kept for kept in tokens if kept["s"] in (spiff.COMPLETED, spiff.READY) and _is_step(kept)]
    return {(before["n"], kept["n"]) for kept in reached if (before := _before(kept, tokens)) is not None}


def _is_step(kept: Mapping[str, Any]) -> bool:
    """The engine puts joints of its own between ours: "correct.BoundaryEventSplit", "Start"."""
    return "." not in kept["n"] and kept["n"][0].islower()


def _before(kept: Mapping[str, Any], tokens: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    while "p" in kept:
        kept = tokens[kept["p"]]
        if _is_step(kept):
            return kept
    return None


def waiting(blueprint: Blueprint, state: Mapping[str, Any]) -> set[str]:
    """Tasks that wait for somebody, from the kept state alone."""
    return {k["n"] for k in state["tasks"] if k["s"] == spiff.READY and k["n"] in blueprint.tasks}


def _kept(task: Any, places: Mapping[Any, int]) -> dict[str, Any]:
    parent = task.parent
    kept: dict[str, Any] = {"n": task.task_spec.name, "s": task.state}
    if parent is not None:
        kept["p"] = places[parent.id]
    if not task.has_state(spiff.NOT_REACHED) and task.data != (parent.data if parent is not None else {}):
        kept["d"] = task.data
    if task.internal_data:
        kept["i"] = task.internal_data
    return kept


def _task(workflow: Any, kept: Mapping[str, Any], earlier: list[Any]) -> Any:
    parent = earlier[kept["p"]] if "p" in kept else None
    task = spiff.token(workflow, kept["n"], parent, kept["s"])
    if not task.has_state(spiff.NOT_REACHED):  # what is not reached yet knows nothing: it inherits when reached
        task.data = dict(kept.get("d", parent.data if parent is not None else {}))
    task.internal_data = dict(kept.get("i", {}))
    task.last_state_change = float(len(earlier))  # the order is what joins look at; the time is not kept
    if spiff.waits_for_event(task):
        workflow.event_manager.add_task(task)
    return task
