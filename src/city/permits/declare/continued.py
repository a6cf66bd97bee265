"""What keeps a renewal or an amendment from being granted: the permit it continues was stopped meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.cases.declare import Obstacle
from city.cases.queries import case_of
from city.permits.declare.term import predecessor_of
from city.permits.models import STOPPED, State

_TOLD: Mapping[str, Any] = {
    State.SUSPENDED: _("Izin %(number)s sedang dibekukan. Kirim lagi begitu izin itu berlaku; isian Anda tersimpan."),
    State.REVOKED: _("Izin %(number)s sudah dicabut, jadi tidak bisa dilanjutkan. Ajukan izin baru."),
    State.SURRENDERED: _("Izin %(number)s sudah Anda serahkan, jadi tidak bisa dilanjutkan. Ajukan izin baru."),
}
_DESK: Mapping[str, Any] = {
    State.SUSPENDED: _("Izin %(number)s sedang dibekukan. Sebelum izin itu berlaku, ini belum bisa dikabulkan."),
    State.REVOKED: _("Izin %(number)s sudah dicabut, jadi permohonan ini hanya bisa ditolak."),
    State.SURRENDERED: _("Izin %(number)s sudah diserahkan pemegangnya, jadi permohonan ini hanya bisa ditolak."),
}


def stopped_meanwhile(case_id: UUID, answers: Mapping[str, str], at: datetime) -> list[Obstacle]:
    """Suspended, revoked or surrendered: nothing that continues the permit is granted, by an officer or by silence."""
    before = predecessor_of(case_of(case_id))
    if before is None or before.state not in STOPPED:
        return []
    which = {"number": before.number}
    return [Obstacle(f"permit_{before.state}", "predecessor", _TOLD[before.state] % which, _DESK[before.state] % which)]
