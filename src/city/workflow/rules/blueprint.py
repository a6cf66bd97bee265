"""Read a BPMN file: refuse what could run, keep tasks, timers and drawing, and build the token game from the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from city.workflow.rules import names
from city.workflow.rules.conditions import BadCondition, read
from city.workflow.rules.drawing import Sheet, sheet_of
from city.workflow.rules.spiff import spec_of

LARGEST = 400_000  # characters
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class BadProcess(ValueError):
    """This file cannot be a process; `errors` holds one sentence for each thing to mend."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class TaskMark:
    """A user task of the file. `permission` and `agency` say who may see it in a queue; both empty: the applicant."""

    name: str
    label: str
    permission: str
    agency: str


@dataclass(frozen=True)
class TimerMark:
    """A timer of the file. `host` is the task it hangs on, empty for one of the whole process; `action` is the
    registered name of what is done when its time has come. `stops`: it is drawn to end its task or the process."""

    name: str
    label: str
    action: str
    host: str
    stops: bool


@dataclass(frozen=True)
class Blueprint:
    """A process ready to run: parsed once for each version of the file."""

    code: str
    tasks: dict[str, TaskMark]
    timers: dict[str, TimerMark]
    sheet: Sheet
    spec: Any  # SpiffWorkflow's BpmnProcessSpec, which publishes no types


def blueprint_of(bpmn: str) -> Blueprint:
    """Read and check a file. Raises BadProcess with a sentence for each fault."""
    root = _tree(bpmn)
    process = _process(root)
    errors = list(_faults(process))
    if errors:
        raise BadProcess(errors)
    marks = {task.name: task for task in _tasks(process)}
    timers = {timer.name: timer for timer in _timers(process)}
    sheet = sheet_of(root)
    return Blueprint(process.get("id", ""), marks, timers, sheet, _spec(root, process))


def errors_in(bpmn: str) -> list[str]:
    """What keeps this file from being a process, one sentence each; empty when it may be used."""
    try:
        blueprint_of(bpmn)
    except BadProcess as bad:
        return bad.errors
    return []


def _tree(bpmn: str) -> "etree._Element":
    if len(bpmn) > LARGEST:
        raise BadProcess([f"The file is longer than {LARGEST} characters"])
    if "<!DOCTYPE" in bpmn or "<!ENTITY" in bpmn:
        raise BadProcess(["A document type or an entity is not allowed"])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(bpmn.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BadProcess([f"Not XML: line {error.lineno}"]) from error


def _process(root: "etree._Element") -> "etree._Element":
    found = list(root.iter(f"{names.BPMN}process"))
    if len(found) != 1:
        raise BadProcess([f"One process is needed, the file has {len(found)}"])
    return found[0]


def _faults(process: "etree._Element") -> Iterator[str]:
    for step in process.iterdescendants(etree.Element):
        if step.tag not in names.ALLOWED:
            yield f"{etree.QName(step).localname} is not allowed ({step.get('id', 'no id')})"
    for step in process.iter(*names.STEPS, names.TIMED, names.EVENT_PROCESS):
        if not _NAME.fullmatch(step.get("id", "")):
            yield f"{step.get('id', 'a step without id')}: an id is small letters, digits and _"
    for step in process.iter(names.TIMED):
        if step.find(names.TIMER) is None:
            yield f"{step.get('id')}: only a timer may hang on a task"
    yield from _faults_in_branches(process)
    for part in process.iter(names.EVENT_PROCESS):
        yield from _faults_in_event_process(part)


def _faults_in_branches(process: "etree._Element") -> Iterator[str]:
    for gate in process.iter(f"{names.BPMN}exclusiveGateway"):
        ways = [f for f in process.iter(names.FLOW) if f.get("sourceRef") == gate.get("id")]
        if len(ways) < 2:
            continue
        if gate.get("default") not in {way.get("id") for way in ways}:
            yield f"{gate.get('id')}: one way must be the default, so that no case is stuck"
        for way in ways:
            if way.get("id") != gate.get("default") and way.find(f"{names.BPMN}conditionExpression") is None:
                yield f"{way.get('id')}: a way that is not the default needs a condition"
    for condition in process.iter(f"{names.BPMN}conditionExpression"):
        try:
            read(condition.text or "")
        except BadCondition as bad:
            yield f"condition {condition.text!r}: {bad}"


def _faults_in_event_process(part: "etree._Element") -> Iterator[str]:
    """An event sub-process names a time of the whole process; what is done then is its registered action."""
    if part.get("triggeredByEvent") != "true":
        yield f"{part.get('id')}: a sub-process is not allowed, only an event sub-process with a timer"
    starts = [s for s in part if s.tag == f"{names.BPMN}startEvent"]
    if len(starts) != 1 or starts[0].find(names.TIMER) is None:
        yield f"{part.get('id')}: an event sub-process begins with one timer"
    if any(step.tag in names.STEPS - {f"{names.BPMN}startEvent", f"{names.BPMN}endEvent"} for step in part):
        yield f"{part.get('id')}: an event sub-process has no steps of its own"


def _property(step: "etree._Element", name: str) -> str:
    for found in step.iterfind(
        f"{names.BPMN}extensionElements/{names.PROPERTIES}properties/{names.PROPERTIES}property"
    ):
        if found.get("name") == name:
            return str(found.get("value", ""))
    return ""


def _label(step: "etree._Element") -> str:
    return " ".join(step.get("name", "").split()) or str(step.get("id"))


def _tasks(process: "etree._Element") -> Iterator[TaskMark]:
    for step in process.iter(f"{names.BPMN}userTask"):
        yield TaskMark(str(step.get("id")), _label(step), _property(step, "permission"), _property(step, "agency"))


def _timers(process: "etree._Element") -> Iterator[TimerMark]:
    hung = process.iter(names.TIMED)
    whole = (s for part in process.iter(names.EVENT_PROCESS) for s in part.iter(f"{names.BPMN}startEvent"))
    for step in (*hung, *whole):
        name = str(step.get("id"))
        stops = step.get("cancelActivity", step.get("isInterrupting", "true")) != "false"
        yield TimerMark(name, _label(step), _property(step, "action") or name, step.get("attachedToRef", ""), stops)


def _spec(root: "etree._Element", process: "etree._Element") -> Any:
    """The token game, without what only the reader or the clock needs."""
    for part in list(process.iter(names.EVENT_PROCESS)):
        process.remove(part)
    for drawn in list(root.iter(f"{names.BPMNDI}BPMNDiagram")):
        root.remove(drawn)
    process.set("isExecutable", "true")
    try:
        return spec_of(root, str(process.get("id")))
    except ValueError as error:
        raise BadProcess([str(error)]) from error
