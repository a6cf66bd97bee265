"""What can be done to files and papers. Each owns its transaction and tells what happened."""

from city.documents.actions.inspecting import inspect, sweep
from city.documents.actions.opening import FORM, UPLOAD, FileOffer, Upload, UploadSlot, discard, open_upload, ticket_for
from city.documents.actions.papers import (
    ENRICH,
    PaperDraft,
    issue_paper,
    prepare_paper,
    seal_paper,
    sign_paper,
    void_paper,
)
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
from city.documents.authority import ensure_demo_authority, ensure_demo_seal, ensure_demo_signer

__all__ = [
    "ENRICH",
    "FORM",
    "INSPECT",
    "UPLOAD",
    "FileOffer",
    "Got",
    "PaperDraft",
    "Place",
    "Upload",
    "UploadSlot",
    "begin",
    "begin_from_form",
    "discard",
    "ensure_demo_authority",
    "ensure_demo_seal",
    "ensure_demo_signer",
    "inspect",
    "issue_paper",
    "note_progress",
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
]
