"""What a signer wants to know before she signs: how others like it were decided, and what was unusual here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from statistics import median
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city.cases.models import Case, Decision
from city.cases.queries import clock, rounds_used, running_cases, timeline
from city.kernel.models import EventRecord
from city.kernel.queries import working_calendar
from city.kernel.rules import WIB
from city.people.queries import name_of

SHOWN = 6
OPENS, CLOSES = time(7), time(18)  # WIB; work on a file outside these hours is worth a look, not a fault


@dataclass(frozen=True)
class Similar:
    """A past decision of the same kind: its number, how it ended, in how many working days."""

    case_id: UUID
    number: str
    granted: bool
    automatic: bool
    days: int


@dataclass(frozen=True)
class Consistency:
    """The panel beside the draft. `usual` is the median of working days of `similar`; `flags` are sentences."""

    drafter: str
    drafted_at: datetime
    returns: int
    days: int
    similar: list[Similar]
    usual: int | None
    flags: list[str]


def consistency_of(case: Case, decision: Decision, at: datetime) -> Consistency:
    """What to compare a drafted decision with."""
    similar = list(_similar(case))
    now = clock(case.pk, at)
    return Consistency(
        drafter=name_of(decision.drafter_id) if decision.drafter_id else "",
        drafted_at=decision.drafted_at,
        returns=rounds_used(case.pk),
        days=now.used if now else 0,
        similar=similar,
        usual=round(median(one.days for one in similar)) if similar else None,
        flags=[*_overtaken(case), *_odd_hours(case), *_many_returns(case)],
    )


def _similar(case: Case) -> Iterator[Similar]:
    """The last decisions of this kind, newest first, read from the record nobody can change."""
    decided = EventRecord.objects.filter(name__in=["CaseIssued", "CaseRejected"], data__kind=case.kind)
    for record in decided.exclude(subject_id=case.pk).order_by("-id")[:SHOWN]:
        spent = clock(record.subject_id, record.at)
        yield Similar(
            record.subject_id,
            record.data["number"],
            record.name == "CaseIssued",
            bool(record.data.get("automatic")),
            spent.used if spent else 0,
        )


def _overtaken(case: Case) -> Iterator[str]:
    earlier = running_cases().filter(kind=case.kind, registered_at__lt=case.registered_at, due_on__isnull=False)
    count = earlier.count() if case.registered_at else 0
    if count:
        yield ngettext(
            "%(num)s permohonan sejenis lebih dulu lengkap dan belum diputuskan.",
            "%(num)s permohonan sejenis lebih dulu lengkap dan belum diputuskan.",
            count,
        ) % {"num": count}


def _odd_hours(case: Case) -> Iterator[str]:
    """Officers' work outside office hours; the applicant may work when she likes."""
    calendar, mine = working_calendar(), f"person:{case.applicant_id}"
    officers = [one for one in timeline(case.pk, internal=True) if one.by.startswith("person:") and one.by != mine]
    moments = [one.at.astimezone(WIB) for one in officers]
    odd = [at for at in moments if not calendar.counts(at.date()) or not OPENS <= at.time() < CLOSES]
    if odd:
        yield ngettext(
            "%(num)s langkah petugas di luar jam kerja.", "%(num)s langkah petugas di luar jam kerja.", len(odd)
        ) % {"num": len(odd)}


def _many_returns(case: Case) -> Iterator[str]:
    if rounds_used(case.pk) > 1:
        yield _("Berkas dikembalikan lebih dari sekali.")
