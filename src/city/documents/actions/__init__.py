"""What can be done to files and papers. Each owns its transaction and tells what happened."""

from city.documents.actions.inspecting import inspect, sweep
from city.documents.actions.opening import FileOffer, Upload, UploadSlot, discard, open_upload, ticket_for
from city.documents.actions.papers import (
    ENRICH,
    PaperDraft,
    issue_paper,
    prepare_paper,
    seal_paper,
    sign_paper,
    void_paper,
    void_unsigned,
)
from city.documents.actions.receiving import (
    INSPECT,
    Announced,
    Got,
    Place,
    begin,
    note_progress,
    open_place,
    received,
    same_as_before,
    turn_away,
)
from city.documents.actions.tickets import Grant, grant_of
from city.documents.authority import ensure_demo_authority, ensure_demo_seal, ensure_demo_signer

__all__ = [
    "ENRICH",
    "INSPECT",
    "Announced",
    "FileOffer",
    "Got",
    "Grant",
    "PaperDraft",
    "Place",
    "Upload",
    "UploadSlot",
    "begin",
    "discard",
    "ensure_demo_authority",
    "ensure_demo_seal",
    "ensure_demo_signer",
    "grant_of",
    "inspect",
    "issue_paper",
    "note_progress",
    "open_place",
    "open_upload",
    "prepare_paper",
    "received",
    "same_as_before",
    "seal_paper",
    "sign_paper",
    "sweep",
    "ticket_for",
    "turn_away",
    "void_paper",
    "void_unsigned",
]
