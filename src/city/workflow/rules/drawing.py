"""A process as it is drawn: boxes and arrows with the coordinates of the file, coloured by where the case stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from lxml import etree  # type: ignore[import-untyped]

from city.ui.rules.flow import Edge, Node, Point
from city.workflow.rules import names

_KINDS = {
    "userTask": "task",
    "startEvent": "start",
    "endEvent": "end",
    "exclusiveGateway": "gate",
    "parallelGateway": "gate",
    "boundaryEvent": "timer",
}


@dataclass(frozen=True)
class Diagram:
    """What the page draws: pass `nodes` and `edges` to ui's flow; `here` are the words of the present steps."""

    nodes: list[Node]
    edges: list[Edge]
    width: float
    height: float
    here: list[str]


@dataclass(frozen=True)
class Line:
    """One arrow of the file: which step it leaves, which it reaches."""

    source: str
    target: str
    edge: Edge


@dataclass(frozen=True)
class Sheet:
    """The drawing of a file before any case stood anywhere in it."""

    nodes: dict[str, Node]
    lines: list[Line]


def sheet_of(root: "etree._Element") -> Sheet:
    """Shapes and edges of the BPMN diagram part; a step without a shape is left out of the picture."""
    steps = {e.get("id", ""): e for e in root.iter(*names.STEPS, names.TIMED, names.FLOW)}
    nodes = {}
    for shape in root.iter(f"{names.BPMNDI}BPMNShape"):
        step = steps.get(shape.get("bpmnElement", ""))
        if step is not None and (node := _node(step, shape)) is not None:
            nodes[node.key] = node
    drawn = {edge.get("bpmnElement", ""): edge for edge in root.iter(f"{names.BPMNDI}BPMNEdge")}
    flows = [flow for flow in root.iter(names.FLOW) if {flow.get("sourceRef"), flow.get("targetRef")} <= set(nodes)]
    return Sheet(nodes, [_line(flow, drawn.get(flow.get("id", "")), nodes) for flow in flows])


def _node(step: "etree._Element", shape: "etree._Element") -> Node | None:
    bounds = shape.find(f"{names.DC}Bounds")
    kind = _KINDS.get(etree.QName(step).localname)
    if bounds is None or kind is None:
        return None
    if kind == "start" and step.find(names.TIMER) is not None:
        kind = "timer"
    x, y, w, h = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
    return Node(step.get("id", ""), x, y, w, h, _words(step), kind=kind)


def _words(step: "etree._Element") -> str:
    return " ".join(step.get("name", "").split())


def _line(flow: "etree._Element", drawn: "etree._Element | None", nodes: Mapping[str, Node]) -> Line:
    source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
    waypoints = [] if drawn is None else drawn.iter(f"{names.DI}waypoint")
    points = [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in waypoints]
    return Line(source, target, Edge(points or joined(nodes[source], nodes[target]), label=_words(flow)))


def joined(a: Node, b: Node) -> list[Point]:
    """A line for a flow that nobody drew: straight where boxes face each other, else with one bend.

    A gate is left sideways, so that its way back does not run through the step before it.
    """
    ax, ay, bx, by = a.x + a.w / 2, a.y + a.h / 2, b.x + b.w / 2, b.y + b.h / 2
    below, beside = (a.y + a.h if by > ay else a.y), (a.x + a.w if bx > ax else a.x)
    if abs(ax - bx) < 1:
        return [(ax, below), (bx, b.y if by > ay else b.y + b.h)]
    into_side = (b.x if bx > ax else b.x + b.w, by)
    if abs(ay - by) < 1:
        return [(beside, ay), into_side]
    if a.kind == "gate":
        return [(beside, ay), (bx, ay), (bx, b.y if by > ay else b.y + b.h)]
    return [(ax, below), (ax, by), into_side]


@dataclass(frozen=True)
class Standing:
    """Where a case stands: steps passed (`done`), steps waited for (`here`), arrows gone along (`ways`)."""

    done: Collection[str] = ()
    here: Collection[str] = ()
    ways: Collection[tuple[str, str]] = ()


def diagram_of(
    sheet: Sheet, at: Standing, *, labels: Mapping[str, str] | None = None, subs: Mapping[str, str] | None = None
) -> Diagram:
    """Colour the sheet by where the case stands.

    `labels` replaces words by step (another language), `subs` adds a line below (a date, an office).
    """
    words, notes = labels or {}, subs or {}
    passed = set(at.done) - set(at.here)
    nodes = [
        replace(
            node,
            label=words.get(key, node.label),
            sub=notes.get(key, ""),
            state="here" if key in at.here else "done" if key in passed else "later",
        )
        for key, node in sheet.nodes.items()
    ]
    edges = [replace(line.edge, done=(line.source, line.target) in at.ways) for line in sheet.lines]
    return Diagram(
        nodes,
        edges,
        max((n.x + n.w for n in nodes), default=0.0),
        max((n.y + n.h for n in nodes), default=0.0),
        [n.label for n in nodes if n.state == "here"],
    )
