"""Answers typed without a line arrive: once, and never over what was answered elsewhere meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions.lock import locked, require_own
from city.cases.actions.save_answers import save_answers
from city.cases.models import Delivery
from city.cases.queries import answers_in, no_such_case, spec_of
from city.kernel.actor import Actor
from city.kernel.errors import FieldError


@dataclass(frozen=True)
class Waited:
    """One answer that waited in a phone, and the answers it was typed on: it may replace these and no other."""

    now: str
    bases: Sequence[str]


@dataclass(frozen=True)
class Arrival:
    """What became of a delivery: what is wrong with the answers kept, and the fields answered elsewhere since."""

    errors: Sequence[FieldError] = ()
    left: Sequence[str] = ()
    again: bool = False


@transaction.atomic
def deliver_answers(*, case_id: UUID, key: UUID, waited: Mapping[str, Waited], by: Actor, at: datetime) -> Arrival:
    """Keep the answers of a delivery. Told the same key twice, it keeps them once. Raises as save_answers does."""
    case = locked(case_id)
    require_own(case, by)
    before = Delivery.objects.filter(key=key).first()
    if before is not None and before.case_id == case.pk:
        return Arrival(again=True)
    if before is not None:
        raise no_such_case()
    niks = {code for code, field in spec_of(case.kind_version_id).fields.items() if field.kind == "nik"}
    known = answers_in(case)
    left = [code for code, one in waited.items() if code not in niks and _answered_since(known.get(code, ""), one)]
    kept = {code: one.now for code, one in waited.items() if code not in left}
    errors = save_answers(case_id=case_id, answers=kept, by=by, at=at)
    Delivery.objects.create(key=key, case=case, at=at)
    return Arrival(errors, left)


def _answered_since(known: str, one: Waited) -> bool:
    return _plain(known) not in {_plain(text) for text in (*one.bases, one.now)}


def _plain(text: str) -> str:
    """As a page shows it: browsers write their own line ends."""
    return text.replace("\r\n", "\n").strip()
