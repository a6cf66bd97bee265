"""Rows of the catalogue: what a work is, who made it, what it is about, and the records it was read from."""

from city.library.models.authorities import Agent, AgentVariant, Subject, SubjectVariant
from city.library.models.finding import Entry, Word
from city.library.models.records import Import, ImportNote, SourceRecord
from city.library.models.works import (
    Contribution,
    Edition,
    Expression,
    Isbn,
    Item,
    Publication,
    Work,
)

__all__ = [
    "Agent",
    "AgentVariant",
    "Contribution",
    "Edition",
    "Entry",
    "Expression",
    "Import",
    "ImportNote",
    "Isbn",
    "Item",
    "Publication",
    "SourceRecord",
    "Subject",
    "SubjectVariant",
    "Word",
    "Work",
]
