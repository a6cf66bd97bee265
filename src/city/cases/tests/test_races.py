"""Several people at once, on real connections with real commits: one effect each, and everybody is told."""

import random
import sys
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from city.cases import actions
from city.cases.models import Case, Decision, Number, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import (
    AT,
    Desk,
    a_case,
    a_desk,
    a_draft,
    a_person,
    another,
    fill,
    herself,
    write_paper,
)
from city.cases.tests.make import the_kind as _kind
from city.kernel.actor import Actor
from city.kernel.checks import CHECKS
from city.kernel.ids import new_id
from city.kernel.queries import history_of
from city.kernel.tests.together import Deed, at_once
from city.people.models import Person
from city.workflow.models import Process


@pytest.fixture
def desk(own_city: str) -> Desk:
    return a_desk()


def complaints() -> list[str]:
    names = ("cases:", "workflow:")
    return [said for name, ask in CHECKS.items() if name.startswith(names) for said in ask()]


def count_of(case: Case, event: str) -> int:
    return [one.name for one in history_of("case", case.pk)].count(event)


def test_two_officers_register_the_same_file(desk: Desk) -> None:
    case = a_case(desk, State.COMPLETENESS)
    colleague, seen = another(desk.front, "dpmptsp.front"), case.version
    press = partial(actions.register, case_id=case.pk, at=AT, seen=seen)
    said = at_once([partial(press, by=desk.front), partial(press, by=colleague)])
    assert Counter(said) == {"done": 1, "case.stale": 1}
    assert count_of(case, "CaseRegistered") == 1
    assert complaints() == []


def test_one_returns_what_the_other_registers(desk: Desk) -> None:
    case = a_case(desk, State.COMPLETENESS)
    colleague = another(desk.front, "dpmptsp.front")
    actions.mark_defect(case_id=case.pk, target="holder", code="other", message="Gelar?", by=desk.front, at=AT)
    case.refresh_from_db()
    seen = case.version
    said = at_once(
        [
            lambda: actions.send_back(case_id=case.pk, by=desk.front, at=AT, seen=seen),
            lambda: actions.clear_defect(case_id=case.pk, target="holder", by=colleague, at=AT),
        ]
    )
    case.refresh_from_db()
    if case.state == State.RETURNED:
        assert said == ["done", "case.not_now"]
    else:
        assert said == ["case.stale", "done"]
    assert complaints() == []


def test_two_reviewers_of_one_agency(desk: Desk) -> None:
    case = a_case(desk, State.TECHNICAL)
    colleague, seen = another(desk.health, "dinkes.review"), case.version
    said = at_once(
        [
            lambda: actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=AT, seen=seen),
            lambda: actions.review(
                case_id=case.pk, opinion="not_recommended", reason="Belum layak.", by=colleague, at=AT, seen=seen
            ),
        ]
    )
    assert Counter(said) == {"done": 1, "case.stale": 1}
    assert count_of(case, "ReviewGiven") == 1
    assert complaints() == []


def test_a_double_click_sends_once(desk: Desk) -> None:
    case = a_draft()
    me = herself(case.applicant)
    fill(case, me)
    said = at_once([lambda: actions.submit(case_id=case.pk, by=me, at=AT, seen=case.version)] * 4)
    assert said == ["done"] * 4
    assert count_of(case, "CaseSubmitted") == 1
    assert (Number.objects.count(), Process.objects.count()) == (1, 1)


def test_a_draft_opened_at_once_is_one(desk: Desk) -> None:
    person, case_id = a_person(), new_id()
    kind = _kind()
    opened = at_once(
        [lambda: actions.open_draft(case_id=case_id, kind=kind, applicant_id=person.pk, by=herself(person), at=AT)] * 3
    )
    assert opened == ["done"] * 3
    assert Case.objects.count() == 1
    assert count_of(Case.objects.get(), "CaseOpened") == 1


def test_receipts_taken_at_once_leave_no_hole_even_when_some_fail(desk: Desk) -> None:
    cases = []
    for _ in range(9):
        case = a_draft()
        fill(case, herself(case.applicant))
        cases.append((case, herself(case.applicant)))

    def send(case: Case, me: Actor, fails: bool) -> None:
        with transaction.atomic():
            actions.submit(case_id=case.pk, by=me, at=AT)
            if fails:
                raise RuntimeError("the line was cut")

    at_once([partial(send, case, me, n % 3 == 0) for n, (case, me) in enumerate(cases)])
    assert sorted(Number.objects.values_list("ordinal", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert complaints() == []


def test_what_fails_at_the_last_step_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_draft()
    me = herself(case.applicant)
    fill(case, me)

    def cut(*_: object, **__: object) -> None:
        raise ConnectionError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["city.cases.actions.submit"], "publish", cut)
        with pytest.raises(ConnectionError):
            actions.submit(case_id=case.pk, by=me, at=AT)
    case.refresh_from_db()
    assert (case.state, case.version, case.receipt) == (State.DRAFT, 1, None)
    assert (Number.objects.count(), Process.objects.count()) == (0, 0)
    assert actions.submit(case_id=case.pk, by=me, at=AT).receipt == "SPC-CTH-2026-000001"


def test_withdrawn_while_it_is_signed(desk: Desk, pen: Pen) -> None:
    for _ in range(4):
        case = a_case(desk, State.SIGNING)
        write_paper(case)
        me = herself(Person.objects.get(pk=case.applicant_id))
        said = at_once(
            [
                partial(actions.withdraw, case_id=case.pk, by=me, at=AT),
                partial(actions.sign, case_id=case.pk, passphrase="benar", by=desk.head, at=AT),
            ]
        )
        case.refresh_from_db()
        assert said[0] == "done" or case.state != State.WITHDRAWN
        decision = Decision.objects.get(case=case)
        assert (case.state == State.WITHDRAWN) == (decision.state != Decision.State.SIGNED)
    assert complaints() == []


def _anything(case: Case, desk: Desk, dice: random.Random) -> Deed:
    """Something somebody might press just now, sensible or not."""
    me = herself(Person.objects.get(pk=case.applicant_id))
    seen = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    told: dict[str, Any] = {"case_id": case.pk, "at": AT}
    deeds: list[Deed] = [
        lambda: actions.register(**told, by=desk.front, seen=seen),
        lambda: actions.send_back(**told, by=desk.front, seen=seen),
        lambda: actions.mark_defect(**told, target="ktp", code="other", message="Ulang.", by=desk.front),
        lambda: actions.accept_document(**told, document="ktp", by=desk.front),
        lambda: actions.examine(**told, by=desk.back, seen=seen),
        lambda: actions.review(**told, opinion="recommended", reason="", by=desk.health, seen=seen),
        lambda: actions.draft_decision(**told, outcome="grant", by=desk.back, seen=seen),
        lambda: actions.initial_decision(**told, by=desk.officer, seen=seen),
        lambda: actions.initial_decision(**told, by=desk.division, seen=seen),
        lambda: actions.return_draft(**told, reason="Ulang.", by=desk.division, seen=seen),
        lambda: actions.answer_correction(**told, by=me, seen=seen),
        lambda: actions.recompute_clock(**told, why="calendar"),
        lambda: actions.deem_approved(**told),
        lambda: actions.lapse(**told),
    ]
    if dice.random() < 0.1:
        deeds.append(lambda: actions.withdraw(**told, by=me, seen=seen))
    return dice.choice(deeds)


def _pressed(desk: Desk, seed: int, rounds: int) -> None:
    dice = random.Random(seed)
    state = dice.choice([State.SUBMITTED, State.COMPLETENESS, State.REGISTERED, State.TECHNICAL, State.INITIALLING])
    case = a_case(desk, state)
    for _ in range(rounds):
        before = Case.objects.values_list("version", flat=True).get(pk=case.pk)
        events = history_of("case", case.pk).exclude(name__in=["ClockRecomputed", "SilenceBlocked"])
        happened = events.count()
        said = at_once([_anything(case, desk, dice) for _ in range(3)])
        assert all(one == "done" or ("." in one and "(" not in one) for one in said), said
        after = Case.objects.values_list("version", flat=True).get(pk=case.pk)
        assert after - before == events.count() - happened, "each change of the case is one event"
    assert complaints() == []


def test_whatever_is_pressed_at_once_the_city_agrees_with_itself(desk: Desk) -> None:
    for seed in range(6):
        _pressed(desk, seed, rounds=4)


@pytest.mark.slow
def test_whatever_is_pressed_at_once_for_long(desk: Desk) -> None:
    for seed in range(100, 140):
        _pressed(desk, seed, rounds=8)
