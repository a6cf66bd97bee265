"""Lists page by key: each page starts after the last row seen, so that page 2,000 costs what page 1 costs."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows; `next_key` opens the next one, empty at the end."""

    rows: Sequence[Row]
    next_key: str


def _as_key(values: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(v) for v in values]).encode()).decode().rstrip("=")


def _from_key(key: str, size: int) -> list[str] | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except ValueError:
        return None
    return values if isinstance(values, list) and len(values) == size else None


def page_of(
    rows: "QuerySet[Any, Any]", *, by: tuple[str, ...], after: str = "", size: int = 50
) -> Page[dict[str, Any]]:
    """A page of a `.values(…)` QuerySet ordered by `by` (a leading "-" on all of them or on none; the last is unique).

    A key that cannot be read starts at the beginning: an old bookmark is not an error.
    """
    down = by[0].startswith("-")
    names = [name.lstrip("-") for name in by]
    seen = _from_key(after, len(names)) if after else None
    ordered = rows.order_by(*by)
    if seen is not None:
        ordered = ordered.filter(_beyond(names, seen, "lt" if down else "gt"))
    found = list(ordered[: size + 1])
    more = len(found) > size
    return Page(found[:size], _as_key([found[size - 1][n] for n in names]) if more else "")


def _beyond(names: list[str], seen: list[str], than: str) -> Q:
    where = Q()
    for i, name in enumerate(names):
        step = Q(**{f"{name}__{than}": seen[i]})
        for j in range(i):
            step &= Q(**{names[j]: seen[j]})
        where |= step
    # Said once more for the first column alone: PostgreSQL then starts in the index where the last page ended.
    return Q(**{f"{names[0]}__{than}e": seen[0]}) & where
