"""A person's own errands, whose turn first."""

from datetime import datetime
from uuid import UUID

from city.permits.queries import own_cases, own_permits
from city.permits.queries.mine import Errand

SHOWN = 4
_RANK = {"you": 0, "sea": 1, "ok": 2}


def errands(person_id: UUID, at: datetime) -> tuple[list[Errand], bool]:
    """The few that matter most now (mine first, then running, then permits), and whether there are more."""
    cases = [row for row in own_cases(person_id, "", at).rows if row.tone != "ok"]  # granted: its permit stands there
    rows = [*cases, *own_permits(person_id, at)]
    return sorted(rows, key=lambda row: _RANK.get(row.tone, 3))[:SHOWN], len(rows) > SHOWN
