"""What can be done to files and papers. Each owns its transaction and tells what happened."""

from city.documents.actions.inspecting import inspect, sweep
from city.documents.actions.opening import FORM, UPLOAD, FileOffer, Upload, UploadSlot, discard, open_upload, ticket_for
from city.documents.actions.receiving import (
    INSPECT,
    Got,
    Place,
    begin,
    begin_from_form,
    note_progress,
    received,
    same_as_before,
    turn_away,
)

__all__ = [
    "FORM",
    "INSPECT",
    "UPLOAD",
    "FileOffer",
    "Got",
    "Place",
    "Upload",
    "UploadSlot",
    "begin",
    "begin_from_form",
    "discard",
    "inspect",
    "note_progress",
    "open_upload",
    "received",
    "same_as_before",
    "sweep",
    "ticket_for",
    "turn_away",
]
