"""Bytes at rest: every file under its own key in authenticated records, written so that a power cut loses none."""

from city.documents.vault.disk import (
    drop_object,
    durable_offset,
    forget_received,
    keep,
    kept_size,
    new_key,
    read,
    read_received,
    receiving_path,
    strays,
)
from city.documents.vault.receipt import Elsewhere, Receipt
from city.documents.vault.records import Torn

__all__ = [
    "Elsewhere",
    "Receipt",
    "Torn",
    "drop_object",
    "durable_offset",
    "forget_received",
    "keep",
    "kept_size",
    "new_key",
    "read",
    "read_received",
    "receiving_path",
    "strays",
]
