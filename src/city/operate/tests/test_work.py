"""What is asked for in a worker is queued with the rows it is about, or not at all."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from city.operate.management.commands import work


def ask_for_a_job(name: str) -> None:
    app.configure_task("documents.inspect", queue="default").defer(file_id=name)


def waiting(name: str) -> int:
    return int(ProcrastinateJob.objects.filter(args__file_id=name).count())


@transaction.atomic
def roll_back(name: str) -> None:
    ask_for_a_job(name)
    assert waiting(name) == 1, "in its own transaction it is there"
    raise RuntimeError("something went wrong afterwards")


def test_a_job_asked_for_in_a_worker_waits_for_its_transaction(own_city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a listener in the worker asks: seen by nobody before the commit, gone with a rollback."""
    kept, dropped = str(uuid4()), str(uuid4())

    def instead(fetching: App, **options: Any) -> None:
        assert fetching is not app
        assert fetching.tasks is app.tasks
        with transaction.atomic():
            ask_for_a_job(kept)
        with pytest.raises(RuntimeError):
            roll_back(dropped)

    monkeypatch.setattr(App, "run_worker", instead)
    monkeypatch.setattr(work, "beat", lambda stop: None)
    call_command("work")
    assert (waiting(kept), waiting(dropped)) == (1, 0)
