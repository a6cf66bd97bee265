"""Time as a horizon: a line of working days, a dotted part where the count rests, one dot for today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, LEFT, RIGHT, LINE = 340, 20, 320, 34
_MOST_TICKS = 31  # More ticks than this run together on a phone; then only every fifth is drawn.


@dataclass(frozen=True)
class Day:
    """One working day. `paused`: the count rested. The day flagged `today` and those before it have passed;
    days after the one flagged `deadline` are late."""

    on: date
    paused: bool = False
    today: bool = False
    deadline: bool = False


@dataclass(frozen=True)
class Drawing:
    """SVG path data on a 340 × 66 sheet; an empty string draws nothing. `anchor` keeps the dot's word inside."""

    done: str
    rest: str
    late: str
    ticks: str
    dot: float | None
    anchor: str
    word_x: float
    first: date | None
    last: date | None


def _spans(flags: Sequence[bool], step: float) -> str:
    """Path data for each run of days whose flag is up."""
    parts: list[str] = []
    start: int | None = None
    for index, up in enumerate([*flags, False]):
        if up and start is None:
            start = index
        elif not up and start is not None:
            parts.append(f"M{LEFT + start * step:.1f} {LINE}h{(index - start) * step:.1f}")
            start = None
    return "".join(parts)


def _ticks(days: Sequence[Day], step: float) -> str:
    """A tick at each end of a counted day; none inside a pause."""
    every = 1 if len(days) < _MOST_TICKS else 5
    inside = {i for i in range(1, len(days)) if days[i - 1].paused and days[i].paused}
    marks = [i for i in range(len(days) + 1) if i not in inside and (i % every == 0 or i == len(days))]
    return "".join(f"M{LEFT + i * step:.1f} {LINE - 5}v10" for i in marks)


def _anchor(x: float) -> tuple[str, float]:
    """Where the word over the dot hangs, so that it never leaves the sheet."""
    if x < 100:
        return "start", max(0, x - 12)
    if x > WIDTH - 100:
        return "end", min(WIDTH, x + 12)
    return "middle", x


def drawn(days: Sequence[Day]) -> Drawing:
    """The horizon of these days, oldest first; with no day flagged today the count has not begun."""
    step = (RIGHT - LEFT) / max(1, len(days))
    now = next((i for i, day in enumerate(days) if day.today), None)
    end = next((i for i, day in enumerate(days) if day.deadline), len(days) - 1)
    past = [now is not None and i <= now for i in range(len(days))]
    dot = None if now is None else LEFT + (now + 1) * step
    anchor, word_x = _anchor(dot if dot is not None else LEFT)
    return Drawing(
        done=_spans([p and not d.paused and i <= end for i, (p, d) in enumerate(zip(past, days, strict=True))], step),
        rest=_spans([day.paused for day in days], step),
        late=_spans([i > end and not day.paused for i, day in enumerate(days)], step),
        ticks=_ticks(days, step),
        dot=dot,
        anchor=anchor,
        word_x=word_x,
        first=days[0].on if days else None,
        last=days[end].on if days else None,
    )
