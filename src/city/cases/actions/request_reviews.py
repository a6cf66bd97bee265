"""Agencies are asked for their opinion, all at the same time."""

from datetime import datetime

from city.cases.declare import KindSpec
from city.cases.models import Case, Review


def request_reviews(case: Case, spec: KindSpec, *, at: datetime) -> None:
    """One request for each agency the kind names; one already asked is not asked twice."""
    Review.objects.bulk_create(
        [
            Review(case=case, agency=agency, urgent_on=case.due_on or case.urgent_on, requested_at=at)
            for agency in spec.reviewers
        ],
        ignore_conflicts=True,
    )
