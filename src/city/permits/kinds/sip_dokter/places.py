"""At most three practice places at a time (PP 28/2024 art. 682)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from city.cases.declare import KINDS, Obstacle
from city.kernel.rules import WIB
from city.permits.models import Permit, State

CODE = "sip_dokter"


def too_many_places(case_id: UUID, answers: Mapping[str, str], at: datetime) -> list[Obstacle]:
    """The applicant's permits that hold today; the one this case continues does not count twice."""
    spec = KINDS[CODE].spec
    most = int(spec.setting("most_places").value)
    held = Permit.objects.filter(
        holder__cases=case_id,
        kind=CODE,
        state__in=(State.ACTIVE, State.SUSPENDED),
        valid_until__gte=at.astimezone(WIB).date(),
    ).values_list("pk", "holder__cases__predecessor")
    taken = sum(permit_id != continued for permit_id, continued in held)
    if taken < most:
        return []
    told = str(spec.errors["places_taken"]).format(most=most)
    desk = _("Pemohon sudah memegang %(most)s izin praktik, dan itu batasnya.") % {"most": most}
    return [Obstacle("places_taken", "place_order", told, desk)]
