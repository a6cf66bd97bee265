"""The whole way of a case, from a draft to its end."""

import pytest

from city.cases.models import Case, Decision, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import Desk, decided
from city.kernel.queries import history_of
from city.workflow.models import Process

pytestmark = pytest.mark.django_db


def names_of(case: Case) -> list[str]:
    return [one.name for one in history_of("case", case.pk)]


def test_an_application_is_granted(desk: Desk, pen: Pen) -> None:
    case = decided(desk)
    decision = Decision.objects.get(case=case)
    assert (case.state, case.turn, case.receipt) == (State.ISSUED, "", "SPC-CTH-2026-000001")
    assert decision.number is not None
    assert (decision.number.text, decision.number.state) == ("503/1/CTH/DPMPTSP/2026", "used")
    assert decision.signer_id == desk.head.appointment_id
    assert Process.objects.get(subject_id=case.pk).ended_at is not None
    assert names_of(case) == [
        "CaseOpened", "CaseSubmitted", "DocumentAccepted", "DocumentAccepted", "CaseRegistered", "CaseExamined",
        "ReviewGiven", "DecisionDrafted", "DecisionInitialled", "DecisionInitialled", "DecisionSigned", "CaseIssued",
    ]  # fmt: skip


def test_an_application_is_refused(desk: Desk, pen: Pen) -> None:
    case = decided(desk, "refuse")
    decision = Decision.objects.get(case=case)
    assert (case.state, decision.refusal_code, decision.refusal_article) == (State.REJECTED, "A1", "Pasal 5")
    assert names_of(case)[-1] == "CaseRejected"
