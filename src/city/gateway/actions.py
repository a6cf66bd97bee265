"""What the outside world tells the city, taken in once."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from city.billing.actions import receive
from city.billing.declare import BANKS, BankReceipt, BankRefused, BankUnreachable
from city.billing.queries import orders_to_ask
from city.gateway.models import BankCall
from city.kernel.rules import WIB

log = logging.getLogger(__name__)
ASK = "gateway.ask_bank"


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


EVERY = 60  # seconds between two askings


def ask_bank(*, at: datetime) -> int:
    """Ask about orders of whose payment nobody told us: a message that was lost loses no money. How many payments the
    bank knew of. Each is received in a transaction of its own; a silent bank is asked again at the next turn."""
    found = 0
    for bank in BANKS:
        for channel, reference in orders_to_ask(at, int(at.timestamp()) // EVERY):
            try:
                receipts = bank.inquire(channel, reference)
            except BankUnreachable:
                return found
            except BankRefused as refused:
                log.error("bank: order %s cannot be asked about: %s", reference, refused.code)
                continue
            for receipt in receipts:
                receive(receipt=receipt, at=at)
                found += 1
    return found
