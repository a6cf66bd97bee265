"""A process to try things with: the example file, its officers, its hours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from city.kernel.actor import Actor
from city.workflow import actions
from city.workflow.models import Process, Task

EXAMPLE = Path(__file__).with_name("example.bpmn").read_text()
# Two reviews at the same time, then one task more.
FORK = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p">
  <startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="split"/>
  <parallelGateway id="split"/><sequenceFlow id="b" sourceRef="split" targetRef="one"/>
  <sequenceFlow id="c" sourceRef="split" targetRef="two"/><userTask id="one"/><userTask id="two"/>
  <sequenceFlow id="d" sourceRef="one" targetRef="both"/><sequenceFlow id="e" sourceRef="two" targetRef="both"/>
  <parallelGateway id="both"/><sequenceFlow id="f" sourceRef="both" targetRef="after"/><userTask id="after"/>
  <sequenceFlow id="g" sourceRef="after" targetRef="z"/><endEvent id="z"/></process></definitions>"""
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
DEWI = Actor(ref="person:dewi", agency="DPMPTSP", permissions=frozenset({"permits.verify"}))


def a_process(subject_id: UUID | None = None, bpmn: str = EXAMPLE) -> Process:
    """A process of a fresh case, at its first task."""
    return actions.start(
        spec_code="example", bpmn=bpmn, subject_kind="case", subject_id=subject_id or uuid4(), facts={}, at=NOON
    )


def moved(process: Process, *steps: tuple[str, str]) -> Process:
    """The process after these (task, outcome) pairs."""
    for task, outcome in steps:
        process = actions.complete(process_id=process.pk, task=task, by=DEWI, at=NOON, outcome=outcome)
    return process


def returned(process: Process | None = None) -> Process:
    """A process whose file went back to the applicant."""
    return moved(process or a_process(), ("verify", "return"))


def open_names(process: Process) -> list[str]:
    return sorted(Task.objects.filter(process=process, state=Task.State.OPEN).values_list("name", flat=True))
