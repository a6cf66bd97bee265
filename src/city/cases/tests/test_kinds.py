"""Kinds differ: more agencies, no back office, no parafs, another way back; the verbs follow what a kind says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from city.cases import actions, queries
from city.cases.declare import KINDS, Kind, KindSpec, Words, spec_from, words_from
from city.cases.models import Case, Decision, State
from city.cases.tests.conftest import Pen
from city.cases.tests.make import (
    AT,
    KIND,
    Desk,
    a_case,
    a_draft,
    a_person,
    accept_all,
    days_after,
    drafted,
    fill,
    herself,
    mended,
    refused,
    returned,
    the_kind,
)
from city.kernel.actor import Actor
from city.people import actions as people
from city.workflow.queries import open_tasks

pytestmark = pytest.mark.django_db
FORK = """<parallelGateway id="ask"/><userTask id="review_dinkes" name="Dinkes"/>
    <userTask id="review_dpupr" name="DPUPR"/><parallelGateway id="asked"/>
    <sequenceFlow id="f_a" sourceRef="ask" targetRef="review_dinkes"/>
    <sequenceFlow id="f_b" sourceRef="ask" targetRef="review_dpupr"/>
    <sequenceFlow id="f_c" sourceRef="review_dinkes" targetRef="asked"/>
    <sequenceFlow id="f_d" sourceRef="review_dpupr" targetRef="asked"/>"""


@pytest.fixture(autouse=True)
def _shelf() -> Iterator[None]:
    the_kind()
    kept = KINDS[KIND]
    yield
    KINDS._things[KIND] = kept


def changed(process: tuple[tuple[str, str], ...] = (), **content: Any) -> KindSpec:
    """The test kind with some of it changed, from now on."""
    kind = KINDS[KIND]
    data = {**kind.content, **content}
    for old, new in process:
        assert old in data["process"]
        data["process"] = data["process"].replace(old, new)
    KINDS._things[KIND] = Kind(content=data, spec=spec_from(data), paper=kind.paper)
    return KINDS[KIND].spec


def steps_of(case: Case) -> list[str]:
    return sorted(open_tasks([case.pk]).values_list("name", flat=True))


def test_two_agencies_on_one_step_are_both_awaited(desk: Desk) -> None:
    changed(reviewers=["DINKES", "DPUPR"])
    case = a_case(desk, State.TECHNICAL)
    first = actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.works, at=AT)
    assert (first.state, steps_of(case)) == (State.TECHNICAL, ["review"])
    last = actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=AT)
    assert (last.state, steps_of(case)) == (State.RECOMMENDED, ["draft_decision"])


def test_two_agencies_on_steps_of_their_own(desk: Desk) -> None:
    changed(
        process=(
            ('<userTask id="review" name="Kajian"/>', FORK),
            (
                'id="f_sound" sourceRef="is_sound" targetRef="review"',
                'id="f_sound" sourceRef="is_sound" targetRef="ask"',
            ),
            ('id="f_reviewed" sourceRef="review"', 'id="f_reviewed" sourceRef="asked"'),
        ),
        reviewers=["DINKES", "DPUPR"],
    )
    case = a_case(desk, State.TECHNICAL)
    assert steps_of(case) == ["review_dinkes", "review_dpupr"]
    actions.review(case_id=case.pk, opinion="conditional", reason="Pasang pagar.", by=desk.works, at=AT)
    assert steps_of(case) == ["review_dinkes"]
    assert actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.works, at=AT).state == "technical"
    last = actions.review(case_id=case.pk, opinion="recommended", reason="", by=desk.health, at=AT)
    assert (last.state, steps_of(case)) == (State.RECOMMENDED, ["draft_decision"])


def test_a_kind_without_back_office_reviews_or_parafs(desk: Desk, pen: Pen) -> None:
    changed(
        process=(
            ('sourceRef="is_complete" targetRef="examine"', 'sourceRef="is_complete" targetRef="draft_decision"'),
            ('sourceRef="draft_decision" targetRef="initial_1"', 'sourceRef="draft_decision" targetRef="sign"'),
        ),
        reviewers=[],
        initials=[],
        examined=False,
    )
    case = a_case(desk, State.COMPLETENESS)
    registered = actions.register(case_id=case.pk, by=desk.front, at=AT)
    assert (registered.state, registered.turn) == (State.RECOMMENDED, "draft_decision")
    drafted(case, desk)
    case.refresh_from_db()
    assert (case.state, case.turn, steps_of(case)) == (State.SIGNING, "sign", ["sign"])
    decision = Decision.objects.get(case=case)
    assert decision.number is not None


def test_where_the_drawing_leads_back_to_completeness_the_clock_is_not_set_again(desk: Desk) -> None:
    changed(process=(('sourceRef="back_to" targetRef="examine"', 'sourceRef="back_to" targetRef="verify"'),))
    case = a_case(desk, State.REGISTERED)
    returned(case, desk.back, at=days_after(1))
    answered = mended(case, at=days_after(2))
    assert (answered.state, answered.turn, answered.due_on) == (State.COMPLETENESS, "verify", date(2026, 12, 1))
    accept_all(case, desk.front, days_after(3))
    again = actions.register(case_id=case.pk, by=desk.front, at=days_after(3))
    assert (again.state, again.day_one, again.due_on) == (State.REGISTERED, date(2026, 11, 24), date(2026, 12, 1))
    assert again.registered_at == AT


def test_a_drawing_without_a_way_back_keeps_the_draft_where_it_is(desk: Desk) -> None:
    changed(
        process=(('sourceRef="agreed_1" targetRef="draft_decision"', 'sourceRef="agreed_1" targetRef="initial_2"'),)
    )
    case = a_case(desk, State.INITIALLING)
    with refused("case.no_such_way", 409):
        actions.return_draft(case_id=case.pk, reason="Alamat salah.", by=desk.officer, at=AT)
    assert steps_of(case) == ["initial_1"]


def test_a_kind_that_excludes_silence_is_not_granted_by_it(desk: Desk) -> None:
    changed(automatic=False)
    case = a_case(desk, State.TECHNICAL)
    assert actions.deem_approved(case_id=case.pk, at=days_after(30)) is False


def test_a_figure_holds_from_its_day_on() -> None:
    spec = changed(
        settings=[
            {"name": "sla_days", "value": 7, "from": "2026-01-01"},
            {"name": "sla_days", "value": 3, "from": "2027-01-01", "decreed": True},
        ]
    )
    assert (spec.days("sla_days", date(2026, 12, 31)), spec.days("sla_days", date(2027, 1, 1))) == (7, 3)
    assert (spec.sla_days, spec.correction_days, spec.closes_at) == (3, 10, "15:00")


def test_words_are_read_in_the_readers_language() -> None:
    assert str(words_from({"id": "Surat", "en": "Letter"})) == "Surat"
    assert Words("Surat").in_language("en") == "Surat"
    assert not Words()


def test_rules_come_from_the_city_alone(desk: Desk) -> None:
    changed(rules="os")
    case = a_draft()
    with pytest.raises(ValueError, match="no module of the city"):
        queries.errors_before_submission(case.pk, AT)


def test_a_mandate_lets_another_file_and_answer(desk: Desk) -> None:
    giver, holder = a_person("Sri Wahyuni"), a_person("Andi Wirawan")
    mandate = people.grant_mandate(
        giver=people.Giver(person_id=giver.pk),
        holder_id=holder.pk,
        scope="permits",
        days=(date(2026, 1, 1), date(2027, 1, 1)),
        by=herself(giver),
        at=AT,
    )
    acting = Actor(ref=f"person:{holder.pk}", person_id=holder.pk, mandate_id=mandate.pk)
    with refused("actor.not_permitted", 403):
        a_draft(giver, by=herself(holder))
    case = a_draft(giver, by=acting)
    fill(case, acting)
    assert actions.submit(case_id=case.pk, by=acting, at=AT).mandate_id == mandate.pk
    assert queries.case_for(herself(giver), case.pk) == case
    with refused("case.unknown", 404):
        queries.case_for(herself(holder), case.pk)
