"""What every verb does first: lock the case, see whose it is, whether the page was fresh, whether it was done."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.cases.declare.powers import POWERS, Power
from city.cases.events import CaseEvent
from city.cases.models import Case
from city.cases.queries import is_assessor, is_inspector, is_own, is_reviewer, may_see, no_such_case
from city.cases.rules.states import EXAMINE, VERIFY, Verb, allows
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.models import EventRecord
from city.kernel.plain import fetch, rewrite
from city.kernel.queries import history_of
from city.kernel.rules import WIB
from city.people.queries import name_of

_OWN_CASE = gettext_lazy("Ini permohonan Anda sendiri. Rekan lain yang harus memeriksa dan memutusnya.")


def locked(case_id: UUID) -> Case:
    """The case, locked until the transaction ends. Refuses (404) an id no case has."""
    case = fetch(Case, lock="change", pk=case_id)
    if case is None:
        raise no_such_case()
    return case


def lock_row(case_id: UUID) -> None:
    """For the clock, which locks the case before it touches a timer."""
    Case.objects.select_for_update(no_key=True).filter(pk=case_id).values_list("pk").first()


def require_own(case: Case, by: Actor) -> None:
    """Her own case, or the counter's; anybody else is told that it is not there."""
    if not is_own(case, by):
        raise no_such_case()


def require_office(case: Case, by: Actor, *powers: str) -> None:
    """An office of the case's agency with one of these permissions, and not the applicant herself."""
    if not may_see(case, by):
        raise no_such_case()
    if by.agency != case.agency or not any(by.may(power) for power in powers):
        by.require(powers[0])
        raise no_such_case()
    _require_no_interest(case, by)


# Desks that have looked through a file which stands at this step; at any later one both have.
_HAVE_LOOKED = {VERIFY: (), EXAMINE: (Power.VERIFY,)}


def require_checking(case: Case, by: Actor) -> None:
    """The desk that looks through the file now, or a superior who allows a second return.

    A desk whose look is over was only slower than a colleague: it is told who took the file on (409), not that the file
    is none of its business.
    """
    power = POWERS.get(case.turn, Power.VERIFY)
    now = by.may(power) or by.may(Power.OVERRIDE_ROUND)
    looked = any(by.may(one) for one in _HAVE_LOOKED.get(case.turn, (Power.VERIFY, Power.EXAMINE)))
    if looked and not now and by.agency == case.agency and may_see(case, by):
        raise _stale(_last_change(case))
    require_office(case, by, power, Power.OVERRIDE_ROUND)


def require_reviewer(case: Case, by: Actor) -> None:
    """An office of an agency that was asked for its opinion on this case."""
    if not is_reviewer(case, by):
        raise no_such_case()
    _require_no_interest(case, by)


def require_inspector(case: Case, by: Actor) -> None:
    """An office of the agency that looks at the place of this case."""
    if not is_inspector(case, by):
        raise no_such_case()
    _require_no_interest(case, by)


def require_assessor(case: Case, by: Actor) -> None:
    """An office of the agency that assesses this kind's fee."""
    if not may_see(case, by):
        raise no_such_case()
    by.require(Power.ASSESS)
    if not is_assessor(case, by):
        raise no_such_case()
    _require_no_interest(case, by)


def _require_no_interest(case: Case, by: Actor) -> None:
    """Nobody decides on her own case (UU 30/2014 art. 42)."""
    if by.person_id in (case.applicant_id, None):
        raise Refusal("case.own_interest", _OWN_CASE, status=403)


def still_to_do(verb: Verb, done: type[CaseEvent], case: Case, *, by: Actor, seen: int | None) -> bool:
    """True when the verb is due; False when it was the last thing done, by this actor, after this page was drawn (a
    double click; what the city itself did since does not count).

    Raises `case.stale` (409) when somebody changed the case after the page was drawn, `case.not_now` (409) when its
    state does not allow the verb.
    """
    fresh = seen is None or seen == case.version
    if fresh and allows(verb, case.state):
        return True
    last = _last_change(case)
    older = seen is None or seen < case.version
    if last is not None and (last.name, last.actor) == (done.__name__, by.ref) and older:
        return False
    raise _not_now(case) if fresh else _stale(last)


def _last_change(case: Case) -> EventRecord | None:
    """The last thing a person did to the case."""
    return history_of("case", case.pk).exclude(actor__startswith="system:").last()


def _not_now(case: Case) -> Refusal:
    said = _("Permohonan ini sekarang: %(state)s. Langkah itu tidak bisa lagi; lihat keadaan terbaru.")
    return Refusal("case.not_now", said % {"state": case.get_state_display()})


def _stale(last: EventRecord | None) -> Refusal:
    who, when = (_who(last.actor), last.at.astimezone(WIB)) if last else ("", None)
    said = _(
        "Permohonan ini sudah diubah oleh %(who)s pukul %(time)s WIB. Lihat keadaan terbaru, lalu ulangi bila perlu."
    )
    return Refusal("case.stale", said % {"who": who, "time": f"{when:%H.%M}" if when else ""})


def _who(ref: str) -> str:
    kind, _colon, ident = ref.partition(":")
    return (name_of(UUID(ident)) if kind == "person" else "") or _("sistem")


def kept(case: Case, *, at: datetime) -> Case:
    """Write the changed case as its next version."""
    case.version += 1
    case.updated_at = at
    rewrite(case)
    return case
