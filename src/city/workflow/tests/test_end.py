"""Every exit of a case ends its process: nothing stays open, no time comes any more."""

import pytest
from django.db import transaction

from city.kernel.errors import Refusal
from city.workflow import actions, queries
from city.workflow.checks import open_tasks_agree
from city.workflow.models import Task
from city.workflow.tests.make import DEWI, LATER, NOON, a_process, moved, open_names, returned

pytestmark = pytest.mark.django_db


def test_a_withdrawn_case_leaves_nothing_open() -> None:
    process = returned()
    actions.set_timers(process_id=process.pk, due={"lapse": LATER})
    process = actions.end(process_id=process.pk, reason="withdrawn", by=DEWI, at=NOON)
    assert (process.ended_at, process.end_reason) == (NOON, "withdrawn")
    assert open_names(process) == []
    assert queries.due_times(process.pk) == {}
    assert Task.objects.get(process=process, name="correct").done_by == "person:dewi"


def test_the_first_reason_stays() -> None:
    process = a_process()
    for reason in ("withdrawn", "lapsed"):
        process = actions.end(process_id=process.pk, reason=reason, by=DEWI, at=NOON)
    assert process.end_reason == "withdrawn"


def test_an_ended_process_takes_no_task_and_no_time() -> None:
    process = actions.end(process_id=a_process().pk, reason="withdrawn", by=DEWI, at=NOON)
    with pytest.raises(Refusal), transaction.atomic():
        moved(process, ("verify", "complete"))
    assert actions.set_timers(process_id=process.pk, due={"warn_3": LATER}) == []


def test_the_check_finds_a_task_closed_past_the_actions() -> None:
    process = a_process()
    assert list(open_tasks_agree()) == []
    Task.objects.filter(process=process).update(state=Task.State.DONE)
    assert [str(process.pk) in line for line in open_tasks_agree()] == [True]


def test_the_check_finds_a_task_left_open_after_the_end() -> None:
    process = actions.end(process_id=a_process().pk, reason="withdrawn", by=DEWI, at=NOON)
    Task.objects.filter(process=process).update(state=Task.State.OPEN)
    assert ["has ended" in line for line in open_tasks_agree()] == [True]
