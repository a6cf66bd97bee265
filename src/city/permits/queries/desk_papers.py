"""The decision's paper as officers read it before it is signed."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.cases.models import Decision
from city.documents import queries as documents
from city.documents.models import Paper, StoredFile
from city.kernel.errors import Refusal
from city.people.queries import names_of


@dataclass(frozen=True)
class DraftPaper:
    """The prepared paper; once signed, the signed one."""

    paper: Paper
    shown: StoredFile

    @property
    def pages(self) -> int:
        return self.shown.pages or 1


def draft_paper_of(decision: Decision | None) -> DraftPaper | None:
    """None until a job has written it."""
    if decision is None or decision.paper_id is None:
        return None
    try:
        found = documents.paper(decision.paper_id)
    except Refusal:
        return None
    return DraftPaper(found, found.file or found.prepared)


def draft_paper(decision: Decision | None) -> DraftPaper:
    """Refuses (404) while there is none."""
    found = draft_paper_of(decision)
    if found is None:
        raise Refusal("paper.not_ready", _("Suratnya sedang disusun. Muat ulang sebentar lagi."), status=404)
    return found


def initials_of(decision: Decision) -> list[str]:
    """Names of those whose paraf stands under the draft, in order."""
    ids = [UUID(one["person_id"]) for one in decision.initials]
    names = names_of(ids)
    return [names.get(person_id, "") for person_id in ids]
