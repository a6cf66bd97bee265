"""An agency gives its technical opinion."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.join import opinion_in
from city.cases.actions.lock import kept, locked, require_reviewer, still_to_do
from city.cases.events import ReviewGiven
from city.cases.models import Case, Review
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish

SHORTEST_REASON = 10
OPINIONS = {Review.State.RECOMMENDED, Review.State.CONDITIONAL, Review.State.NOT_RECOMMENDED}
_CHOOSE = _("Pilih pendapat: direkomendasikan, dengan syarat, atau tidak direkomendasikan.")
_REASON = _("Tulis alasan atau syaratnya, paling sedikit 10 huruf. Pemohon akan membacanya.")
_GIVEN = _("Kajian dari instansi Anda sudah diberikan. Lihat keadaan terbaru.")


@transaction.atomic
def review(*, case_id: UUID, opinion: str, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The opinion of the actor's agency: recommended, conditional or not_recommended; the last two with their reason.

    When no other agency and no inspection is awaited, the case goes on: to its fee, or the draft of its decision.
    Raises Refusal 422 for an opinion without reason, 404 for an agency that was not asked, 409 for a second one.
    """
    case = locked(case_id)
    require_reviewer(case, by)
    if not still_to_do(states.Verb.REVIEW, ReviewGiven, case, by=by, seen=seen):
        return case
    asked = Review.objects.get(case_id=case_id, agency=by.agency)
    if asked.state not in Review.OPEN:
        return _given_before(asked, case, by)
    _require_reasoned(opinion, reason)
    asked.state, asked.reason, asked.given_by, asked.given_at = opinion, reason.strip(), by.ref, at
    asked.save()
    _complete_step(case, asked, by=by, at=at)
    last = opinion_in(case)
    kept(case, at=at)
    given = ReviewGiven(
        case_id=case.pk, kind=case.kind, agency=by.agency, opinion=opinion, last=last, turn=case.turn if last else ""
    )
    publish(given, by=by, at=at)
    return case


def _given_before(asked: Review, case: Case, by: Actor) -> Case:
    if asked.given_by == by.ref:
        return case
    raise Refusal("case.review_given", _GIVEN)


def _require_reasoned(opinion: str, reason: str) -> None:
    if opinion not in OPINIONS:
        raise Refusal("case.no_opinion", _CHOOSE, status=422, errors=[FieldError("opinion", _CHOOSE)])
    if opinion != Review.State.RECOMMENDED and len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("case.no_reason", _REASON, status=422, errors=[FieldError("reason", _REASON)])


def _complete_step(case: Case, asked: Review, *, by: Actor, at: datetime) -> None:
    """A kind may draw a step for each agency, or one for all that is done with the last of them. Advice against is told
    as a fact of its own, which no later opinion takes back."""
    against = {"negative": True} if asked.state == Review.State.NOT_RECOMMENDED else {}
    own = f"{states.REVIEW}_{asked.agency.lower()}"
    if own in steps.open_steps(case):
        steps.done(case, own, by=by, at=at, opinion=asked.state, **against)
    elif not Review.objects.filter(case_id=case.pk, state__in=Review.OPEN).exists():
        steps.done(case, states.REVIEW, by=by, at=at, opinion=asked.state, **against)
