"""Ends that are no decision of an officer: withdrawn, lapsed, granted by silence; and what the clock says before."""

from datetime import date, timedelta

import pytest

from city.cases import actions, queries
from city.cases.models import Case, Decision, Number, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import (
    AT,
    Desk,
    a_case,
    a_person,
    days_after,
    decided,
    drafted,
    herself,
    issue,
    mended,
    refused,
    returned,
    write_paper,
)
from city.documents.models import Paper
from city.kernel.queries import history_of
from city.workflow.chores import fire_due
from city.workflow.models import Process, Timer

pytestmark = pytest.mark.django_db
OVER = days_after(7, hour=18)  # Tuesday 1 December, 01.00 WIB: the fifth working day, 30 November, is over


def last_of(case: Case) -> tuple[str, dict[str, object]]:
    record = history_of("case", case.pk).last()
    assert record is not None
    return record.name, record.data


def ended_because(case: Case) -> str:
    return Process.objects.get(subject_id=case.pk).end_reason


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.REGISTERED, State.TECHNICAL, State.INITIALLING, State.SIGNING]
)
def test_an_applicant_takes_it_back(desk: Desk, pen: Pen, state: str) -> None:
    case = a_case(desk, state)
    with refused("case.unknown", 404):
        actions.withdraw(case_id=case.pk, by=herself(a_person()), at=AT)
    for _ in range(2):
        actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=AT, seen=case.version)
    case.refresh_from_db()
    assert (case.state, case.turn, ended_because(case)) == (State.WITHDRAWN, "", "withdrawn")
    assert last_of(case)[0] == "CaseWithdrawn"
    assert not Timer.objects.filter(process__subject_id=case.pk, fired_at=None).exists()
    if state == State.SIGNING:
        number = Number.objects.get(series__purpose="decision")
        assert (number.state, number.reason) == ("void", "withdrawn")


def test_after_the_signature_it_is_too_late(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT)
    with refused("case.signed", 409):
        actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=AT)
    done = decided(desk)
    with refused("case.not_now", 409):
        actions.withdraw(case_id=done.pk, by=herself(done.applicant), at=AT)


def test_an_unanswered_return_is_reminded_of_and_lapses(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    fire_due(days_after(7, hour=1))  # Monday 30 November, 08.00 WIB: the fifth of ten days
    assert last_of(case) == ("CaseReminded", {"case_id": str(case.pk), "kind": case.kind, "days_left": 5})
    fire_due(days_after(10, hour=1))
    assert last_of(case)[1]["days_left"] == 2
    fire_due(days_after(14, hour=16))  # 7 December, 23.00 WIB: still in time
    assert Case.objects.get(pk=case.pk).state == State.RETURNED
    fire_due(days_after(14, hour=17))
    case.refresh_from_db()
    assert (case.state, last_of(case)[0], ended_because(case)) == (State.LAPSED, "CaseLapsed", "lapsed")
    with refused("case.not_now", 409):
        actions.answer_correction(case_id=case.pk, by=herself(case.applicant), at=days_after(15))
    assert actions.lapse(case_id=case.pk, at=days_after(20)).state == State.LAPSED


def test_an_answered_return_does_not_lapse(desk: Desk) -> None:
    case = a_case(desk)
    returned(case, desk.front)
    mended(case)
    assert fire_due(days_after(30)) == 0
    assert actions.lapse(case_id=case.pk, at=days_after(30)).state == State.COMPLETENESS
    assert actions.remind(case_id=case.pk, at=days_after(3)) is False


def test_the_office_is_warned_and_then_silence_grants(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.TECHNICAL)
    fire_due(days_after(3))
    assert last_of(case) == ("CaseWarned", {"case_id": str(case.pk), "kind": case.kind, "days_left": 2, "because": ""})
    fire_due(days_after(4))
    assert last_of(case)[1]["days_left"] == 1
    assert fire_due(days_after(7, hour=16)) == 0
    assert actions.deem_approved(case_id=case.pk, at=days_after(7, hour=16)) is False
    assert fire_due(OVER) == 1
    case.refresh_from_db()
    assert (case.state, case.turn, ended_because(case)) == (State.DEEMED_APPROVED, "", "deemed_approved")
    decision = Decision.objects.get(case=case)
    assert decision.number is not None
    assert (decision.outcome, decision.automatic, decision.number.state) == ("grant", True, "used")
    assert last_of(case)[0] == "CaseDeemedApproved"
    write_paper(case, OVER)
    assert Paper.objects.get().signer_ref == "agency:DPMPTSP"
    assert issue(case, OVER).state == State.DEEMED_APPROVED
    assert last_of(case)[0] == "CaseIssued"
    assert last_of(case)[1]["automatic"] is True
    assert actions.deem_approved(case_id=case.pk, at=OVER) is False


def test_an_unsigned_draft_gives_way_to_silence_and_its_number_is_void(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    assert actions.deem_approved(case_id=case.pk, at=OVER)
    states = Number.objects.filter(series__purpose="decision").order_by("ordinal").values_list("state", "reason")
    assert list(states) == [("void", "granted_by_silence"), ("used", "")]
    with refused("case.not_now", 409):
        actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=OVER)


def test_a_signed_decision_is_not_overtaken(desk: Desk, pen: Pen) -> None:
    case = a_case(desk, State.SIGNING)
    write_paper(case)
    actions.sign(case_id=case.pk, passphrase="benar", by=desk.head, at=AT)
    assert actions.deem_approved(case_id=case.pk, at=OVER) is False


def test_what_blocks_silence_is_on_record(desk: Desk) -> None:
    back = a_case(desk, State.REGISTERED)
    returned(back, desk.back)
    negative = a_case(desk, State.TECHNICAL)
    actions.review(case_id=negative.pk, opinion="not_recommended", reason="Belum layak.", by=desk.health, at=AT)
    refusal = a_case(desk, State.RECOMMENDED)
    drafted(refusal, desk, "refuse")
    for case, because in ((back, "open_return"), (negative, "negative_review"), (refusal, "refusal_drafted")):
        assert actions.deem_approved(case_id=case.pk, at=OVER) is False
        assert last_of(case)[1]["because"] == because


def test_nothing_is_granted_before_the_clock_began_or_while_it_rests(desk: Desk) -> None:
    fresh = a_case(desk)
    assert actions.deem_approved(case_id=fresh.pk, at=days_after(300)) is False
    assert actions.warn(case_id=fresh.pk, at=AT) is False
    back = a_case(desk, State.REGISTERED)
    returned(back, desk.back)
    assert fire_due(days_after(8, hour=1)) == 1  # the reminder, and nothing else
    assert Case.objects.get(pk=back.pk).state == State.RETURNED


def test_an_ended_clock_stands_still(desk: Desk) -> None:
    case = a_case(desk, State.REGISTERED)
    actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=days_after(2))
    later = queries.clock(case.pk, AT + timedelta(days=200))
    assert later is not None
    assert (later.used, later.late, later.due_on) == (2, 0, date(2026, 11, 30))
