"""The days a permit holds, and what its face shows: worked out once for the letter and once more for the row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from city.cases.declare import KindSpec
from city.cases.models import Case
from city.cases.queries import answers_in, spec_of
from city.permits.declare.parts import parts_of, rules_of
from city.permits.models import Permit
from city.permits.rules.term import start_of


@dataclass(frozen=True)
class Term:
    """First and last day; no last day means without end."""

    first: date
    last: date | None


def term_of(case: Case, decided: date) -> Term:
    """`decided` is the day the letter was written, so that the letter and the row say the same.

    A renewal starts the day after the permit it continues; an amendment starts at once and ends when that one would.
    """
    before = predecessor_of(case)
    if before is not None and case.application_type == "amendment" and not before.is_over(decided):
        return Term(decided, before.valid_until)
    continues = before is not None and case.application_type == "renewal"
    first = start_of(decided, before.valid_until if continues and before else None)
    rules, answers = rules_of(spec_of(case.kind_version_id)), answers_in(case)
    begins = getattr(rules, "first_for", None)
    if begins is not None:
        first = begins(answers, first)
    return Term(first, rules.term_for(answers, first))


def predecessor_of(case: Case) -> Permit | None:
    """The permit that a case renews or amends."""
    return Permit.objects.filter(pk=case.predecessor).first() if case.predecessor else None


def face_of_case(spec: KindSpec, answers: Mapping[str, str]) -> dict[str, Any]:
    """The holder's name and the place, as the paper prints them."""
    place = [spec.fields[code].shown(answers.get(code, "")) for code in parts_of(spec).face if code in spec.fields]
    return {"name": answers.get("holder_name", ""), "place": [line for line in place if line]}
