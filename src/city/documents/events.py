"""What happened to a file or a paper."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FileEvent(Event):
    """`purpose` is what the file was opened for, as the floor above wrote it."""

    subject_kind: ClassVar[str] = "file"
    file_id: UUID
    purpose: str

    @property
    def subject_id(self) -> UUID:
        return self.file_id


@dataclass(frozen=True, kw_only=True)
class FileReady(FileEvent):
    """Checked and kept: others may see it now."""


@dataclass(frozen=True, kw_only=True)
class FileRefused(FileEvent):
    """Cannot be used; `code` has a sentence in rules. Its bytes and key are gone."""

    code: str


@dataclass(frozen=True, kw_only=True)
class FileDiscarded(FileEvent):
    """Taken back by the person, or never finished. Its bytes and key are gone."""


@dataclass(frozen=True, kw_only=True)
class PaperEvent(Event):
    """`purpose` is what the paper was prepared for, as the floor above wrote it."""

    subject_kind: ClassVar[str] = "paper"
    paper_id: UUID
    purpose: str

    @property
    def subject_id(self) -> UUID:
        return self.paper_id


@dataclass(frozen=True, kw_only=True)
class PaperPrepared(PaperEvent):
    """Written and numbered; waits for its signature."""


@dataclass(frozen=True, kw_only=True)
class PaperSigned(PaperEvent):
    """Signed by a person or sealed by an agency; not handed out yet."""


@dataclass(frozen=True, kw_only=True)
class PassphraseRefused(PaperEvent):
    """Somebody tried to sign with a passphrase that does not open the signer's key; never which."""


@dataclass(frozen=True, kw_only=True)
class PaperIssued(PaperEvent):
    """Complete and validated: this file, with this hash, is the document."""


@dataclass(frozen=True, kw_only=True)
class PaperVoided(PaperEvent):
    """Will never be issued; its number stays on record as void."""
