"""Shelves and shapes for the floors above: what may be uploaded, letters that can be written, and who can sign."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.utils.translation import get_language, gettext

from city.documents.rules import Limits, joined_types
from city.kernel.registry import Registry
from city.ui.rules.formats import bytes_size


@dataclass(frozen=True)
class UploadRule(Limits):
    """What one place for a file takes. Show `limits_text` beside the field, before anything is chosen."""

    @property
    def limits_text(self) -> str:
        """`PDF, JPG, atau PNG, paling besar 10 MB.` in the reader's language."""
        language = "en" if (get_language() or "id").startswith("en") else "id"
        size = bytes_size(self.max_bytes, language)
        types = joined_types(list(self.types), gettext)
        return gettext("%(types)s, paling besar %(size)s.") % {"types": types, "size": size}


@dataclass(frozen=True)
class PaperTemplate:
    """A letter of the city in typst. It imports `/paper.typ` (letterhead, QR, the word SIMULASI) and reads `data`."""

    source: Path

    def text(self) -> str:
        return self.source.read_text(encoding="utf-8")


TEMPLATES: Registry[PaperTemplate] = Registry("paper template")


@dataclass(frozen=True)
class SignatureRequest:
    """What is to be signed, and why. `pdf` is the prepared paper; `at` goes into the time stamp."""

    pdf: bytes
    reason: str
    at: datetime


class SignatureProvider(Protocol):
    """Who can put an electronic signature under a paper: the demo authority here, BSrE from the gateway."""

    simulated: bool

    def sign(self, request: SignatureRequest, *, person_id: UUID, passphrase: str) -> bytes:
        """The PDF with the person's signature and a time stamp (PAdES B-T). Raises Refusal for a wrong passphrase."""

    def seal(self, request: SignatureRequest, *, agency: str) -> bytes:
        """The PDF with the agency's e-seal and a time stamp: for what the system decides by itself."""

    def enrich(self, pdf: bytes, *, at: datetime) -> bytes:
        """The signed PDF with what a reader needs to check it years later (PAdES B-LT), validated."""


SIGNATURES: Registry[SignatureProvider] = Registry("signature provider")
