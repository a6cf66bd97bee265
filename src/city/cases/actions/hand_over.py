"""What a national system issues is handed to it: the recommendation and the paid bill. Nothing is issued here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from city.cases.actions import steps
from city.cases.actions.lock import kept, locked, require_office, still_to_do
from city.cases.declare import ISSUERS, HandOver, Issuer, IssuerRefused, IssuerSilent
from city.cases.declare.powers import Power
from city.cases.events import CaseHandedOver
from city.cases.models import Case
from city.cases.queries import answers_in, case_bill, is_fee_settled, is_recommended, spec_of
from city.cases.rules import states
from city.cases.rules.clock import day_of
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish

_NOT_PAID = gettext_lazy("Retribusi belum lunas, jadi rekomendasi belum bisa diserahkan.")
_SILENT = gettext_lazy("%(system)s belum menjawab. Tidak ada yang berubah; kirim lagi sebentar lagi.")
_NOT_SEEN = gettext_lazy("%(system)s menjawab berhasil, tetapi berkasnya tidak ada di sana. Kirim lagi.")
_NONE = gettext_lazy("%(system)s belum tersambung ke kota ini. Hubungi pengelola.")


def hand_over(*, case_id: UUID, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Hand the recommendation and the paid bill to the system that issues, and end the case here.

    Look, send, look it up there, record: no lock is held while the other system answers, and its "success" is believed
    only once the case can be read back. Raises Refusal 403, 404, 409, 422 for what it refuses, 503 when it is silent or
    does not show what it took; sending again is safe.
    """
    order = _to_hand_over(case_id, by=by, at=at, seen=seen)
    if order is None:
        return Case.objects.get(pk=case_id)
    system = _system(case_id, at)
    issuer = ISSUERS.get(system)
    if issuer is None:
        raise Refusal("issuer.none", _NONE % {"system": system}, status=503)
    receipt = _sent(issuer, order, system)
    return _recorded(case_id, system, receipt, simulated=issuer.simulated, by=by, at=at)


def _system(case_id: UUID, at: datetime) -> str:
    case = Case.objects.get(pk=case_id)
    return spec_of(case.kind_version_id).issuing_system(day_of(at))


@transaction.atomic
def _to_hand_over(case_id: UUID, *, by: Actor, at: datetime, seen: int | None) -> HandOver | None:
    case = locked(case_id)
    require_office(case, by, Power.HAND_OVER)
    if not still_to_do(states.Verb.HAND_OVER, CaseHandedOver, case, by=by, seen=seen):
        return None
    steps.require_open(case, states.HAND_OVER)
    recommended = is_recommended(case_id)
    if recommended and not is_fee_settled(case_id):
        raise Refusal("case.not_paid", _NOT_PAID)
    spec, bill = spec_of(case.kind_version_id), case_bill(case_id) if recommended else None
    return HandOver(
        case_id=case.pk,
        reference=answers_in(case).get(spec.issuer_reference, ""),
        receipt=case.receipt or "",
        recommended=recommended,
        bill_number=bill.number if bill else "",
        amount=bill.principal if bill else 0,
    )


def _sent(issuer: Issuer, order: HandOver, system: str) -> str:
    try:
        receipt = issuer.hand_over(order)
        there = issuer.look_up(order.reference)
    except IssuerSilent as silent:
        raise Refusal("issuer.silent", _SILENT % {"system": system}, status=503) from silent
    except IssuerRefused as refused:
        raise Refusal("issuer.refused", refused.sentence, status=422) from refused
    if there != order:
        raise Refusal("issuer.not_seen", _NOT_SEEN % {"system": system}, status=503)
    return receipt


@transaction.atomic
def _recorded(case_id: UUID, system: str, receipt: str, *, simulated: bool, by: Actor, at: datetime) -> Case:
    """A case that ended meanwhile keeps its end; whoever pressed second finds it done."""
    case = locked(case_id)
    if case.is_final:
        return case
    steps.done(case, states.HAND_OVER, by=by, at=at)
    steps.ended(case, states.State.HANDED_OVER, "handed_over", by=by, at=at)
    kept(case, at=at)
    event = CaseHandedOver(
        case_id=case.pk,
        kind=case.kind,
        system=system,
        recommended=is_recommended(case_id),
        receipt=receipt,
        simulated=simulated,
    )
    publish(event, by=by, at=at)
    return case
