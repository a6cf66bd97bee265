"""What `make bench` prints, line by line. Started by run.py in the environment of a running demo city."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import django

django.setup()

import crowd  # noqa: E402
import rivals  # noqa: E402
import supplies  # noqa: E402
from browser import Browser  # noqa: E402
from django.db import connection  # noqa: E402
from town import PARTS, Town  # noqa: E402

from city.cases.models import Case  # noqa: E402
from city.documents.tests import make  # noqa: E402
from city.operate.demo import PASSWORD  # noqa: E402
from city.people.models import Account  # noqa: E402
from city.people.queries import actor_as, roles_of  # noqa: E402

FRONT = "dewi@dpmptsp.example"
WARM, COUNTED = 20, 100


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds a request, by part."""

    by_part: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.by_part.get(part, 0.0) for part in ("web", "uploads", "postgres"))

    def __str__(self) -> str:
        parts = ", ".join(f"{part} {self.by_part.get(part, 0.0):.1f}" for part in PARTS if self.by_part.get(part))
        return f"{self.total:.1f} ms ({parts})"


def cost_of(town: Town, work: Callable[[int], None], times: int) -> Cost:
    """Do `work(n)` times over and divide what the processes used."""
    before = town.cpu()
    for n in range(times):
        work(n)
    after = town.cpu()
    return Cost({part: (after[part] - before[part]) * 1000 / times for part in after})


def say(what: str, *figures: object) -> None:
    print(f"{what:<58}", *figures, flush=True)


@contextmanager
def stage(town: Town) -> Iterator[None]:
    with town.worker_asleep():
        yield


def lists(town: Town, desk: Browser) -> None:
    """The desk's list at 50,000 and 100,000 cases, against the same by hand."""
    version = Case.objects.filter(kind=crowd.KIND).values_list("kind_version_id", flat=True)[0]
    crowd.place_people()
    crowd.place_cases(version, 1, 50_000)
    _analyse()
    hundred = _page_cost(town, desk, "/sipeci/desk/?bucket=verify&rows=100")
    say("list of 100 at 50,000 cases (aim <= 9 ms)", hundred)
    crowd.place_cases(version, 50_001, 100_000)
    _analyse()
    fifty = _page_cost(town, desk, "/sipeci/desk/?bucket=verify")
    say("list of 50 at 100,000 cases", fifty)
    with rivals.by_hand(desk.cookies["sesi"]) as rival:
        say("  the same statements and template by hand", _rival_cost(town, rival, "/page"))
        say("  one statement and a bare table by hand", _rival_cost(town, rival, "/50"))
        ours = rate(town.port, "/sipeci/desk/?bucket=verify", desk.cookies)
        for what, path, aim in (("the same", "/page", "(aim >= 0.6)"), ("the bare table", "/50", "")):
            theirs = rate(rival.port, path, {})
            told = f"{ours:.0f}/s / {theirs:.0f}/s = {ours / theirs:.2f}"
            say(f"  rate, 8 clients: city / {what} by hand {aim}", told)


def _page_cost(town: Town, desk: Browser, path: str) -> Cost:
    for _ in range(WARM):
        desk.get(path)
    return cost_of(town, lambda _: _get(desk, path), COUNTED)


def _rival_cost(town: Town, rival: rivals.Rival, path: str) -> Cost:
    line = HTTPConnection("127.0.0.1", rival.port, timeout=30)
    for _ in range(WARM):
        rival.ask(line, path)
    own = rival.cpu()
    database = cost_of(town, lambda _: rival.ask(line, path), COUNTED).by_part["postgres"]
    return Cost({"web": (rival.cpu() - own) * 1000 / COUNTED, "postgres": database})


def _get(desk: Browser, path: str) -> None:
    desk.get(path)


def _analyse() -> None:
    """What autovacuum does by itself within a minute."""
    rivals.as_owner("VACUUM ANALYZE cases_case", "VACUUM ANALYZE people_person")


def rate(port: int, path: str, cookies: dict[str, str], seconds: float = 5.0, clients: int = 8) -> float:
    """Answers a second with this many clients asking without pause."""
    counts, until = [0] * clients, time.monotonic() + seconds
    head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def ask(place: int) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < until:
            line.request("GET", path, headers=head)
            line.getresponse().read()
            counts[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def transitions(town: Town, desk: Browser, times: int = 60) -> None:
    """Sending a draft, and an officer registering it as complete: each with process, rows and event."""
    at = datetime.now(UTC)
    front = _front()
    photo, paper = make.a_phone_photo(), supplies.a_paper()
    doctors = [crowd.a_doctor(n, at) for n in range(times)]
    cases = [crowd.a_filled_draft(doctor, photo, paper, at) for doctor in doctors]
    browsers = [_browser_of(town, supplies.an_account(doctor.pk, n)) for n, doctor in enumerate(doctors)]

    def submit(n: int) -> None:
        browsers[n].post(f"/sipeci/applications/{cases[n].pk}/submission", {"seen": str(cases[n].version)})

    for case in cases:
        case.refresh_from_db()
    submit(0)
    say("submission (aim <= 6 ms)", cost_of(town, lambda n: submit(n + 1), times - 1))
    for case in cases:
        crowd.accept_everything(case.pk, front, at)
        case.refresh_from_db()
    desk.get(f"/sipeci/desk/{cases[0].pk}")

    def register(n: int) -> None:
        desk.post(f"/sipeci/desk/{cases[n].pk}/registration", {"seen": str(cases[n].version)})

    register(0)
    say("transition: registered as complete (aim <= 8 ms)", cost_of(town, lambda n: register(n + 1), times - 1))


def _front() -> "crowd.Actor":
    account = Account.objects.get(email=FRONT)
    roles = roles_of(account.person_id, datetime.now(UTC))
    return actor_as(account.person_id, roles[0].value, roles)


def _browser_of(town: Town, account: Account) -> Browser:
    browser = Browser(town.port)
    browser.cookies["sesi"] = supplies.session_of(account)
    browser.get("/sipeci/applications/")
    return browser


def uploads(town: Town, times: int = 20) -> None:
    """A 3 MB photo received, checked by type, sealed and kept."""
    photo = supplies.a_photo()
    places = [supplies.an_upload() for _ in range(times + 2)]
    at = urlsplit(places[0].url)
    line = HTTPConnection(str(at.hostname), int(at.port or 0), timeout=60)

    def send(n: int) -> None:
        supplies.send(line, places[n], urlsplit(places[n].url).path, photo)

    send(0)
    send(1)
    say(f"upload of {len(photo) / 1e6:.1f} MB (aim <= 40 ms)", cost_of(town, lambda n: send(n + 2), times))


def jobs(town: Town) -> None:
    """What was left to the worker, all together."""
    before, waiting = town.cpu(), supplies.jobs_waiting()
    for _ in range(600):
        if supplies.jobs_waiting() == 0:
            break
        time.sleep(0.1)
    done = waiting - supplies.jobs_waiting()
    used = (town.cpu()["worker"] - before["worker"]) * 1000
    say("jobs left by all of the above, worker's time a job", f"{used / max(done, 1):.0f} ms ({done} jobs)")


def main() -> None:
    town = Town(Path(), int(sys.argv[2]), int(sys.argv[1]))
    desk = Browser(town.port)
    desk.sign_in(FRONT, PASSWORD)
    with stage(town):
        lists(town, desk)
        transitions(town, desk)
        uploads(town)
    jobs(town)
    for line in supplies.press_costs():
        say(*line)
    connection.close()


if __name__ == "__main__":
    main()
