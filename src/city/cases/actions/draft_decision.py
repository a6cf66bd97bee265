"""The decision is drafted: granted, or refused with a coded reason and its article."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.actions.number_decision import number_decision
from city.cases.actions.obstacle import require_unobstructed
from city.cases.declare import KindSpec
from city.cases.declare.powers import Power
from city.cases.events import DecisionDrafted
from city.cases.models import Case, Decision
from city.cases.queries import is_fee_settled, is_recommended, spec_of
from city.cases.rules import states
from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish

GRANT, REFUSE = Decision.Outcome.GRANT, Decision.Outcome.REFUSE
_NOT_RECOMMENDED = _("Instansi teknis tidak merekomendasikan, jadi permohonan ini hanya bisa ditolak.")
_NOT_PAID = _("Retribusi belum lunas, jadi permohonan ini belum bisa dikabulkan.")


@dataclass(frozen=True)
class Grounds:
    """Why an application is refused: a code of the kind; article and words where the kind's code leaves them open."""

    code: str
    article: str = ""
    text: str = ""


@transaction.atomic
def draft_decision(
    *, case_id: UUID, outcome: str, by: Actor, at: datetime, seen: int | None = None, refusal: Grounds | None = None
) -> Case:
    """Draft the decree, "grant" or "refuse"; it goes to the first paraf of its chain, or straight to the signer.

    A refusal names its code and article. What a technical agency did not recommend, or an obstacle of its kind holds,
    cannot be granted. Raises Refusal 422 for a refusal without grounds, 403, 404, 409.
    """
    case = locked(case_id)
    require_office(case, by, Power.DRAFT)
    if not still_to_do(states.Verb.DRAFT, DecisionDrafted, case, by=by, seen=seen):
        return case
    spec = spec_of(case.kind_version_id)
    grounds = _grounds(spec, outcome, refusal)
    if outcome == GRANT:
        _require_recommended(case)
        _require_paid(case, spec)
        require_unobstructed(case, at)
    decision = _drafted(case, outcome, grounds, by=by, at=at)
    steps.done(case, states.DRAFT, by=by, at=at, outcome=outcome)
    steps.moved(case, states.after_drafting(spec.decisions.initials))
    if case.turn == states.SIGN:
        number_decision(case, decision, spec, at=at)
    kept(case, at=at)
    event = DecisionDrafted(
        case_id=case.pk, kind=case.kind, outcome=outcome, refusal=decision.refusal_code, turn=case.turn
    )
    publish(event, by=by, at=at)
    return case


def _drafted(case: Case, outcome: str, grounds: Grounds, *, by: Actor, at: datetime) -> Decision:
    """One decision per case: a draft that was sent back is written over."""
    decision = Decision.objects.filter(case_id=case.pk).first() or Decision(case=case)
    decision.outcome, decision.state, decision.initials = outcome, Decision.State.DRAFTED, []
    decision.drafter_id, decision.drafted_at = by.person_id, at
    decision.refusal_code, decision.refusal_article = grounds.code, grounds.article
    decision.refusal_text, decision.returned_reason = grounds.text, ""
    decision.save()
    return decision


def _grounds(spec: KindSpec, outcome: str, refusal: Grounds | None) -> Grounds:
    """The grounds as they will stand in the letter. Raises Refusal 422 where a refusal lacks them."""
    if outcome == GRANT:
        return Grounds("")
    if outcome != REFUSE:
        raise _unclear("outcome", _("Pilih: kabulkan atau tolak."))
    known = spec.refusal(refusal.code) if refusal else None
    if refusal is None or known is None:
        raise _unclear("refusal", _("Pilih alasan penolakan dari daftar."))
    article = refusal.article.strip() or known.article
    if not article:
        raise _unclear("article", _("Tulis pasal yang menjadi dasar penolakan."))
    if known.free_text and not refusal.text.strip():
        raise _unclear("text", _("Tulis penjelasan penolakan untuk pemohon."))
    return Grounds(known.code, article, refusal.text.strip())


def _unclear(field: str, sentence: object) -> Refusal:
    return Refusal("case.no_grounds", sentence, status=422, errors=[FieldError(field, sentence)])


def _require_recommended(case: Case) -> None:
    if not is_recommended(case.pk):
        raise Refusal(
            "case.not_recommended", _NOT_RECOMMENDED, status=422, errors=[FieldError("outcome", _NOT_RECOMMENDED)]
        )


def _require_paid(case: Case, spec: KindSpec) -> None:
    """The drawing sends a case to its fee first; a drawing that forgets it must not give the thing away."""
    if spec.fee is not None and not is_fee_settled(case.pk):
        raise Refusal("case.not_paid", _NOT_PAID, status=422, errors=[FieldError("outcome", _NOT_PAID)])
