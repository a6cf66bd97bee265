"""The fence before a grant."""

from datetime import datetime

from city.cases.models import Case
from city.cases.queries import answers_in, obstacles_of
from city.kernel.errors import FieldError, Refusal


def require_unobstructed(case: Case, at: datetime) -> None:
    """Raises Refusal 422 with the officers' sentence when a fact outside the form keeps this from being granted."""
    found = obstacles_of(case, answers_in(case), at)
    if found:
        errors = [FieldError("outcome", one.desk) for one in found]
        raise Refusal("case.obstacle", found[0].desk, status=422, errors=errors)
