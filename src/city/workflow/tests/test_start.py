"""A process begins at its first task and keeps the version of the file it began with."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from city.workflow import actions, queries
from city.workflow.models import ProcessSpec, Task
from city.workflow.rules.facts import PersonalFact
from city.workflow.tests.make import EXAMPLE, NOON, a_process, open_names

pytestmark = pytest.mark.django_db


def test_the_first_task_lies_in_the_queue_of_who_may_do_it() -> None:
    process = a_process()
    task = Task.objects.get(process=process)
    assert (task.name, task.label, task.opened_at) == ("verify", "Periksa kelengkapan", NOON)
    assert list(queries.queue({"permits.verify"}, "DPMPTSP")) == [task]
    assert list(queries.queue({"permits.verify"}, "DINKES")) == []
    assert list(queries.queue({"permits.sign"}, "DPMPTSP")) == []
    assert list(queries.open_tasks([process.subject_id])) == [task]


def test_a_file_is_kept_once_and_a_changed_file_beside_it() -> None:
    first, second = a_process(), a_process()
    changed = a_process(bpmn=EXAMPLE.replace("Periksa kelengkapan", "Periksa berkas"))
    assert first.spec_id == second.spec_id != changed.spec_id
    assert ProcessSpec.objects.count() == 2
    assert Task.objects.get(process=first).label == "Periksa kelengkapan"


def test_one_subject_has_one_running_process() -> None:
    subject = uuid4()
    a_process(subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_process(subject)


def test_a_name_is_never_told_to_a_process() -> None:
    with pytest.raises(PersonalFact) as refused, transaction.atomic():
        actions.start(
            spec_code="x",
            bpmn=EXAMPLE,
            subject_kind="case",
            subject_id=uuid4(),
            facts={"applicant": "Raka Pratama"},
            at=NOON,
        )
    assert "Raka" not in str(refused.value)
    assert not Task.objects.exists()


def test_nobody_meets_a_task_before_it_is_open() -> None:
    assert open_names(a_process()) == ["verify"]
