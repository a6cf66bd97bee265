"""The decision on a case."""

from uuid import UUID

from city.cases.models import Case, Decision, Review


def decision_of(case_id: UUID) -> Decision | None:
    """The decision as it stands: a draft is the desk's alone until it is signed."""
    return Decision.objects.select_related("number__series").filter(case_id=case_id).first()


def decision_of_paper(paper_id: UUID) -> Decision | None:
    return Decision.objects.select_related("case", "number").filter(paper_id=paper_id).first()


def granted_to(person_id: UUID, kind: str) -> list[Case]:
    """A person's cases of a kind that end with a grant: signed, or given by silence."""
    granted = {"decision__state": Decision.State.SIGNED, "decision__outcome": Decision.Outcome.GRANT}
    return list(Case.objects.filter(applicant_id=person_id, kind=kind, **granted))


def reviews_of(case_id: UUID) -> list[Review]:
    """The agencies asked for their opinion, in the order they were asked."""
    return list(Review.objects.filter(case_id=case_id).order_by("requested_at", "agency"))
