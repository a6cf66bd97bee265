"""A fee is assessed, paid or not: only a settled bill lets a case go on, and time rests while it waits."""

import dataclasses
from datetime import datetime, timedelta

import pytest

from city.billing.actions import Ruling, cancel, decide_objection, object_to
from city.billing.models import Bill, Objection, PaymentRequest
from city.cases import actions
from city.cases.checks import deadlines_hold, turns_agree_with_tasks
from city.cases.declare import KINDS, FeePlan, KindSpec
from city.cases.models import Case, Decision, Pause, State
from city.cases.queries import clock, holding, is_fee_settled
from city.cases.tests.make import AT, Desk, a_person, days_after, drafted, herself, refused
from city.cases.tests.make_paid import (
    PAID,
    advised,
    assessed,
    examined,
    pay,
    recommended,
    the_bill,
    told,
    treasurer,
    visited,
)
from city.kernel.queries import history_of
from city.people.actions import Giver, grant_mandate
from city.workflow.actions import due_timers, fire
from city.workflow.queries import due_times, open_tasks

pytestmark = pytest.mark.django_db


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def steps_of(case: Case) -> set[str]:
    return set(open_tasks([case.pk]).values_list("name", flat=True))


def events_of(case: Case, name: str) -> list[dict[str, object]]:
    return [one.data for one in history_of("case", case.pk).filter(name=name)]


def sound() -> list[str]:
    return [*turns_agree_with_tasks(), *deadlines_hold()]


def test_the_fee_is_assessed_from_what_was_measured(desk: Desk) -> None:
    case = recommended(desk)
    case = actions.assess(case_id=case.pk, by=desk.health, at=AT)
    bill = the_bill(case)
    assert (case.state, case.turn, steps_of(case)) == (State.ASSESSED, "pay", {"pay"})
    assert (bill.amount, bill.agency, bill.payer_id) == (1_687_500, "DINKES", case.applicant_id)  # 12,5 × 90 × 1.500
    assert bill.factors == {"area": "12,5", "days": "90", "place": "main_road"}
    assert [(one["amount"], one["turn"]) for one in events_of(case, "CaseAssessed")] == [(1_687_500, "pay")]


def test_assessing_twice_is_once(desk: Desk) -> None:
    case = recommended(desk)
    first = actions.assess(case_id=case.pk, by=desk.health, at=AT, seen=case.version)
    actions.assess(case_id=case.pk, by=desk.health, at=AT, seen=case.version)
    assert (Bill.objects.count(), fresh(case).version) == (1, first.version)


def test_only_the_agency_of_the_fee_assesses(desk: Desk) -> None:
    case = recommended(desk)
    with refused("case.unknown", 404):
        actions.assess(case_id=case.pk, by=herself(a_person("Orang lain")), at=AT)
    with refused("actor.not_permitted", 403):
        actions.assess(case_id=case.pk, by=desk.back, at=AT)


def test_a_case_that_nobody_recommends_is_not_billed(desk: Desk) -> None:
    case = visited(advised(examined(desk), desk, "not_recommended"), desk.works)
    with refused("case.no_such_way", 409):
        actions.assess(case_id=case.pk, by=desk.health, at=AT)
    assert not Bill.objects.exists()


def test_time_rests_while_it_waits_for_money(desk: Desk) -> None:
    case = assessed(desk)
    before = Case.objects.get(pk=case.pk)
    assert (before.state, before.due_on, before.urgent_on) == (State.AWAITING_PAYMENT, None, the_bill(case).due_on)
    assert list(Pause.objects.filter(case=case).values_list("from_day", "until_day", "reason")) == [
        (days_after(1).date(), None, "payment")
    ]
    assert [one["bill_id"] for one in events_of(case, "PaymentAwaited")] == [str(the_bill(case).pk)]
    pay(case, at=days_after(8))
    told()
    case = fresh(case)
    running = clock(case.pk, days_after(8))
    assert (case.state, case.turn, steps_of(case)) == (State.PAID, "draft_decision", {"draft_decision"})
    assert running is not None
    # Ten days from Tuesday 24 November; 24 November to 1 December rest, the count goes on with Wednesday 2 December.
    assert (case.day_one, case.due_on, running.paused) == (days_after(1).date(), days_after(22).date(), False)
    assert sound() == []


def test_the_applicant_held_it_while_it_waited(desk: Desk) -> None:
    case = assessed(desk)
    pay(case, at=days_after(8))
    told()
    spans = [(one.holder, one.step, one.counted) for one in holding(case.pk, days_after(8))]
    assert spans[-4:] == [
        ("DINKES+DPUPR", "review", False), ("DINKES", "assess", False), ("applicant", "pay", False),
        ("DPMPTSP", "draft_decision", False),
    ]  # fmt: skip


def test_a_kind_may_let_its_time_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = recommended(desk)
    plan = KINDS[PAID].spec.fee
    assert plan is not None
    monkeypatch.setattr("city.cases.actions.payment.spec_of", lambda _hash: _with_fee(plan, pauses_clock=False))
    actions.assess(case_id=case.pk, by=desk.health, at=AT)
    told()
    assert (fresh(case).state, fresh(case).due_on) == (State.AWAITING_PAYMENT, case.due_on)
    assert not Pause.objects.filter(case=case).exists()


def _with_fee(plan: FeePlan, *, pauses_clock: bool) -> KindSpec:
    return dataclasses.replace(KINDS[PAID].spec, fee=dataclasses.replace(plan, pauses_clock=pauses_clock))


def test_part_of_the_money_lets_nobody_go_on(desk: Desk) -> None:
    case = assessed(desk)
    pay(case, amount=500_000)
    told()
    assert (fresh(case).state, is_fee_settled(case.pk)) == (State.AWAITING_PAYMENT, False)
    actions.note_payment(case_id=case.pk, bill_id=the_bill(case).pk, by=desk.health, at=AT)
    assert fresh(case).state == State.AWAITING_PAYMENT
    pay(case)
    told()
    assert fresh(case).state == State.PAID


def test_money_that_comes_before_the_bill_was_announced_counts(desk: Desk) -> None:
    case = recommended(desk)
    actions.assess(case_id=case.pk, by=desk.health, at=AT)
    pay(case)
    told()
    assert (fresh(case).state, len(events_of(case, "CasePaid"))) == (State.PAID, 1)
    assert not Pause.objects.filter(case=case, until_day=None).exists()
    assert sound() == []


def test_hearing_of_it_twice_moves_the_case_once(desk: Desk) -> None:
    case = assessed(desk)
    pay(case)
    told()
    before = fresh(case)
    actions.note_payment(case_id=case.pk, bill_id=the_bill(case).pk, by=desk.health, at=AT)
    actions.await_payment(case_id=case.pk, bill_id=the_bill(case).pk, at=AT)
    assert (fresh(case).version, fresh(case).state) == (before.version, State.PAID)


def test_a_paid_case_is_granted(desk: Desk) -> None:
    case = assessed(desk)
    pay(case)
    told()
    drafted(case, desk)
    assert (fresh(case).state, Decision.objects.get(case=case).outcome) == (State.INITIALLING, "grant")


def test_a_drawing_that_forgets_the_fee_gives_nothing_away(desk: Desk) -> None:
    case = recommended(desk)
    Case.objects.filter(pk=case.pk).update(turn="draft_decision")
    with refused("case.not_paid", 422):
        actions.draft_decision(case_id=case.pk, outcome="grant", by=desk.back, at=AT)


def test_a_withdrawn_case_owes_nothing(desk: Desk) -> None:
    case = assessed(desk)
    actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=AT)
    told()
    assert (fresh(case).state, the_bill(case).state) == (State.WITHDRAWN, "cancelled")
    assert steps_of(case) == set()
    assert sound() == []


def test_money_on_a_withdrawn_case_does_not_wake_it(desk: Desk) -> None:
    case = assessed(desk)
    bill = the_bill(case)
    pay(case, amount=100_000)
    actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=AT)
    told()
    actions.note_payment(case_id=case.pk, bill_id=bill.pk, by=desk.health, at=AT)
    assert (fresh(case).state, the_bill(case).paid) == (State.WITHDRAWN, 0)


def test_who_does_not_pay_is_reminded_and_lapses(desk: Desk) -> None:
    case = assessed(desk)
    assert case.process_id is not None
    times = due_times(case.process_id)
    assert set(times) == {"unpaid", "remind_payment"}
    fire_due(times["remind_payment"])
    assert [one["due_on"] for one in events_of(case, "PaymentReminded")] == [the_bill(case).due_on.isoformat()]
    fire_due(times["unpaid"] - timedelta(minutes=1))
    assert fresh(case).state == State.AWAITING_PAYMENT
    fire_due(times["unpaid"])
    assert (fresh(case).state, the_bill(case).state) == (State.LAPSED, "cancelled")
    assert [one["because"] for one in events_of(case, "CaseLapsed")] == ["unpaid"]


def test_who_holds_a_code_that_may_still_be_paid_does_not_lapse_yet(desk: Desk) -> None:
    case = assessed(desk)
    bill, hour = the_bill(case), timedelta(hours=1)
    assert case.process_id is not None
    due = due_times(case.process_id)["unpaid"]
    order = {"channel": "qris", "reference": "QR-1", "code": "0002", "amount": bill.outstanding, "simulated": True}
    PaymentRequest.objects.create(bill=bill, **order, expires_at=due + 20 * hour, asked_at=due - 4 * hour)
    late = {**order, "reference": "QR-2"}
    PaymentRequest.objects.create(bill=bill, **late, expires_at=due + 48 * hour, asked_at=due + hour)
    fire_due(due)
    assert fresh(case).state == State.AWAITING_PAYMENT
    fire_due(due + 20 * hour)
    assert fresh(case).state == State.AWAITING_PAYMENT, "the bank may be an hour late with its message"
    fire_due(due + 21 * hour)
    assert fresh(case).state == State.LAPSED, "a code of after the last day puts off nothing"


def fire_due(at: datetime) -> None:
    for timer in due_timers(at):
        fire(timer_id=timer, at=at)


def test_who_paid_a_part_does_not_lapse(desk: Desk) -> None:
    case = assessed(desk)
    pay(case, amount=100_000)
    fire_due(days_after(31))
    assert (fresh(case).state, len(events_of(case, "PaymentOverdue"))) == (State.AWAITING_PAYMENT, 1)


def test_who_objects_does_not_lapse(desk: Desk) -> None:
    case = assessed(desk)
    _objected(case, claimed=1_000_000)
    fire_due(days_after(31))
    assert fresh(case).state == State.AWAITING_PAYMENT


def _objected(case: Case, claimed: int) -> Objection:
    said = "Luasnya 8 m², bukan 12,5."
    return object_to(bill_id=the_bill(case).pk, claimed=claimed, reason=said, actor=herself(case.applicant), at=AT)


def test_an_objection_granted_whole_counts_as_paid(desk: Desk) -> None:
    case = assessed(desk)
    objection = _objected(case, claimed=0)
    ruling = Ruling(0, "Tanah dipakai untuk kerja bakti.")
    decide_objection(objection_id=objection.pk, ruling=ruling, actor=treasurer(), at=AT)
    told()
    assert (fresh(case).state, fresh(case).turn) == (State.PAID, "draft_decision")
    assert [one["waived"] for one in events_of(case, "CasePaid")] == [True]
    assert is_fee_settled(case.pk)
    assert sound() == []


def test_a_wrong_bill_is_cancelled_and_assessed_again(desk: Desk) -> None:
    case = assessed(desk)
    first = the_bill(case)
    cancel(bill_id=first.pk, reason="Salah tarif.", actor=treasurer(), at=AT)
    told()
    assert (fresh(case).state, fresh(case).turn, steps_of(case)) == (State.RECOMMENDED, "assess", {"assess"})
    assert len(events_of(case, "AssessmentReopened")) == 1
    actions.assess(case_id=case.pk, by=desk.health, at=AT)
    told()
    pay(case)
    told()
    assert (fresh(case).state, fresh(case).turn, the_bill(case).pk == first.pk) == (State.PAID, "draft_decision", False)
    assert sound() == []


def test_a_case_filed_under_a_mandate_owes_under_it(desk: Desk) -> None:
    case = recommended(desk)
    holder = a_person("Andi Wirawan")
    given = grant_mandate(
        giver=Giver(person_id=case.applicant_id),
        holder_id=holder.pk,
        scope="permits",
        days=(AT.date(), None),
        by=herself(case.applicant),
        at=AT,
    )
    Case.objects.filter(pk=case.pk).update(mandate=given)
    assert the_bill(actions.assess(case_id=case.pk, by=desk.health, at=AT)).mandate_id == given.pk
