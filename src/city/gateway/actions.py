"""What the outside world tells the city, taken in once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from city.billing.actions import receive
from city.billing.declare import BankReceipt
from city.gateway.models import BankCall
from city.kernel.rules import WIB


class MetBefore(Exception):
    """This call's id was used today, or its signature ever: it is a copy."""


@dataclass(frozen=True)
class Told:
    """A call of the bank whose signature holds."""

    service: str
    external_id: str
    signature: str


@transaction.atomic
def take_call(*, told: Told, receipt: BankReceipt | None, at: datetime) -> None:
    """Note the call and receive its money, both or neither: a call that failed may be sent again. Raises MetBefore."""
    row = {
        "day": at.astimezone(WIB).date(),
        "external_id": told.external_id,
        "signature": hashlib.sha256(told.signature.encode()).hexdigest(),
        "service": told.service,
        "reference": receipt.reference[:80] if receipt else "",
        "at": at,
    }
    try:
        with transaction.atomic():
            BankCall.objects.create(**row)
    except IntegrityError as error:
        raise MetBefore from error
    if receipt is not None:
        receive(receipt=receipt, at=at)
