"""A process drawn as boxes and arrows: the present step stands out, what is done is joined by sea-coloured lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
_HEAD = 8.0
_BESIDE = 150.0  # Words beside a sign may run this far before they break.
_LETTER = 7.0  # Mean width of a letter at 13 px, for breaking a label in two.


@dataclass(frozen=True)
class Node:
    """One step. x, y is the upper left corner; kind is task, start, end, gate or timer; state done, here or later."""

    key: str
    x: float
    y: float
    w: float
    h: float
    label: str
    sub: str = ""
    state: str = "later"
    kind: str = "task"


@dataclass(frozen=True)
class Edge:
    """An arrow through `points`; `done` when the case went that way."""

    points: Sequence[Point]
    done: bool = False
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One line of text in a box, or beside a sign."""

    x: float
    y: float
    text: str
    sub: bool = False
    anchor: str = "middle"

    @property
    def right(self) -> float:
        """About where the text ends."""
        width = len(self.text) * _LETTER
        return self.x + (width if self.anchor == "start" else width / 2)


@dataclass(frozen=True)
class Box:
    node: Node
    cx: float
    cy: float
    r: float
    diamond: str
    lines: list[Line]


@dataclass(frozen=True)
class Arrow:
    path: str
    head: str
    done: bool
    label: str
    label_x: float
    label_y: float
    label_anchor: str


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    view: str
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


def _broken(text: str, width: float) -> list[str]:
    """The text in one line, or in two where one would leave the box."""
    if len(text) * _LETTER <= width or " " not in text:
        return [text]
    cuts = [i for i, letter in enumerate(text) if letter == " "]
    best = min(cuts, key=lambda i: abs(i - len(text) / 2))
    return [text[:best], text[best + 1 :]]


def _lines(node: Node) -> list[Line]:
    """Label and sub-label: centred in a box, to the right of a round or diamond sign, where no arrow runs through."""
    inside = node.kind == "task"
    texts = [(line, False) for line in _broken(node.label, node.w - 12 if inside else _BESIDE)]
    if node.sub:
        texts.append((node.sub, True))
    x, anchor = (node.x + node.w / 2, "middle") if inside else (node.x + node.w + 8, "start")
    top = node.y + node.h / 2 - (len(texts) - 1) * 8 + 4.5
    return [Line(x, top + 16 * i, text, sub, anchor) for i, (text, sub) in enumerate(texts) if text]


def _box(node: Node) -> Box:
    cx, cy = node.x + node.w / 2, node.y + node.h / 2
    diamond = f"M{cx:g} {node.y:g}L{node.x + node.w:g} {cy:g}L{cx:g} {node.y + node.h:g}L{node.x:g} {cy:g}z"
    return Box(node, cx, cy, min(node.w, node.h) / 2, diamond, _lines(node))


def _head(before: Point, tip: Point) -> str:
    """The arrow's point, turned the way the last piece of the line runs."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    back = (tip[0] - ux * _HEAD, tip[1] - uy * _HEAD)
    left = (back[0] - uy * 5, back[1] + ux * 5)
    right = (back[0] + uy * 5, back[1] - ux * 5)
    return f"M{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}z"


def _arrow(edge: Edge) -> Arrow:
    """The line's path, its head, and a place for its word: over a level piece, beside an upright one."""
    points = list(edge.points)
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    pieces = list(pairwise(points))
    longest = max(pieces, key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1]))
    (x1, y1), (x2, y2) = longest
    level = y1 == y2
    word = ((x1 + x2) / 2, y1 - 6, "middle") if level else ((x1 + x2) / 2 + 6, (y1 + y2) / 2 + 4, "start")
    return Arrow(path, _head(*pieces[-1]), edge.done, edge.label, *word)


def drawn(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Boxes and arrows with a margin of 4; the sheet is as large as what stands on it."""
    boxes = [_box(node) for node in nodes]
    xs = [x for n in nodes for x in (n.x, n.x + n.w)] + [p[0] for e in edges for p in e.points]
    ys = [y for n in nodes for y in (n.y, n.y + n.h)] + [p[1] for e in edges for p in e.points]
    xs += [line.right for box in boxes for line in box.lines]
    ys += [line.y + 4 for box in boxes for line in box.lines]
    left, top = min(xs, default=0) - 4, min(ys, default=0) - 4
    width, height = max(xs, default=0) + 4 - left, max(ys, default=0) + 4 - top
    arrows = [_arrow(edge) for edge in edges if len(edge.points) > 1]
    return Drawing(width, height, f"{left:g} {top:g} {width:g} {height:g}", boxes, arrows)
