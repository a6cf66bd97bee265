"""SIMBG as the demo city plays it: simulasi. No real system hears of this, and nothing here is verified against one."""

import dataclasses
import re
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from city.cases.declare import HandOver, IssuerRefused
from city.gateway.models import SimulatedHandOver

SYSTEM = "SIMBG"
_NUMBER = re.compile(r"PBG-\d{6}-\d{8}-\d{2}")
_NOT_HERE = _("SIMBG belum tersambung ke kota ini.")
_UNKNOWN = _("SIMBG tidak mengenal nomor pendaftaran itu. Nomornya seperti PBG-367208-20112026-01.")
_OTHER = _("SIMBG sudah menerima rekomendasi lain untuk nomor ini.")


class Simulator:
    """Takes each number once; the same again gives the same receipt, another recommendation is refused."""

    simulated = True

    def hand_over(self, order: HandOver) -> str:
        """Raises IssuerRefused outside the demo city, and for a number SIMBG could not have given."""
        if not settings.DEMO:
            raise IssuerRefused(_NOT_HERE)
        if not _NUMBER.fullmatch(order.reference):
            raise IssuerRefused(_UNKNOWN)
        sent = {**dataclasses.asdict(order), "case_id": str(order.case_id)}
        row, _new = SimulatedHandOver.objects.get_or_create(
            system=SYSTEM, reference=order.reference, defaults={"receipt": f"SIM-{order.reference}", "order": sent}
        )
        if row.order != sent:
            raise IssuerRefused(_OTHER)
        return row.receipt

    def look_up(self, reference: str) -> HandOver | None:
        row = SimulatedHandOver.objects.filter(system=SYSTEM, reference=reference).first()
        return HandOver(**{**row.order, "case_id": UUID(row.order["case_id"])}) if row else None
