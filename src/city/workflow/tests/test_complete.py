"""Doing a task opens what follows; a branch is taken by what was decided; a closed task stays closed."""

import threading

import pytest
from django.db import connection, transaction

from city.kernel.errors import Refusal
from city.workflow import actions
from city.workflow.models import Process, Task
from city.workflow.tests.make import DEWI, FORK, LATER, NOON, a_process, moved, open_names, returned

WAY = [
    ("verify", "complete"),
    ("examine", "sound"),
    ("review", "recommended"),
    ("draft_decision", "grant"),
    ("initial_1", "initialled"),
    ("initial_2", "initialled"),
    ("sign", "signed"),
]


@pytest.mark.django_db
def test_the_whole_way_ends_the_process() -> None:
    process = a_process()
    for step, (task, outcome) in enumerate(WAY):
        assert open_names(process) == [task], step
        process = moved(process, (task, outcome))
    assert open_names(process) == []
    assert (process.end_reason, process.ended_at) == ("finished", NOON)
    assert list(Task.objects.filter(process=process).order_by("pk").values_list("state", flat=True)) == ["done"] * 7


@pytest.mark.django_db
def test_who_did_it_and_when_stands_in_the_row() -> None:
    process = a_process()
    actions.complete(process_id=process.pk, task="verify", by=DEWI, at=LATER, outcome="complete")
    done = Task.objects.get(process=process, name="verify")
    assert (done.state, done.done_by, done.done_at) == ("done", "person:dewi", LATER)


@pytest.mark.django_db
def test_a_return_goes_round_as_often_as_it_must() -> None:
    process = returned()
    assert open_names(process) == ["correct"]
    process = moved(process, ("correct", "answered"))
    assert open_names(process) == ["verify"]
    process = moved(process, ("verify", "complete"), ("examine", "return"))
    assert open_names(process) == ["correct"]
    process = moved(process, ("correct", "answered"), ("verify", "complete"), ("examine", "sound"))
    assert open_names(process) == ["review"]
    assert Task.objects.filter(process=process, name="verify", state="done").count() == 3


@pytest.mark.django_db
def test_a_task_that_is_done_or_not_reached_is_refused() -> None:
    process = moved(a_process(), ("verify", "complete"))
    for task in ("verify", "sign", "no_such_task"):
        with pytest.raises(Refusal) as refused, transaction.atomic():
            actions.complete(process_id=process.pk, task=task, by=DEWI, at=NOON, outcome="complete")
        assert (refused.value.code, refused.value.status) == ("task.closed", 409)
    assert open_names(process) == ["examine"]


@pytest.mark.django_db
def test_each_step_counts_the_version() -> None:
    process = moved(a_process(), ("verify", "complete"), ("examine", "sound"))
    assert Process.objects.get(pk=process.pk).version == 3


def at_once(process: Process, *tasks: str) -> list[str]:
    """What each of several officers is told who do these tasks at the same moment."""
    gate, told = threading.Barrier(len(tasks)), []

    def officer(task: str) -> None:
        gate.wait()
        try:
            actions.complete(process_id=process.pk, task=task, by=DEWI, at=NOON, outcome="complete")
            told.append("done")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    officers = [threading.Thread(target=officer, args=[task]) for task in tasks]
    for one in officers:
        one.start()
    for one in officers:
        one.join()
    return sorted(told)


def test_of_two_officers_at_one_task_one_wins(own_city: str) -> None:
    process = a_process()
    assert at_once(process, "verify", "verify") == ["done", "task.closed"]
    assert open_names(process) == ["examine"]


def test_of_two_reviews_at_the_same_moment_none_is_lost(own_city: str) -> None:
    for _again in range(6):
        process = a_process(bpmn=FORK)
        assert at_once(process, "one", "two") == ["done", "done"]
        assert open_names(process) == ["after"]
