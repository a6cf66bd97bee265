"""Rules, without a database: states as a table, the clock by its properties."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from city.cases.declare import KINDS
from city.cases.models import State as Worded
from city.cases.rules import clock, numbering, states
from city.cases.rules.answers import Fault, fault_in
from city.cases.rules.clock import Running
from city.cases.rules.states import State, Verb
from city.cases.tests.make import KIND, the_kind
from city.kernel.rules import WIB, WorkingCalendar, day_one, is_paused

MONDAY = date(2026, 11, 23)
DAYS = st.integers(0, 120).map(lambda n: MONDAY + timedelta(days=n))
HOLIDAYS = st.frozensets(DAYS, max_size=12)
PAUSES = st.lists(st.tuples(DAYS, st.integers(1, 20)), max_size=4).map(
    lambda spans: [(start, start + timedelta(days=n)) for start, n in spans]
)


def test_every_state_has_its_words_and_every_verb_its_states() -> None:
    assert {s.value for s in State} == set(Worded.values)
    assert set(states.FROM) == set(Verb)
    assert not any(verb_states & states.FINAL for verb_states in states.FROM.values())


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        ("draft", {"fill", "submit", "withdraw"}),
        ("submitted", {"check", "send_back", "register", "withdraw"}),
        ("completeness", {"check", "send_back", "register", "withdraw"}),
        ("returned", {"fill", "answer", "withdraw", "lapse"}),
        ("registered", {"check", "send_back", "examine", "withdraw", "deem"}),
        ("admin_review", {"check", "send_back", "examine", "withdraw", "deem"}),
        ("technical", {"review", "inspect", "withdraw", "deem"}),
        ("recommended", {"assess", "hand_over", "draft", "withdraw", "deem"}),
        ("assessed", {"settle", "withdraw", "deem"}),
        ("awaiting_payment", {"settle", "withdraw", "deem"}),
        ("paid", {"hand_over", "draft", "withdraw", "deem"}),
        ("drafting", {"draft", "withdraw", "deem"}),
        ("initialling", {"initial", "return_draft", "withdraw", "deem"}),
        ("signing", {"sign", "return_draft", "withdraw", "deem"}),
        *((state, set()) for state in ("issued", "rejected", "withdrawn", "lapsed", "deemed_approved", "handed_over")),
    ],
)
def test_what_may_be_done_from_a_state(state: str, verbs: set[str]) -> None:
    assert {verb.value for verb in states.verbs_from(state)} == verbs


def test_a_kind_without_back_office_or_reviews_skips_them() -> None:
    assert states.after_registration(examined=True, reviewers=["A"]) == (State.REGISTERED, "examine")
    assert states.after_registration(examined=False, reviewers=["A"]) == (State.TECHNICAL, "review")
    assert states.after_registration(examined=False, reviewers=[]) == (State.RECOMMENDED, "draft_decision")
    assert states.after_drafting([]) == (State.SIGNING, "sign")
    assert states.after_initial(1, ["a", "b"]) == (State.INITIALLING, "initial_2")
    assert states.after_initial(2, ["a", "b"]) == (State.SIGNING, "sign")


@pytest.mark.parametrize(
    ("received", "closes", "first"),
    [
        (datetime(2026, 11, 23, 14, 59, tzinfo=WIB), time(15), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 15, 0, tzinfo=WIB), time(15), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 15, 1, tzinfo=WIB), time(15), date(2026, 11, 25)),
        (datetime(2026, 11, 23, 15, 30, tzinfo=WIB), time(16), date(2026, 11, 24)),
        (datetime(2026, 11, 28, 20, 0, tzinfo=WIB), time(15), date(2026, 11, 30)),  # Saturday night
        (datetime(2026, 11, 23, 18, 30, tzinfo=UTC), time(15), date(2026, 11, 25)),  # Tuesday 01.30 in Cilegon
    ],
)
def test_day_one_is_the_working_day_after_receipt(received: datetime, closes: time, first: date) -> None:
    assert day_one(received, WorkingCalendar(), closes) == first


def test_ten_working_days_to_answer_leave_out_weekends_and_holidays() -> None:
    sent = datetime(2026, 11, 23, 10, 0, tzinfo=WIB)
    assert clock.answer_by(sent, 10, WorkingCalendar()) == date(2026, 12, 7)
    assert clock.answer_by(sent, 10, WorkingCalendar(frozenset({date(2026, 12, 1)}))) == date(2026, 12, 8)


@given(HOLIDAYS, PAUSES, DAYS)
def test_a_new_holiday_moves_the_deadline_by_one_working_day_or_not_at_all(
    holidays: frozenset[date], pauses: list[tuple[date, date | None]], added: date
) -> None:
    assume(added not in holidays)
    before = Running(MONDAY, 10, WorkingCalendar(holidays), pauses)
    after = Running(MONDAY, 10, WorkingCalendar(holidays | {added}), pauses)
    assert before.due is not None
    counted = before.calendar.counts(added) and MONDAY <= added <= before.due and not is_paused(added, pauses)
    if not counted:
        assert after.due == before.due
        return
    following = after.calendar.next_after(before.due) if added != before.due else after.calendar.next_after(added)
    while is_paused(following, pauses):
        following = after.calendar.next_after(following)
    assert after.due == following


@given(HOLIDAYS, PAUSES)
def test_overlapping_pauses_count_once(holidays: frozenset[date], pauses: list[tuple[date, date | None]]) -> None:
    calendar = WorkingCalendar(holidays)
    rested = {day for start, end in pauses if end for day in calendar.days_between(start, end - timedelta(days=1))}
    one_by_one: list[tuple[date, date | None]] = [(day, day + timedelta(days=1)) for day in rested]
    assert Running(MONDAY, 7, calendar, pauses).due == Running(MONDAY, 7, calendar, one_by_one).due
    assert Running(MONDAY, 7, calendar, [*pauses, *pauses]).due == Running(MONDAY, 7, calendar, pauses).due


@given(PAUSES, PAUSES)
def test_no_later_pause_gives_back_a_used_day(
    early: list[tuple[date, date | None]], late: list[tuple[date, date | None]]
) -> None:
    """Reset-proof: what is used today stays used, whatever rests from tomorrow on."""
    today = MONDAY + timedelta(days=9)
    future: list[tuple[date, date | None]] = [span for span in late if span[0] > today]
    one = Running(MONDAY, 30, WorkingCalendar(), early)
    other = Running(MONDAY, 30, WorkingCalendar(), [*early, *future])
    assert clock.counted_on(one, today).used == clock.counted_on(other, today).used


@given(HOLIDAYS, PAUSES, DAYS)
def test_used_and_left_add_up_and_the_line_ends_at_the_deadline(
    holidays: frozenset[date], pauses: list[tuple[date, date | None]], today: date
) -> None:
    running = Running(MONDAY, 10, WorkingCalendar(holidays), pauses)
    count, line = clock.counted_on(running, today), clock.line_of(running, today)
    assert count.used + count.left == 10
    assert sum(1 for day in line if not day.paused and running.due and day.on <= running.due) == 10
    assert [day.on for day in line if day.deadline] == [running.due]


def test_an_open_pause_has_no_deadline_but_one_if_the_answer_comes_today() -> None:
    open_pause = [(MONDAY + timedelta(days=2), None)]
    running = Running(MONDAY, 5, WorkingCalendar(), open_pause)
    assert running.due is None
    assert clock.counted_on(running, MONDAY + timedelta(days=8)).used == 2
    assert running.due_if_resumed(MONDAY + timedelta(days=9)) == MONDAY + timedelta(days=11)
    line = clock.line_of(running, MONDAY + timedelta(days=8))
    assert [day.paused for day in line] == [False, False, True, True, True, True, True, False, False, False]


def test_the_return_counts_for_the_office_and_the_answer_for_the_applicant() -> None:
    sent, answered = datetime(2026, 11, 24, 9, tzinfo=WIB), datetime(2026, 11, 26, 9, tzinfo=WIB)
    pause = (clock.pause_from(sent), clock.pause_until(answered, WorkingCalendar(), time(15)))
    assert pause == (date(2026, 11, 25), date(2026, 11, 27))


def test_spans_of_holders_add_up_to_the_whole() -> None:
    calendar, days = WorkingCalendar(), [MONDAY, date(2026, 11, 25), date(2026, 11, 25), date(2026, 12, 1)]
    held = [clock.working_days_held(a, b, calendar) for a, b in pairwise(days)]
    assert held == [2, 0, 4]
    assert sum(held) == clock.working_days_held(days[0], days[-1], calendar)


def test_numbers() -> None:
    assert numbering.number_text("503/{ordinal}/SIPD/DPMPTSP/{year}", 7, 2026) == "503/7/SIPD/DPMPTSP/2026"
    assert numbering.year_of(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)) == 2027
    assert numbering.heard_number(" spc-sipd 2026 -000123 ") == "SPC-SIPD2026-000123"
    assert numbering.holes_in([1, 2, 5], 6) == [3, 4, 6]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("holder", "x" * 41, "long"),
        ("holder", "D'Souza", None),
        ("kind", "unknown", "choose"),
        ("valid_until", "2026-02-30", "date"),
        ("email", "sri@", "email"),
        ("email", "", None),
    ],
)
def test_what_an_answer_must_be(field: str, text: str, code: str | None) -> None:
    the_kind()
    fault = fault_in(KINDS[KIND].spec.fields[field], text)
    assert (fault.code if isinstance(fault, Fault) else None) == code
