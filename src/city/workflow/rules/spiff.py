"""Everything we take from SpiffWorkflow, which publishes no types: its parser cut down to what we allow, its tokens."""

import logging
from collections.abc import Callable
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from city.workflow.rules import names

# It tells every token's every move; our rows and events say what happened.
logging.getLogger("spiff").setLevel(logging.WARNING)

READY: int = TaskState.READY
WAITING: int = TaskState.WAITING
COMPLETED: int = TaskState.COMPLETED
NOT_REACHED: int = TaskState.PREDICTED_MASK | TaskState.FUTURE

_signal: Callable[[str], Any] = SignalEventDefinition
_event: Callable[[Any], Any] = BpmnEvent
_workflow: Callable[..., Any] = BpmnWorkflow
_token: Callable[..., Any] = Task


class _ToldTime(BoundaryEventParser):
    """A timer is an event of our own by the name of its element: the file's duration is for the reader, since days
    here are working days and the due date stands in a row."""

    def parse_timer_event(self, event: Any) -> Any:
        return _signal(str(self.bpmn_id))


class _Parser(BpmnParser):
    PARSER_CLASSES = {
        **{tag: made for tag, made in BpmnParser.PARSER_CLASSES.items() if tag in names.STEPS},
        names.TIMED: (_ToldTime, BoundaryEvent),
    }


def spec_of(root: Any, process_id: str) -> Any:
    """The token game of a parsed file. Raises ValueError with the parser's sentence for a file it cannot follow."""
    make: Callable[[], Any] = _Parser
    parser = make()
    try:
        parser.add_bpmn_xml(root)
        return parser.get_spec(process_id)
    except ValidationException as error:
        raise ValueError(str(error)) from error


def workflow_of(spec: Any, conditions: object, *, resumed: bool = False) -> Any:
    """A walk over the specification, at its start or empty to be filled again."""
    return _workflow(spec, script_engine=conditions, deserializing=resumed)


def token(workflow: Any, step: str, parent: Any, state: int) -> Any:
    """A token put back where it was, below its parent."""
    return _token(workflow, workflow.spec.task_specs[step], parent, state=state)


def told(timer: str) -> Any:
    """The event that a timer's time has come."""
    return _event(_signal(timer))


def waits_for_event(task: Any) -> bool:
    """Whether the token sits on an event that has yet to come."""
    return isinstance(task.task_spec, CatchingEvent) and task.state == WAITING
