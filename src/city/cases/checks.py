"""What `city verify` asks of cases."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from city.cases.models import Case, Correction, Decision, Number, Series
from city.cases.queries import pauses_of
from city.cases.rules import states
from city.cases.rules.clock import Running
from city.cases.rules.numbering import holes_in
from city.kernel.checks import check
from city.kernel.queries import working_calendar
from city.workflow.queries import open_tasks

CHUNK = 500


@check("cases: the process waits for what the case waits for")
def turns_agree_with_tasks() -> Iterator[str]:
    """The open tasks of a case's process fit its turn; an ended case has none."""
    sent = Case.objects.exclude(process=None).order_by("pk").values_list("pk", "turn", "state", "ended_at")
    for rows in _chunks(sent):
        tasks: dict[UUID, set[str]] = defaultdict(set)
        for case_id, name in open_tasks([row[0] for row in rows]).values_list("subject_id", "name"):
            tasks[case_id].add(name)
        for case_id, turn, state, ended_at in rows:
            if not _agree(turn, tasks[case_id]):
                yield f"Case {case_id} waits for {turn or 'nothing'}, its process for {sorted(tasks[case_id])}."
            if (state in states.FINAL) != (ended_at is not None):
                yield f"Case {case_id} is {state}, and yet its end is {ended_at}."


def _chunks(rows: "QuerySet[Case, tuple[UUID, str, str, object]]") -> Iterator[list[tuple[UUID, str, str, object]]]:
    batch = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    yield batch


def _agree(turn: str, tasks: set[str]) -> bool:
    if turn == states.REVIEW:  # beside the reviews goes the inspection, which is a turn of its own once it is alone
        reviews = {name for name in tasks if name == turn or name.startswith(f"{turn}_")}
        return bool(reviews) and tasks <= reviews | {states.INSPECT}
    return tasks == ({turn} if turn else set())


@check("cases: numbers leave no hole")
def numbers_are_gapless() -> Iterator[str]:
    """In each series every ordinal up to the last is used, reserved or void with its reason."""
    taken: dict[int, list[int]] = defaultdict(list)
    for series_id, ordinal in Number.objects.values_list("series_id", "ordinal").iterator():
        taken[series_id].append(ordinal)
    for series in Series.objects.all():
        ordinals = taken[series.pk]
        if holes := holes_in(ordinals, series.last):
            yield f"Series {series} has no number {', '.join(map(str, holes))}."
        if max(ordinals, default=0) > series.last:
            yield f"Series {series} was set back: number {max(ordinals)} exists."


@check("cases: every number stands for what happened")
def numbers_fit_decisions() -> Iterator[str]:
    """A signed decision's number is used, an unsigned one's reserved; a reserved number belongs to a decision."""
    for decision in Decision.objects.select_related("number").exclude(number=None).iterator(chunk_size=CHUNK):
        signed = decision.state == Decision.State.SIGNED
        wanted = Number.State.USED if signed else Number.State.RESERVED
        if decision.number is not None and decision.number.state != wanted:
            yield f"Number {decision.number.text} is {decision.number.state}, its decision is {decision.state}."
    for text in Number.objects.filter(state=Number.State.RESERVED, decision=None).values_list("text", flat=True):
        yield f"Number {text} is reserved for no decision."


@check("cases: every deadline is what its working days give")
def deadlines_hold() -> Iterator[str]:
    """Worked out again from day one, the pauses and today's calendar, each running deadline is the one on record."""
    calendar = working_calendar()
    running = Case.objects.filter(day_one__isnull=False, ended_at=None).order_by("pk")
    for case in running.iterator(chunk_size=CHUNK):
        if case.day_one is not None and case.sla_days is not None:
            due = Running(case.day_one, case.sla_days, calendar, pauses_of(case.pk)).due
            if due != case.due_on:
                yield f"Case {case.pk} is due on {case.due_on}, its working days give {due}."


@check("cases: what was decided was signed and stored")
def decisions_are_whole() -> Iterator[str]:
    """An issued or refused case has a decision with number, signer and stored paper."""
    ended = Case.objects.filter(state__in=[states.State.ISSUED, states.State.REJECTED])
    whole = Q(decision__number__isnull=False, decision__signer__isnull=False, decision__issued_at__isnull=False)
    for case_id in ended.exclude(whole).values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        yield f"Case {case_id} is decided without a whole decision."


@check("cases: a returned case has one sent return")
def returns_agree() -> Iterator[str]:
    """Whoever waits for an applicant has asked her something, and nobody else has."""
    sent = set(Correction.objects.filter(state=Correction.State.SENT).values_list("case_id", flat=True))
    returned = set(Case.objects.filter(state=states.State.RETURNED).values_list("pk", flat=True))
    for case_id in sorted(sent ^ returned):
        yield f"Case {case_id}: its state and its returns disagree."
