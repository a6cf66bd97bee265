"""Acting for another: organisations, and who holds their mandate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.people.actions.register import require_registrar
from city.people.events import MandateGranted, MandateRevoked
from city.people.models import Mandate, Organisation


@dataclass(frozen=True)
class Giver:
    """Who lets another act: a person or an organisation, one of the two."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None


@transaction.atomic
def register_organisation(
    *, name: str, by: Actor, at: datetime, nib: str = "", organisation_id: UUID | None = None, is_demo: bool = False
) -> Organisation:
    """A firm, foundation or community the city deals with; the same id twice gives the same row."""
    require_registrar(by)
    row, _created = Organisation.objects.get_or_create(
        pk=organisation_id or new_id(),
        defaults={"name": " ".join(name.split()), "nib": nib, "is_demo": is_demo, "created_at": at},
    )
    return row


@transaction.atomic
def grant_mandate(
    *,
    giver: Giver,
    holder_id: UUID,
    scope: str,
    days: tuple[date, date | None],
    by: Actor,
    at: datetime,
    mandate_id: UUID | None = None,
) -> Mandate:
    """Let `holder_id` act for the giver from the first to the last day (None: until revoked); safe to repeat by its id.

    A person gives her own; for an organisation, or for somebody without a phone, the counter records the letter.
    """
    first, last = days
    if giver.person_id is None or giver.person_id != by.person_id:
        require_registrar(by)
    if (giver.person_id is None) == (giver.organisation_id is None) or giver.person_id == holder_id:
        raise Refusal("mandate.giver", _("Kuasa diberikan kepada orang lain, oleh satu pemberi."), status=422)
    if last is not None and last < first:
        raise Refusal("mandate.days", _("Hari terakhir lebih awal dari hari pertama. Periksa keduanya."), status=422)
    row, created = Mandate.objects.get_or_create(
        pk=mandate_id or new_id(),
        defaults={
            "giver_person_id": giver.person_id,
            "giver_organisation_id": giver.organisation_id,
            "holder_id": holder_id,
            "scope": scope,
            "from_day": first,
            "until_day": last,
        },
    )
    if created:
        publish(MandateGranted(person_id=holder_id, mandate_id=row.pk, scope=scope), by=by, at=at)
    return row


@transaction.atomic
def revoke_mandate(*, mandate_id: UUID, by: Actor, at: datetime) -> Mandate:
    """End a mandate at this moment. Its giver, its holder and the counter may; others get 404."""
    row = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if row is None or not (by.person_id in (row.giver_person_id, row.holder_id) or by.may("permits.counter")):
        raise Refusal("mandate.unknown", _("Kuasa ini tidak tercatat."), status=404)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        publish(MandateRevoked(person_id=row.holder_id, mandate_id=row.pk, scope=row.scope), by=by, at=at)
    return row
