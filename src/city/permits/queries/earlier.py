"""An application that ended without a permit, and what of it can begin the next one."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.cases.models import Case, RequiredDocument
from city.cases.queries import answers_in, case_for, documents_in, is_own, no_such_case, spec_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal

WITHOUT_PERMIT = frozenset({"lapsed", "rejected", "withdrawn"})
_BAD = RequiredDocument.State.DEFECTIVE


@dataclass(frozen=True)
class Earlier:
    """`answers` by field, `good` files by document; `bad` are the names of documents that were found faulty."""

    case: Case
    answers: dict[str, str]
    good: dict[str, UUID]
    bad: list[str]


def earlier_for(actor: Actor, case_id: UUID) -> Earlier:
    """For whoever may file it again. Refuses (404) a foreign case, (409) one that still runs or led to a permit."""
    case = case_for(actor, case_id)
    if not is_own(case, actor):
        raise no_such_case()
    if case.state not in WITHOUT_PERMIT or case.receipt is None:
        said = _("Permohonan ini masih berjalan atau sudah menjadi izin, jadi tidak bisa diajukan lagi.")
        raise Refusal("case.not_ended", said)
    answers = answers_in(case)
    papers = [one for one in documents_in(case, spec_of(case.kind_version_id), answers) if one.file is not None]
    usable = [one for one in papers if one.file and one.file.state == "ready" and one.state != _BAD]
    return Earlier(
        case,
        answers,
        {one.code: one.file.pk for one in usable if one.file},
        [str(one.need.label) for one in papers if one.state == _BAD],
    )
