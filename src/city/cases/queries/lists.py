"""Lists of cases. Plain rows by key: a page of 50 costs the same with a hundred or a hundred thousand cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from city.cases.declare import KINDS, POWERS, KindSpec
from city.cases.declare.powers import DESK, Power
from city.cases.models import Case, Inspection, Review
from city.cases.rules import states
from city.cases.rules.numbering import heard_number
from city.kernel.actor import Actor
from city.kernel.paging import Page, page_of
from city.people.queries import appointments_of

SHOWN = (
    "id", "receipt", "kind", "application_type", "state", "turn", "version", "submitted_at", "due_on", "urgent_on",
    "updated_at", "applicant_id", "applicant__name",
)  # fmt: skip
QUEUED = ("id", "receipt", "kind", "application_type", "state", "turn", "urgent_on", "applicant__name")
BUCKETS = (
    "verify", "examine", "review", "inspect", "assess", "draft", "initial", "sign", "hand_over", "waiting", "payment",
    "all",
)  # fmt: skip
_STEP = {
    "verify": states.VERIFY,
    "examine": states.EXAMINE,
    "draft": states.DRAFT,
    "sign": states.SIGN,
    "hand_over": states.HAND_OVER,
}
_TURNS = {**_STEP, "waiting": states.CORRECT, "payment": states.PAY}
_ASKED = {"review": Power.REVIEW, "inspect": Power.INSPECT, "assess": Power.ASSESS, "initial": Power.INITIAL}
_EMPTY: Page[dict[str, Any]] = Page([], "")
Rows = "QuerySet[Any, dict[str, Any]]"


def buckets_of(actor: Actor) -> list[str]:
    """The buckets this role has a part in, in the order of a case's way; `all` for the case's own agency."""
    mine = [name for name, step in _STEP.items() if actor.may(POWERS[step])]
    mine += [name for name, power in _ASKED.items() if actor.may(power)]
    if actor.permissions & DESK:
        mine += ["waiting", "payment", "all"]
    return [name for name in BUCKETS if name in mine]


@dataclass(frozen=True)
class Wanted:
    """Which files of a desk: those of a bucket, of one `kind` for whoever works through its pile, `after` a page."""

    bucket: str
    kind: str = ""
    after: str = ""


def kinds_at(actor: Actor) -> list[str]:
    """Codes of the kinds that this actor's agency decides, reviews, looks at on the spot, or assesses."""
    return [code for code, kind in KINDS.items() if actor.agency in _agencies_of(kind.spec)]


def _agencies_of(spec: KindSpec) -> set[str]:
    asked = {plan.agency for plan in (spec.inspection, spec.fee) if plan is not None}
    return {spec.agency, *spec.reviewers, *asked}


def queue_rows(actor: Actor, wanted: Wanted, *, at: datetime, size: int = 50) -> Page[dict[str, Any]]:
    """A page of a bucket, the most urgent first (`all`: the newest first). A bucket that is not the actor's is empty.

    Rows have the columns of QUEUED and those they are ordered by. `waiting` are cases that wait for their applicants.
    """
    bucket = wanted.bucket
    if bucket not in buckets_of(actor):
        return _EMPTY
    if bucket in ("review", "inspect"):
        return _asked_page(_reviews_waiting(actor) if bucket == "review" else _visits_waiting(actor), wanted, size)
    rows, by = _to_assess(actor), ("urgent_on", "id")
    if bucket == "all":
        rows = Case.objects.filter(agency=actor.agency, submitted_at__isnull=False)
        by = ("-submitted_at", "-id")
    elif bucket != "assess":
        rows = Case.objects.filter(_in_bucket(actor, bucket, at), agency=actor.agency)
    narrowed = rows.filter(kind=wanted.kind) if wanted.kind else rows
    shown = {*QUEUED, by[0].removeprefix("-")}
    return page_of(narrowed.values(*sorted(shown)), by=by, after=wanted.after, size=size)


def _in_bucket(actor: Actor, bucket: str, at: datetime) -> Q:
    return _my_initials(actor, at) if bucket == "initial" else Q(turn=_TURNS[bucket])


def _my_initials(actor: Actor, at: datetime) -> Q:
    """Drafts that wait for the paraf of the actor's own office: its place in the chain differs from kind to kind."""
    office = _office_code(actor, at)
    mine = Q(pk__in=[])
    for code, kind in KINDS.items():
        for place, holder in enumerate(kind.spec.decisions.initials, start=1):
            if holder == office:
                mine |= Q(turn=states.initial(place), kind=code)
    return mine


def _office_code(actor: Actor, at: datetime) -> str:
    if actor.person_id is None or actor.appointment_id is None:
        return ""
    held = appointments_of(actor.person_id, at).filter(pk=actor.appointment_id)
    return held.values_list("office__code", flat=True).first() or ""


def _asked_page(waiting: "QuerySet[Review] | QuerySet[Inspection]", wanted: Wanted, size: int) -> Page[dict[str, Any]]:
    if wanted.kind:
        waiting = waiting.filter(case__kind=wanted.kind)
    shown = [f"case__{name}" for name in QUEUED if name not in ("id", "urgent_on")]
    page = page_of(
        waiting.values("id", "urgent_on", "case_id", *shown), by=("urgent_on", "id"), after=wanted.after, size=size
    )
    return Page([_as_case(row) for row in page.rows], page.next_key)


def _reviews_waiting(actor: Actor) -> "QuerySet[Review]":
    """Opinions this agency still owes: none on a case that has ended, by silence or by its applicant."""
    return Review.objects.filter(agency=actor.agency, state__in=Review.OPEN, case__ended_at=None)


def _visits_waiting(actor: Actor) -> "QuerySet[Inspection]":
    """Places this agency has yet to look at, or to report on."""
    return Inspection.objects.filter(agency=actor.agency, state__in=Inspection.OPEN, case__ended_at=None)


def _to_assess(actor: Actor) -> "QuerySet[Case]":
    """Cases whose fee the actor's agency assesses; the cases themselves may be another agency's."""
    kinds = {code: kind.spec for code, kind in KINDS.items() if kind.spec.fee and kind.spec.fee.agency == actor.agency}
    agencies = {spec.agency for spec in kinds.values()}
    return Case.objects.filter(agency__in=agencies, turn=states.ASSESS, kind__in=kinds)


def _as_case(row: dict[str, Any]) -> dict[str, Any]:
    case = {name.removeprefix("case__"): value for name, value in row.items() if name.startswith("case__")}
    return {**case, "id": row["case_id"], "urgent_on": row["urgent_on"]}


_COUNTS = """
    SELECT step.turn, waiting.n FROM unnest(%s::text[]) AS step (turn), LATERAL (
        SELECT count(*) AS n FROM (
            SELECT FROM cases_case WHERE agency = %s AND turn = step.turn AND NOT turn = '' LIMIT %s
        ) AS counted
    ) AS waiting
"""


def queue_counts(actor: Actor, at: datetime, most: int = 100) -> dict[str, int]:
    """How many wait in each of the actor's buckets; counting stops at `most`, which a page shows as "99+"."""
    mine = buckets_of(actor)
    counts = _counts_by_step(actor, {turn: name for name, turn in _TURNS.items() if name in mine}, most)
    if "review" in mine:
        counts["review"] = _reviews_waiting(actor)[:most].count()
    if "inspect" in mine:
        counts["inspect"] = _visits_waiting(actor)[:most].count()
    if "assess" in mine:
        counts["assess"] = _to_assess(actor)[:most].count()
    if "initial" in mine:
        counts["initial"] = Case.objects.filter(_my_initials(actor, at), agency=actor.agency)[:most].count()
    return counts


def _counts_by_step(actor: Actor, buckets: dict[str, str], most: int) -> dict[str, int]:
    """All of them in one question, each from its range of the queue's index. `buckets` are names by turn."""
    if not buckets:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [list(buckets), actor.agency, most])
        return {buckets[turn]: n for turn, n in cursor.fetchall()}


def cases_of(person_id: UUID, after: str = "", size: int = 20) -> Page[dict[str, Any]]:
    """A person's own cases, drafts too, the newest first; a draft she cleared is gone."""
    rows = Case.objects.filter(applicant_id=person_id).exclude(state=states.State.WITHDRAWN, receipt=None)
    return page_of(rows.values(*SHOWN), by=("-id",), after=after, size=size)


def filed_at_counter(agency: str, after: str = "", size: int = 50) -> Page[dict[str, Any]]:
    """Cases this agency's counter opened for people without a phone, the newest first."""
    rows = Case.objects.filter(agency=agency, filed_by__isnull=False)
    return page_of(rows.values(*SHOWN), by=("-id",), after=after, size=size)


def by_receipt(number: str) -> Case | None:
    """The case of a receipt number as somebody typed it. Show its state and days only: the number is no secret."""
    return Case.objects.filter(receipt=heard_number(number)).first()


def states_counted(agency: str) -> dict[str, int]:
    """Cases of an agency by state."""
    rows = Case.objects.filter(agency=agency).values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def running_cases(ids: Sequence[UUID] | None = None) -> "QuerySet[Case]":
    """Cases whose clock was started and that have not ended."""
    running = Case.objects.filter(day_one__isnull=False, ended_at=None)
    return running if ids is None else running.filter(pk__in=ids)
