"""An agency that is late with its opinion is reminded each working day, and every reminder stands on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from city.cases.actions.lock import locked
from city.cases.events import OpinionOverdue
from city.cases.models import Inspection, Review
from city.cases.rules import states
from city.cases.rules.clock import MORNING, day_of
from city.kernel.actor import system
from city.kernel.events import publish
from city.kernel.queries import working_calendar
from city.kernel.rules import WIB

CLOCK = system("clock")
MOST = 200  # a day's reminders in one go; the rest follow a moment later


def remind_reviewers(at: datetime) -> int:
    """Remind whoever owes a review or an inspection beyond its share of the time; once a working day, from the morning
    on. Returns how many were reminded. Each is a transaction of its own."""
    today, calendar = day_of(at), working_calendar()
    if not calendar.days_between(today, today) or at.astimezone(WIB).time() < MORNING:
        return 0
    late = Q(due_on__lt=today, case__ended_at=None) & (Q(reminded_on=None) | Q(reminded_on__lt=today))
    reviews = Review.objects.filter(late, state__in=Review.OPEN)
    visits = Inspection.objects.filter(late, state__in=Inspection.OPEN)
    owed: list[tuple[type[Review] | type[Inspection], UUID, UUID]] = [
        *((Review, *row) for row in reviews.order_by("pk").values_list("pk", "case_id")[:MOST]),
        *((Inspection, *row) for row in visits.order_by("pk").values_list("pk", "case_id")[:MOST]),
    ]
    return sum(_remind(model, pk, case_id, at) for model, pk, case_id in owed)


@transaction.atomic
def _remind(model: type[Review] | type[Inspection], pk: UUID, case_id: UUID, at: datetime) -> bool:
    case, today = locked(case_id), day_of(at)
    owed = model.objects.get(pk=pk)
    if case.is_final or owed.state not in owed.OPEN or owed.reminded_on == today or owed.due_on is None:
        return False
    owed.reminded_on, owed.reminders = today, owed.reminders + 1
    owed.save(update_fields=["reminded_on", "reminders"])
    late = len(working_calendar().days_between(owed.due_on, today)) - 1
    step = states.REVIEW if model is Review else states.INSPECT
    publish(
        OpinionOverdue(
            case_id=case.pk, kind=case.kind, agency=owed.agency, step=step, days_late=late, count=owed.reminders
        ),
        by=CLOCK,
        at=at,
    )
    return True
