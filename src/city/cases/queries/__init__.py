"""What others ask of cases. Ask `case_for` first: it says who may see one."""

from city.cases.queries.clock import Clock, clock, pauses_of, running_of
from city.cases.queries.corrections import correction_draft, corrections_of, items_open, open_correction, rounds_used
from city.cases.queries.decisions import decision_of, decision_of_paper, reviews_of
from city.cases.queries.filled import DocumentRow, answers_in, answers_of, documents_in, documents_of, place_of
from city.cases.queries.kinds import kind_on_shelf, rules_of, spec_of
from city.cases.queries.lists import (
    BUCKETS,
    buckets_of,
    by_receipt,
    cases_of,
    filed_at_counter,
    queue_counts,
    queue_rows,
    running_cases,
    states_counted,
)
from city.cases.queries.submission import errors_before_submission, errors_in_case, fault_in_typed
from city.cases.queries.timeline import Moment, Span, holder_names, holding, timeline
from city.cases.queries.visible import case_for, is_on_desk, is_own, is_reviewer, may_see, no_such_case

__all__ = [
    "BUCKETS",
    "Clock",
    "DocumentRow",
    "Moment",
    "Span",
    "answers_in",
    "answers_of",
    "buckets_of",
    "by_receipt",
    "case_for",
    "cases_of",
    "clock",
    "correction_draft",
    "corrections_of",
    "decision_of",
    "decision_of_paper",
    "documents_in",
    "documents_of",
    "errors_before_submission",
    "errors_in_case",
    "fault_in_typed",
    "filed_at_counter",
    "holder_names",
    "holding",
    "is_on_desk",
    "is_own",
    "is_reviewer",
    "items_open",
    "kind_on_shelf",
    "may_see",
    "no_such_case",
    "open_correction",
    "pauses_of",
    "place_of",
    "queue_counts",
    "queue_rows",
    "reviews_of",
    "rounds_used",
    "rules_of",
    "running_cases",
    "running_of",
    "spec_of",
    "states_counted",
    "timeline",
]
