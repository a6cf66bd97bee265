"""The worker breaks down, or two of them run: what fails stays apart, what was begun ends, what is due comes once."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from city.documents.tests import make
from city.operate import programs
from city.operate.children import Program, end, program
from city.operate.tests.test_children import until

from .errand import Errand, Office
from .person import Person
from .test_kill import each_thing_happened_once, everything_is_numbered
from .town import HERE, Town, in_city

pytestmark = pytest.mark.slow
LISTENER = "city.permits.listeners.tell_submitted"
TIMERS = "FROM workflow_timer t JOIN cases_case c ON c.process_id = t.process_id WHERE c.id = ANY(%s::uuid[])"
EVENTS = "SELECT name FROM kernel_eventrecord WHERE subject_id = ANY(%s::uuid[])"
GRANTED = "SELECT count(*) FROM permits_permit WHERE case_id = ANY(%s::uuid[]) AND automatic"
PAPERS = (
    "SELECT count(*) FROM documents_paper p JOIN cases_case c ON p.purpose = 'case:' || c.id"
    " WHERE c.id = ANY(%s::uuid[])"
)


@contextmanager
def another(town: Town, command: list[str]) -> Iterator[None]:
    """One more program of this city, beside those it runs itself."""
    told = town.home.environment(
        "worker", CITY_DB_PASSWORDS=str(town.path / "database.json"), CITY_PUBLIC_URL=town.url,
        CITY_UPLOADS_URL=town.uploads_url,
    )  # fmt: skip
    one: Program = program("another", command, told, town.path / "log" / "another.log")
    child, town.workers = one.start(), town.workers + 1
    try:
        yield
    finally:
        end(child)
        town.workers -= 1


@contextmanager
def worker_asleep(town: Town) -> Iterator[None]:
    """The city's own worker is stopped in the middle of nothing."""
    town.quiet()
    pid = town.pid("worker")
    assert pid
    os.killpg(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(pid, signal.SIGCONT)


def deliveries(town: Town, case_id: str) -> dict[str, set[object]]:
    """Of one case, which listeners were served: state → listeners."""
    found: dict[str, set[object]] = {}
    for state, listener in town.rows("SELECT state, listener FROM kernel_delivery WHERE stream = %s", case_id):
        found.setdefault(str(state), set()).add(listener)
    return found


def test_a_listener_that_fails_parks_only_its_stream(town: Town) -> None:
    office = Office(town)
    broken, sound = (
        Errand(town, Person(town.url, f"dokter{number}@warga.example"), office).until("hand_in_all")
        for number in (17, 18)
    )
    worker = [programs.worker()[0], str(HERE / "faulty_worker.py"), broken.case_id]
    with worker_asleep(town), another(town, worker):
        for errand in (broken, sound):
            errand.submit()
        until(lambda: "parked" in deliveries(town, broken.case_id), "it was never parked")
        for errand in (broken, sound):
            errand.send_back()
        until(lambda: told(town, broken) == {"case.returned": 1}, "one listener's fault reached another one")
        until(lambda: told(town, sound) == {"case.submitted": 1, "case.returned": 1}, "the other case waits too")
        assert deliveries(town, broken.case_id)["parked"] == {LISTENER}
        row = town.rows(
            "SELECT attempts, error FROM kernel_delivery WHERE stream = %s AND state = 'parked'", broken.case_id
        )
        assert row == [(2, "RuntimeError")], "the row names the error and repeats nothing of its text"
    an_operator_sees_it_and_lets_it_go(town, broken)


def told(town: Town, errand: Errand) -> dict[str, int]:
    codes = town.rows("SELECT code FROM notices_notice WHERE link LIKE '%%' || %s || '%%'", errand.case_id)
    return dict(Counter(str(code) for (code,) in codes))


def an_operator_sees_it_and_lets_it_go(town: Town, broken: Errand) -> None:
    seen = town.operator("verify")
    assert seen.returncode == 1
    assert LISTENER in seen.stdout
    released = town.operator("retry")
    assert released.returncode == 0, released.stderr
    town.quiet()
    assert told(town, broken) == {"case.submitted": 1, "case.returned": 1}
    town.verify()


def test_the_job_of_a_killed_worker_is_taken_up_again(town: Town) -> None:
    """Without any help: the chore of stalled jobs finds it within a minute, and its effect is there once."""
    errand = Errand(town, Person(town.url, "dokter19@warga.example"), Office(town)).until("fill")
    town.quiet()
    file_id = next(filter(None, (killed_amid(town, errand) for _ in range(20))), "")
    assert file_id, "the worker was never caught in the middle of a job"
    until(lambda: done(town, file_id), "the job of a killed worker was never taken up again")
    ready = "SELECT count(*) FROM kernel_eventrecord WHERE name = 'FileReady' AND subject_id = %s"
    assert town.count(ready, file_id) == 1
    started = (
        "SELECT count(*) FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id"
        " WHERE e.type = 'started' AND j.args->>'file_id' = %s"
    )
    assert town.count(started, file_id) == 2
    town.quiet()
    town.verify()


def killed_amid(town: Town, errand: Errand) -> str:
    """Kills the worker while it looks into a large photo; the file's id, or "" when it was done already."""
    file_id = errand.upload("str", "str.jpg", make.a_large_photo(9_000_000)).send()
    until(lambda: is_looked_into(town, file_id) or done(town, file_id), "nobody looked into the file")
    town.kill("worker", random.Random(), part="all")
    town.whole()
    return file_id if is_looked_into(town, file_id) else ""


def is_looked_into(town: Town, file_id: str) -> bool:
    doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND args->>'file_id' = %s"
    return town.count(doing, file_id) == 1


def done(town: Town, file_id: str) -> bool:
    return town.count("SELECT count(*) FROM documents_storedfile WHERE id = %s AND state = 'ready'", file_id) == 1


def test_two_workers_do_everything_once(town: Town) -> None:
    """Late applications are granted by silence, each once, and a whole life goes on beside them."""
    with worker_asleep(town):
        late = in_city(town.path, HERE / "researchers.py").split()
        assert town.count(f"SELECT count(*) {TIMERS} AND t.fired_at IS NULL", late) >= 2 * len(late)
    with another(town, programs.worker()):
        errand = Errand(town, Person(town.url, "dokter20@warga.example"), Office(town)).until("issued")
        until(lambda: town.count(GRANTED, late) == len(late), "silence did not grant")
        town.quiet()
    each_thing_happened_once(errand)
    events = Counter(str(name) for (name,) in town.rows(EVENTS, late))
    assert events["CaseDeemedApproved"] == events["CaseIssued"] == len(late)
    fired = Counter(str(name) for (name,) in town.rows(f"SELECT t.name {TIMERS} AND t.fired_at IS NOT NULL", late))
    assert fired["automatic"] == len(late)
    assert events["CaseWarned"] == sum(count for name, count in fired.items() if name.startswith("warn_"))
    assert town.count(PAPERS, late) == len(late)
    everything_is_numbered(town)
    town.verify()
