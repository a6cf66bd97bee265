"""A signed refusal is put in the public register, so that its paper can be told from a forged one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.queries import decision_of
from city.permits.models import RefusedLetter
from city.permits.queries import day_of


@transaction.atomic
def note_refusal(*, case_id: UUID, at: datetime) -> RefusedLetter:
    """Told twice, noted once. The case has published the event; this is its echo in the register."""
    decision = decision_of(case_id)
    if decision is None or decision.number is None or decision.paper_id is None:
        raise ValueError(f"case {case_id} has no numbered refusal with a paper")
    row, _new = RefusedLetter.objects.get_or_create(
        code=decision.code,
        defaults={
            "case_id": case_id,
            "kind": decision.case.kind,
            "number": decision.number.text,
            "paper_id": decision.paper_id,
            "decided_on": day_of(decision.signed_at or at),
        },
    )
    return row
