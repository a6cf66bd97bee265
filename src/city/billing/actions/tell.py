"""Who hears what about a bill. A notice is a row in the listener's own transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse

from city.billing.declare import DECIDE
from city.billing.models import Bill
from city.notices.actions import notify
from city.people.queries import holders_of


def tell_payer(bill: Bill, code: str, *, at: datetime, **more: object) -> None:
    """A person who pays; an organisation has no inbox of its own yet, it reads its bills."""
    if bill.payer_kind == Bill.Payer.PERSON:
        link = reverse("billing-bill", args=[bill.pk])
        notify(person_id=bill.payer_id, code=code, facts=_facts(bill, more), link=link, at=at)


def tell_deciders(bill: Bill, code: str, *, at: datetime, **more: object) -> None:
    """Everybody who may decide, whatever the agency: that is city-wide. Never its payer, never who assessed it."""
    link = reverse("billing-desk-bill", args=[bill.pk])
    for person_id in holders_of(DECIDE, at=at):
        if person_id != bill.payer_id and f"person:{person_id}" != bill.issued_by:
            notify(person_id=person_id, code=code, facts=_facts(bill, more), link=link, at=at)


def _facts(bill: Bill, more: Mapping[str, object]) -> dict[str, str]:
    told = {name: one.isoformat() if isinstance(one, date) else str(one) for name, one in more.items()}
    return {"number": bill.number, **told}
