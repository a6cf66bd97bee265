"""A ticket lets one sender fill one place, for a while: it is all that the uploads process asks for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from city.documents.declare import UploadRule
from city.documents.models import StoredFile
from city.kernel.keyring import make_ticket, read_ticket

PURPOSE = "documents.upload"
LASTS = timedelta(hours=2)  # as long as a page may stay open; the page's script gets a new one from the page itself
_EVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class Grant:
    """Who may send what, for which place. `file_id` is the id that the first file of the place will have.

    `back` is the page that a form without script returns to, "" for none. `stale` says that the time is over.
    """

    file_id: UUID
    subject_id: UUID
    purpose: str
    rule: UploadRule
    by: str
    language: str = "id"
    back: str = ""
    stale: bool = False

    def covers(self, file: StoredFile) -> bool:
        """Whether this file is one that the holder sent for the same place: also one begun with an older ticket."""
        place = file.subject_id, file.purpose, file.created_by
        return place == (self.subject_id, self.purpose, self.by)

    def ticket(self, *, at: datetime) -> str:
        claims = {
            "file": str(self.file_id),
            "subject": str(self.subject_id),
            "of": self.purpose,
            "rule": self.rule.as_json(),
            "by": self.by,
            "language": self.language,
            "back": self.back,
        }
        return make_ticket(claims, purpose=PURPOSE, until=at + LASTS)


def grant_of(ticket: str, *, at: datetime) -> Grant | None:
    """What a ticket of ours grants, a stale one included; None for any other text."""
    claims = read_ticket(ticket, purpose=PURPOSE, at=_EVER)
    if claims is None:
        return None
    return _grant(claims, stale=read_ticket(ticket, purpose=PURPOSE, at=at) is None)


def _grant(claims: dict[str, Any], *, stale: bool) -> Grant:
    return Grant(
        file_id=UUID(claims["file"]),
        subject_id=UUID(claims["subject"]),
        purpose=claims["of"],
        rule=UploadRule.from_json(claims["rule"]),
        by=claims["by"],
        language=claims["language"],
        back=claims["back"],
        stale=stale,
    )
