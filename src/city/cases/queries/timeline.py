"""What happened to a case and who held it how long: both read from its events, which nobody can change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from city.cases.declare import KindSpec
from city.cases.models import Case
from city.cases.queries.clock import pauses_of
from city.cases.queries.kinds import spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of, working_days_held
from city.kernel.models import EventRecord
from city.kernel.queries import history_of, working_calendar
from city.kernel.rules import is_paused
from city.people.models import Agency
from city.people.queries import agency

# The desk's own notes: the applicant sees what was sent, not what is being written.
INTERNAL = frozenset({"DefectMarked", "DefectCleared", "DocumentAccepted", "DraftReturned", "ClockRecomputed"})


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `by` is an Actor.ref, `data` the event's ids, codes and days."""

    name: str
    at: datetime
    by: str
    data: dict[str, Any]


def timeline(case_id: UUID, *, internal: bool = False) -> list[Moment]:
    """Oldest first. `internal` adds the desk's own notes, for officials alone."""
    records = history_of("case", case_id)
    if not internal:
        records = records.exclude(name__in=INTERNAL)
    return [Moment(one.name, one.at, one.actor, one.data) for one in records]


@dataclass(frozen=True)
class Span:
    """One holder's time with the file: `holder` is "applicant" or an agency's code, `step` what for ("verify").

    `working_days` add up over all spans; `counted`: the city's clock ran. `until` is None while it lies there.
    """

    holder: str
    step: str
    since: datetime
    until: datetime | None
    working_days: int
    counted: bool


_STEP_AFTER = {"CaseSubmitted": states.VERIFY, "CaseReturned": states.CORRECT}
_SAYS_TURN = frozenset(
    {
        "CaseRegistered",
        "CaseExamined",
        "CaseAssessed",
        "CasePaid",
        "AssessmentReopened",
        "DecisionDrafted",
        "DecisionInitialled",
    }
)
_MAY_BE_LAST = frozenset({"ReviewGiven", "InspectionSigned"})
_ENDS = frozenset(
    {
        "CaseIssued", "CaseRejected", "CaseWithdrawn", "CaseLapsed", "CaseDeemedApproved", "CaseHandedOver",
        "DecisionSigned",
    }
)  # fmt: skip


def _step_after(record: EventRecord) -> str | None:
    """The step the case waits for after an event; "" at its end, None where nothing changes hands."""
    if record.name in _ENDS:
        return ""
    if record.name in _SAYS_TURN:
        return str(record.data["turn"])
    if record.name == "CorrectionAnswered":
        return str(record.data["stage"])
    if record.name in _MAY_BE_LAST:
        return (record.data.get("turn") or states.DRAFT) if record.data["last"] else None
    if record.name == "DraftReturned":
        return states.DRAFT
    return _STEP_AFTER.get(record.name)


def _handovers(records: Iterable[EventRecord]) -> Iterator[tuple[str, datetime]]:
    for record in records:
        step = _step_after(record)
        if step is not None:
            yield step, record.at


def holding(case_id: UUID, at: datetime) -> list[Span]:
    """The public ledger of who held the file and for how many working days, oldest first."""
    case = Case.objects.get(pk=case_id)
    hands = list(_handovers(history_of("case", case_id)))
    spec = spec_of(case.kind_version_id)
    calendar, pauses = working_calendar(), pauses_of(case_id)
    spans = []
    for place, (step, since) in enumerate(hands):
        if not step:
            continue
        until = hands[place + 1][1] if place + 1 < len(hands) else None
        last = day_of(until or at)
        days = working_days_held(day_of(since), last, calendar)
        ran = _ran(case.day_one, day_of(since), last, pauses)
        counted = ran and step not in states.WITH_APPLICANT
        spans.append(Span(_holder(case, spec, step), step, since, until, days, counted))
    return spans


def _holder(case: Case, spec: KindSpec, step: str) -> str:
    if step in states.WITH_APPLICANT:
        return "applicant"
    if step in (states.REVIEW, states.INSPECT):
        visits = [spec.inspection.agency] if spec.inspection else []
        return "+".join(dict.fromkeys([*spec.reviewers, *visits]))
    return spec.fee.agency if step == states.ASSESS and spec.fee else case.agency


def _ran(first: date | None, start: date, last: date, pauses: list[tuple[date, date | None]]) -> bool:
    return first is not None and last >= first and not is_paused(last, pauses)


def holder_names(spans: Iterable[Span]) -> dict[str, str]:
    """How holders are named to people: agencies by name, several reviewers joined, the applicant as herself."""
    names = {"applicant": _("Pemohon")}
    for holder in {span.holder for span in spans} - {"applicant"}:
        names[holder] = ", ".join(_agency_name(code) for code in holder.split("+"))
    return names


def _agency_name(code: str) -> str:
    try:
        return agency(code).name
    except Agency.DoesNotExist:
        return code
