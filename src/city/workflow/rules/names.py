"""Names of the BPMN 2.0 vocabulary (OMG formal/2013-12-09) that a drawing here may use."""

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
PROPERTIES = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

# Everything else is refused: a script, service, call or rule task would run or fetch something.
STEPS = {f"{BPMN}{name}" for name in ("startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway")}
TIMED = f"{BPMN}boundaryEvent"
EVENT_PROCESS = f"{BPMN}subProcess"
TIMER = f"{BPMN}timerEventDefinition"
FLOW = f"{BPMN}sequenceFlow"
_WORDS = """
    incoming outgoing conditionExpression documentation laneSet lane flowNodeRef childLaneSet textAnnotation text
    association group timeDate timeDuration timeCycle extensionElements
"""
SILENT = {f"{BPMN}{name}" for name in _WORDS.split()} | {f"{PROPERTIES}properties", f"{PROPERTIES}property"}
ALLOWED = STEPS | SILENT | {TIMED, EVENT_PROCESS, TIMER, FLOW}
