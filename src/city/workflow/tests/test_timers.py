"""A time that has come is acted on once; a failure is tried again; a task takes its times with it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from city.workflow import actions, queries
from city.workflow.checks import due_timers_are_done
from city.workflow.chores import fire_due
from city.workflow.declare import LOCKS, TIMERS
from city.workflow.models import Timer
from city.workflow.tests.make import DEWI, EXAMPLE, NOON, a_process, moved, open_names, returned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Diary:
    """Registered actions that write down what they were asked; `broken` makes them fail."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, UUID, datetime]] = []
        self.broken = False

    def keep(self, name: str) -> None:
        def act(subject_id: UUID, at: datetime) -> None:
            self.lines.append((name, subject_id, at))
            if self.broken:
                raise RuntimeError("the printer is on fire")

        TIMERS.add(name, act)


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> Diary:
    monkeypatch.setattr(TIMERS, "_things", {})
    monkeypatch.setattr(LOCKS, "_things", {})
    kept = Diary()
    for name in ("lapse", "remind_5", "warn_3", "example.issue"):
        kept.keep(name)
    return kept


def test_a_time_that_has_come_is_acted_on_once(diary: Diary) -> None:
    process = a_process()
    actions.set_timers(process_id=process.pk, due={"warn_3": NOON + DAY})
    assert fire_due(NOON) == 0
    assert fire_due(NOON + DAY) == 1
    assert fire_due(NOON + DAY) == 0
    assert diary.lines == [("warn_3", process.subject_id, NOON + DAY)]
    assert open_names(process) == ["verify"]


def test_a_timer_may_name_its_action_in_the_file(diary: Diary) -> None:
    process = a_process()
    actions.set_timers(process_id=process.pk, due={"automatic": NOON})
    fire_due(NOON)
    assert [line[0] for line in diary.lines] == ["example.issue"]


def test_a_moved_time_counts_from_its_new_place(diary: Diary) -> None:
    process = a_process()
    for due in (NOON, NOON + 2 * DAY):
        actions.set_timers(process_id=process.pk, due={"warn_3": due})
    assert fire_due(NOON + DAY) == 0
    assert queries.due_times(process.pk) == {"warn_3": NOON + 2 * DAY}


def test_a_timer_the_file_does_not_draw_is_not_set() -> None:
    assert actions.set_timers(process_id=a_process().pk, due={"tea_time": NOON}) == []
    assert not Timer.objects.exists()


def test_what_fails_is_undone_and_tried_again_later(diary: Diary) -> None:
    process = a_process()
    actions.set_timers(process_id=process.pk, due={"warn_3": NOON})
    diary.broken = True
    assert fire_due(NOON) == 0
    timer = Timer.objects.get()
    assert (timer.fired_at, timer.attempts, timer.retry_at) == (None, 1, NOON + timedelta(minutes=1))
    assert fire_due(NOON + timedelta(seconds=30)) == 0
    diary.broken = False
    assert fire_due(NOON + timedelta(minutes=1)) == 1


def test_one_broken_timer_does_not_hold_back_the_next(diary: Diary) -> None:
    TIMERS._things.pop("warn_3")
    for name in ("warn_3", "automatic"):
        actions.set_timers(process_id=a_process().pk, due={name: NOON})
    assert fire_due(NOON) == 1
    assert Timer.objects.get(name="warn_3").attempts == 1


def test_a_reminder_leaves_the_task_open_and_goes_with_it(diary: Diary) -> None:
    process = returned()
    for name, day in (("remind_5", 1), ("remind_2", 2), ("lapse", 3)):
        actions.set_timers(process_id=process.pk, due={name: NOON + day * DAY})
    fire_due(NOON + DAY)
    assert open_names(process) == ["correct"]
    moved(process, ("correct", "answered"))
    assert queries.due_times(process.pk) == {}
    assert fire_due(NOON + 9 * DAY) == 0


def test_a_time_drawn_to_stop_a_task_leaves_it_to_the_action(diary: Diary) -> None:
    """The action looked at the rows and found a reason not to: the process must not end behind the case's back."""
    process = returned()
    actions.set_timers(process_id=process.pk, due={"lapse": NOON})
    assert fire_due(NOON + DAY) == 1
    process.refresh_from_db()
    assert (open_names(process), process.ended_at) == (["correct"], None)


def test_a_reminder_may_open_a_task_for_somebody_else(diary: Diary) -> None:
    asked = EXAMPLE.replace('<endEvent id="reminded"/>', '<userTask id="call"/><endEvent id="called"/>').replace(
        'targetRef="reminded"', 'targetRef="call"'
    )
    asked = asked.replace("  </process>", '<sequenceFlow id="f_c" sourceRef="call" targetRef="called"/></process>')
    process = returned(a_process(bpmn=asked))
    actions.set_timers(process_id=process.pk, due={"remind_5": NOON})
    fire_due(NOON)
    assert open_names(process) == ["call", "correct"]


def test_the_action_may_end_the_process_itself(diary: Diary) -> None:
    process = returned()

    def lapse(subject_id: UUID, at: datetime) -> None:
        actions.end(process_id=process.pk, reason="lapsed", by=DEWI, at=at)

    TIMERS._things["lapse"] = lapse
    actions.set_timers(process_id=process.pk, due={"lapse": NOON})
    assert fire_due(NOON) == 1
    process.refresh_from_db()
    assert process.end_reason == "lapsed"


def test_the_subject_is_locked_before_the_timer(diary: Diary) -> None:
    locked = LOCKS.add("case", lambda subject_id: diary.lines.append(("lock", subject_id, NOON)))
    assert locked is LOCKS["case"]
    actions.set_timers(process_id=a_process().pk, due={"warn_3": NOON})
    fire_due(NOON)
    assert [line[0] for line in diary.lines] == ["lock", "warn_3"]


def test_a_time_cleared_while_the_clock_waited_is_not_acted_on(diary: Diary) -> None:
    process = a_process()
    actions.set_timers(process_id=process.pk, due={"warn_3": NOON})
    LOCKS.add("case", lambda _id: actions.clear_timer(process_id=process.pk, name="warn_3"))
    assert fire_due(NOON) == 0
    assert diary.lines == []


def test_the_check_names_times_that_are_stuck(diary: Diary) -> None:
    process = a_process()
    actions.set_timers(process_id=process.pk, due={"warn_3": NOON})
    actions.set_timers(process_id=process.pk, due={"warn_4": NOON})
    Timer.objects.filter(name="warn_3").update(attempts=8)
    stuck = sorted(due_timers_are_done())
    assert ["failed 8 times" in line for line in stuck] == [True, False]
    assert "names no registered action" in stuck[1]
