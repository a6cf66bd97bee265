"""At most three practice places at a time (PP 28/2024 art. 682)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from city.cases.declare import KINDS, Obstacle
from city.cases.models import Case
from city.cases.queries import case_of, granted_to
from city.kernel.rules import WIB
from city.permits.models import Permit, State

CODE = "sip_dokter"


def too_many_places(case_id: UUID, answers: Mapping[str, str], at: datetime) -> list[Obstacle]:
    """Places are counted, not letters: a permit and the one that renews it, or is about to, are one place.

    What was granted already counts while its letter is on the way; the permit this case continues does not.
    """
    spec = KINDS[CODE].spec
    most = int(spec.setting("most_places").value)
    case = case_of(case_id)
    held = dict(
        Permit.objects.filter(
            holder=case.applicant_id,
            kind=CODE,
            state__in=(State.ACTIVE, State.SUSPENDED),
            valid_until__gte=at.astimezone(WIB).date(),
        ).values_list("pk", "predecessor")
    )
    places = {_first_of(permit_id, held) for permit_id in held}
    places -= {_first_of(case.predecessor, held)} if case.predecessor else set()
    taken = len(places) + _granted_besides(case, held)
    if taken < most:
        return []
    told = str(spec.errors["places_taken"]).format(most=most)
    desk = _("Pemohon sudah memegang %(most)s izin praktik, dan itu batasnya.") % {"most": most}
    return [Obstacle("places_taken", "place_order", told, desk)]


def _first_of(permit_id: UUID, held: Mapping[UUID, UUID | None]) -> UUID:
    """The permit among those held that this one continues, directly or not; itself where it continues none."""
    before = held.get(permit_id)
    return _first_of(before, held) if before in held and before is not None else permit_id


def _granted_besides(case: Case, held: Mapping[UUID, UUID | None]) -> int:
    """Her other applications that were granted and whose permits are not written yet."""
    granted = [one for one in granted_to(case.applicant_id, CODE) if one.pk != case.pk and one.predecessor not in held]
    written = Permit.objects.filter(case__in=granted).count()
    return len(granted) - written
