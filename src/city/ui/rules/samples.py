"""Made-up days and steps for the gallery of parts; the people and permits in it are invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from city.ui.rules.flow import Edge, Node
from city.ui.rules.horizon import Day


def _working_days(first: date, count: int) -> list[date]:
    days: list[date] = []
    day = first
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return days


def _horizon(today: int | None, paused: range, count: int = 12, deadline: int | None = None) -> list[Day]:
    last = count - 1 if deadline is None else deadline
    return [
        Day(on, paused=i in paused, today=i == today, deadline=i == last)
        for i, on in enumerate(_working_days(date(2026, 11, 12), count))
    ]


def _flow() -> tuple[list[Node], list[Edge]]:
    nodes = [
        Node("start", 158, 4, 24, 24, "", state="done", kind="start"),
        Node("submitted", 85, 52, 170, 46, "Diajukan", "9 November", "done"),
        Node("complete", 85, 126, 170, 46, "Lengkap", "12 November", "done"),
        Node("review", 70, 200, 200, 50, "Kajian Dinas Kesehatan", "sekarang", "here"),
        Node("draft", 85, 278, 170, 46, "Konsep dan paraf", "DPMPTSP"),
        Node("sign", 85, 352, 170, 46, "Tanda tangan", "Kepala DPMPTSP"),
        Node("end", 158, 426, 24, 24, "Izin terbit", kind="end"),
    ]
    edges = [
        Edge([(170, 28), (170, 52)], done=True),
        Edge([(170, 98), (170, 126)], done=True),
        Edge([(170, 172), (170, 200)], done=True),
        Edge([(170, 250), (170, 278)]),
        Edge([(170, 324), (170, 352)]),
        Edge([(170, 398), (170, 426)]),
        Edge([(85, 149), (8, 149), (8, 75), (85, 75)], label="perbaikan"),
    ]
    return nodes, edges


def samples() -> dict[str, Any]:
    """What components.html draws: horizons in every state and one process."""
    nodes, edges = _flow()
    return {
        "day": date(2026, 12, 20),
        "moment": datetime(2026, 11, 11, 7, 10, tzinfo=UTC),
        "running": _horizon(5, range(0)),
        "resting": _horizon(7, range(6, 8)),
        "waiting": _horizon(None, range(0), 5),
        "late": _horizon(6, range(0), 7, 4),
        "long": _horizon(20, range(8, 11), 45),
        "flow_nodes": nodes,
        "flow_edges": edges,
    }
