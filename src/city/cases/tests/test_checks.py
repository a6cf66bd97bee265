"""`city verify` finds what was written past the verbs."""

from datetime import date

import pytest

from city.cases import checks
from city.cases.models import Case, Correction, Decision, Number, Series, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import AT, Desk, a_case, decided, returned, write_paper
from city.kernel.checks import CHECKS

pytestmark = pytest.mark.django_db


def complaints() -> list[str]:
    return [said for name, ask in CHECKS.items() if name.startswith("cases:") for said in ask()]


def test_a_sound_city_has_nothing_to_say(desk: Desk, pen: Pen) -> None:
    for state in (State.SUBMITTED, State.REGISTERED, State.TECHNICAL, State.INITIALLING, State.SIGNING):
        a_case(desk, state)
    returned(a_case(desk), desk.front)
    returned(a_case(desk, State.REGISTERED), desk.back)
    decided(desk)
    assert complaints() == []


def test_a_status_written_past_the_verbs_shows(desk: Desk) -> None:
    case = a_case(desk)
    Case.objects.filter(pk=case.pk).update(turn="sign")
    assert list(checks.turns_agree_with_tasks()) == [f"Case {case.pk} waits for sign, its process for ['verify']."]


def test_a_moved_deadline_shows(desk: Desk) -> None:
    case = a_case(desk, State.REGISTERED)
    Case.objects.filter(pk=case.pk).update(due_on=date(2027, 1, 1))
    assert list(checks.deadlines_hold()) == [f"Case {case.pk} is due on 2027-01-01, its working days give 2026-11-30."]


def test_a_missing_number_shows(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    Number.objects.filter(series__purpose="receipt").delete()
    assert [said for said in checks.numbers_are_gapless() if "has no number 1" in said]
    Series.objects.filter(purpose="decision").update(last=0)
    assert [said for said in checks.numbers_are_gapless() if "was set back" in said]
    Number.objects.filter(series__purpose="decision").update(state="used", at=AT)
    assert [said for said in checks.numbers_fit_decisions() if "is used, its decision is initialled" in said]


def test_a_decision_without_its_paper_shows(desk: Desk, pen: Pen) -> None:
    case = decided(desk)
    Decision.objects.update(issued_at=None)
    assert list(checks.decisions_are_whole()) == [f"Case {case.pk} is decided without a whole decision."]


def test_a_lost_return_shows(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    Correction.objects.filter(case=case).update(state="closed")
    assert list(checks.returns_agree()) == [f"Case {case.pk}: its state and its returns disagree."]
