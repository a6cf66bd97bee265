"""Ask once more after a lapse, a refusal or a withdrawal, without typing and photographing everything again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import attach, open_draft, save_answers
from city.cases.models import Case
from city.cases.queries import spec_of
from city.kernel.actor import Actor
from city.permits.actions.renew import amend, renew
from city.permits.queries import Earlier

_CONTINUES = {"renewal": renew, "amendment": amend}


@transaction.atomic
def open_again(*, case_id: UUID, earlier: Earlier, by: Actor, at: datetime) -> Case:
    """Open a draft with the answers and good files of an ended application; opening twice changes nothing typed since.

    A renewal or amendment is asked for again as that, with its refusals (409) where the permit allows it no more.
    """
    case = _opened(case_id, earlier.case, by, at)
    if case.pk == case_id and case.created_at == at:
        _carry(case, earlier, by, at)
    return case


def _opened(case_id: UUID, ended: Case, by: Actor, at: datetime) -> Case:
    again = _CONTINUES.get(ended.application_type)
    if again is not None and ended.predecessor is not None:
        return again(permit_id=ended.predecessor, case_id=case_id, by=by, at=at)
    return open_draft(
        case_id=case_id,
        kind=ended.kind,
        applicant_id=ended.applicant_id,
        application_type=ended.application_type,
        by=by,
        at=at,
    )


def _carry(case: Case, earlier: Earlier, by: Actor, at: datetime) -> None:
    """What this version of the kind still asks for."""
    spec = spec_of(case.kind_version_id)
    answers = {name: text for name, text in earlier.answers.items() if name in spec.fields}
    save_answers(case_id=case.pk, answers=answers, by=by, at=at)
    for document, file_id in earlier.good.items():
        if document in spec.needs:
            attach(case_id=case.pk, document=document, file_id=file_id, by=by, at=at)
