"""Whether what a case owes was paid."""

from uuid import UUID

from city.kernel.queries import history_of


def is_fee_settled(case_id: UUID) -> bool:
    """True once its bill was settled, or nothing was owed."""
    told = history_of("case", case_id).filter(name__in=["CasePaid", "CaseAssessed"])
    return any(one.name == "CasePaid" or one.data["amount"] == 0 for one in told)
