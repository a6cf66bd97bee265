"""What the report of an inspection must say: every check answered, every measure a number, a result, who was there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from city.cases.rules.answers import Fault

YES, NO, NOT_THERE = "yes", "no", "not_there"
FINDINGS = (YES, NO, NOT_THERE)
RESULTS = ("fit", "conditional", "unfit")
PARTIES = ("applicant", "representative", "nobody")
PRIVATE = frozenset({"party_name", "party_remark", "latitude", "longitude"})
LONGEST = 2000  # letters of any one part
SHORTEST_CONCLUSION = 10
_NUMBER = re.compile(r"\d{1,9}([.,]\d{1,4})?")
_DEGREES = re.compile(r"-?\d{1,3}([.,]\d{1,10})?")


@dataclass(frozen=True)
class Asked:
    """What one kind's report asks: codes of its checks and of its measures."""

    checks: Sequence[str]
    measures: Sequence[str] = ()

    @property
    def names(self) -> list[str]:
        """Every name a report may have, in the order of the page."""
        parts = [f"{part}_{code}" for code in self.checks for part in ("check", "note")]
        parts += [f"measure_{code}" for code in self.measures]
        return [*parts, "latitude", "longitude", "party", "party_name", "party_remark", "result", "conclusion"]


def kept_parts(asked: Asked, typed: Mapping[str, str]) -> dict[str, str]:
    """Of what was typed, what belongs to this report and is not too long to keep."""
    parts = {name: typed.get(name, "").strip() for name in asked.names}
    return {name: text for name, text in parts.items() if 0 < len(text) <= LONGEST}


def faults_in_report(asked: Asked, report: Mapping[str, str]) -> list[Fault]:
    """What still keeps a report from being signed, in the order of the page."""
    return [*_findings(asked, report), *_place(report), *_party(report), *_end(report)]


def _findings(asked: Asked, report: Mapping[str, str]) -> Iterator[Fault]:
    for code in asked.checks:
        found = report.get(f"check_{code}", "")
        if found not in FINDINGS:
            yield Fault(f"check_{code}", "unanswered")
        elif found == NO and not report.get(f"note_{code}", ""):
            yield Fault(f"note_{code}", "say_what")
    for code in asked.measures:
        if not _NUMBER.fullmatch(report.get(f"measure_{code}", "")):
            yield Fault(f"measure_{code}", "measure")


def _place(report: Mapping[str, str]) -> Iterator[Fault]:
    """Coordinates may be left out; half a pair, or a point outside Indonesia, is a slip of the hand."""
    for name, other, least, most in (("latitude", "longitude", -11.5, 6.5), ("longitude", "latitude", 94.5, 141.5)):
        text = report.get(name, "")
        if not text:
            if report.get(other, ""):
                yield Fault(name, "half_a_place")
        elif not _DEGREES.fullmatch(text) or not least <= float(text.replace(",", ".")) <= most:
            yield Fault(name, "no_place")


def _party(report: Mapping[str, str]) -> Iterator[Fault]:
    party = report.get("party", "")
    if party not in PARTIES:
        yield Fault("party", "unanswered")
    elif party != "nobody" and not report.get("party_name", ""):
        yield Fault("party_name", "who")


def _end(report: Mapping[str, str]) -> Iterator[Fault]:
    if report.get("result", "") not in RESULTS:
        yield Fault("result", "unanswered")
    if len(report.get("conclusion", "")) < SHORTEST_CONCLUSION:
        yield Fault("conclusion", "conclude")
