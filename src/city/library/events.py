"""What happened in the catalogue."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordsImported(Event):
    """A file's records came into the catalogue: how many were read, became new titles, and were refused."""

    subject_kind: ClassVar[str] = "library_import"
    import_id: UUID
    read: int
    added: int
    refused: int

    @property
    def subject_id(self) -> UUID:
        return self.import_id
