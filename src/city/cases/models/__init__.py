"""Rows of a case. Answers are sealed under the applicant's key; the rest holds ids, codes, days, officers' words."""

from city.cases.models.case import Answer, Case, Delivery, RequiredDocument, State
from city.cases.models.clock import CalendarMark, ClockEntry, Pause
from city.cases.models.decision import Decision, Number, Series
from city.cases.models.inspection import Inspection, InspectionPhoto
from city.cases.models.kind import KindVersion
from city.cases.models.review import Correction, CorrectionItem, Review

__all__ = [
    "Answer",
    "CalendarMark",
    "Case",
    "ClockEntry",
    "Correction",
    "CorrectionItem",
    "Decision",
    "Delivery",
    "Inspection",
    "InspectionPhoto",
    "KindVersion",
    "Number",
    "Pause",
    "RequiredDocument",
    "Review",
    "Series",
    "State",
]
