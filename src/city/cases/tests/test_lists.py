"""Queues and lists: each sees its own, in the order of what is due, by key."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city.cases import actions, queries
from city.cases.models import Case, State
from city.cases.queries import Wanted
from city.cases.tests.make import (
    AT,
    Desk,
    a_case,
    a_draft,
    a_person,
    days_after,
    herself,
    refused,
    returned,
)
from city.kernel.actor import NOBODY, Actor

pytestmark = pytest.mark.django_db


def ids(actor: Actor, bucket: str) -> list[object]:
    return [row["id"] for row in queries.queue_rows(actor, Wanted(bucket), at=AT).rows]


def test_each_desk_sees_what_waits_for_it(desk: Desk) -> None:
    fresh = a_case(desk)
    registered = a_case(desk, State.REGISTERED)
    technical = a_case(desk, State.TECHNICAL)
    drafting = a_case(desk, State.RECOMMENDED)
    first = a_case(desk, State.INITIALLING)
    second = a_case(desk, State.INITIALLING)
    actions.initial_decision(case_id=second.pk, by=desk.officer, at=AT)
    signing = a_case(desk, State.SIGNING)
    back = a_case(desk)
    returned(back, desk.front)
    assert queries.buckets_of(desk.front) == ["verify", "waiting", "payment", "all"]
    assert queries.buckets_of(desk.health) == ["review", "assess"]
    assert ids(desk.front, "verify") == [fresh.pk]
    assert ids(desk.back, "examine") == [registered.pk]
    assert ids(desk.health, "review") == [technical.pk]
    assert ids(desk.back, "draft") == [drafting.pk]
    assert ids(desk.officer, "initial") == [first.pk]
    assert ids(desk.division, "initial") == [second.pk]
    assert ids(desk.head, "sign") == [signing.pk]
    assert ids(desk.front, "waiting") == [back.pk]
    assert len(ids(desk.front, "all")) == 8
    assert queries.queue_counts(desk.officer, AT) == {"draft": 1, "initial": 1, "waiting": 1, "payment": 0}
    for actor, bucket in ((desk.front, "sign"), (desk.works, "review"), (NOBODY, "all"), (desk.front, "nonsense")):
        assert ids(actor, bucket) == []


def test_an_opinion_nobody_needs_any_more_leaves_the_reviewers_queue(desk: Desk) -> None:
    case = a_case(desk, State.TECHNICAL)
    assert ids(desk.health, "review") == [case.pk]
    assert queries.queue_counts(desk.health, AT)["review"] == 1
    actions.withdraw(case_id=case.pk, by=herself(case.applicant), at=AT)
    assert ids(desk.health, "review") == []
    assert queries.queue_counts(desk.health, AT)["review"] == 0


def test_the_most_urgent_stands_first_and_pages_by_key(desk: Desk) -> None:
    cases = [a_case(desk, State.REGISTERED, at=days_after(day)) for day in (3, 0, 2, 1)]
    wanted = [cases[i].pk for i in (1, 3, 2, 0)]
    seen: list[object] = []
    after = ""
    for _ in range(4):
        page = queries.queue_rows(desk.back, Wanted("examine", after=after), at=AT, size=1)
        seen += [row["id"] for row in page.rows]
        after = page.next_key
    assert seen == wanted
    assert after == ""


def test_a_page_is_one_question(desk: Desk) -> None:
    for _ in range(3):
        a_case(desk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = queries.queue_rows(desk.front, Wanted("verify"), at=AT).rows
    assert len(asked) == 1
    assert len(rows) == 3
    assert rows[0]["applicant__name"] == "dr. Raka Pratama"


def test_a_later_page_begins_in_the_index_where_the_last_one_ended(desk: Desk) -> None:
    for day in range(3):
        a_case(desk, at=days_after(day))
    key = queries.queue_rows(desk.front, Wanted("verify"), at=AT, size=1).next_key
    with CaptureQueriesContext(connection) as asked:
        queries.queue_rows(desk.front, Wanted("verify", after=key), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using case_queue" in plan
    assert "(urgent_on >= " in plan
    assert "Sort" not in plan


def test_a_person_sees_her_own_cases_alone(desk: Desk) -> None:
    mine = a_case(desk)
    draft = a_draft(mine.applicant)
    a_case(desk)
    assert [row["id"] for row in queries.cases_of(mine.applicant_id).rows] == [draft.pk, mine.pk]
    assert queries.case_for(herself(mine.applicant), mine.pk) == mine
    with refused("case.unknown", 404):
        queries.case_for(herself(a_person()), mine.pk)


def test_who_may_see_a_sent_case(desk: Desk) -> None:
    case = a_case(desk)
    for actor in (desk.front, desk.back, desk.officer, desk.division, desk.head):
        assert queries.case_for(actor, case.pk) == case
    for actor in (desk.health, desk.works, NOBODY):
        with refused("case.unknown", 404):
            queries.case_for(actor, case.pk)
    asked = a_case(desk, State.TECHNICAL)
    assert queries.case_for(desk.health, asked.pk) == asked
    with refused("case.unknown", 404):
        queries.case_for(desk.works, asked.pk)


def test_a_case_without_a_clock_is_sorted_by_when_it_would_be_due(desk: Desk) -> None:
    case = a_case(desk)
    assert Case.objects.get(pk=case.pk).urgent_on == date(2026, 11, 30)
    assert queries.clock(case.pk, AT) is None
