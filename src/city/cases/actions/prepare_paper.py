"""The paper of a decision is written under its reserved number, by a job that may be repeated."""

from datetime import datetime
from uuid import UUID

from city.cases.declare import PaperOrder, PaperRequest
from city.cases.models import Case, Decision
from city.cases.queries import decision_of, kind_on_shelf, spec_of
from city.cases.rules.clock import day_of
from city.documents import actions as documents
from city.people.queries import head_of


def prepare_paper(*, case_id: UUID, paper_id: UUID, at: datetime) -> bool:
    """Write the paper; sealed at once by the agency when silence decided. False when the decision has moved on.

    The number stands in the row, so that every repetition writes the same paper; a paper given up meanwhile is not
    written. Raises RuntimeError for a kind that composes no paper.
    """
    decision = decision_of(case_id)
    if decision is None or decision.paper_id != paper_id:
        return False
    case = Case.objects.get(pk=case_id)
    order = _order(case, decision, at)
    _write(decision, order, at=at)
    named = head_of(spec_of(case.kind_version_id).decisions.signer, day_of(at))
    Decision.objects.filter(pk=decision.pk, paper_id=paper_id).update(named=named)
    if decision.automatic:
        documents.seal_paper(paper_id=paper_id, agency=case.agency, at=at)
    return True


def _order(case: Case, decision: Decision, at: datetime) -> PaperOrder:
    compose = kind_on_shelf(case.kind).paper
    if compose is None or decision.number is None:
        raise RuntimeError(f"kind {case.kind} composes no paper")
    request = PaperRequest(
        case_id=case.pk,
        outcome=decision.outcome,
        number=decision.number.text,
        code=decision.code,
        automatic=decision.automatic,
        at=at,
    )
    return compose(request)


def _write(decision: Decision, order: PaperOrder, *, at: datetime) -> None:
    if decision.paper_id is None or decision.number is None:
        raise RuntimeError(f"decision {decision.pk} is not numbered")
    draft = documents.PaperDraft(
        paper_id=decision.paper_id,
        template=order.template,
        data=order.data,
        number=decision.number.text,
        code=decision.code,
        verify_url=order.verify_url,
        purpose=f"case:{decision.case_id}",
        source=order.source,
    )
    documents.prepare_paper(draft, at=at)
