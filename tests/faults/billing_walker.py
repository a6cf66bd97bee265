"""A city's money at work until it is killed: says on a file, on disk before anything else, what was acknowledged."""

import os
import random
import sys
from pathlib import Path

import django

django.setup()

from city.billing.declare import BANKS  # noqa: E402
from city.billing.models import Bill, Receipt  # noqa: E402
from city.billing.tests.make import Treasury, herself, in_office  # noqa: E402
from city.billing.tests.walk import BankOnDisk, Walk  # noqa: E402
from city.kernel.errors import Refusal  # noqa: E402
from city.people.models import Person  # noqa: E402

BUSY = (
    Walk.assess, Walk.ask, Walk.ask, Walk.pay, Walk.pay, Walk.pay, Walk.pay_for_nothing, Walk.tell_again, Walk.cash,
    Walk.deposit, Walk.cancel, Walk.match, Walk.ask_refund, Walk.decide_refund, Walk.send_refunds, Walk.reconcile,
)  # fmt: skip


def main(seed: int, log: str) -> None:
    """Walk for ever."""
    with open(log, "a", buffering=1) as heard:

        def hear(said: str) -> None:
            heard.write(f"{said}\n")
            os.fsync(heard.fileno())

        bank = BANKS.add("walk", BankOnDisk(book=Path(log).with_name("bank.log")))
        payer = Person.objects.get(name="Sri Wahyuni")
        offices = {role: in_office(role) for role in ("keeper", "decider", "assessor")}
        walk = Walk(Treasury(**offices, payer=payer), bank, random.Random(seed), heard=hear)
        hear(f"begun with {Bill.objects.count()} bills, {Receipt.objects.count()} receipts of {herself(payer).ref}")
        while True:
            try:
                walk.dice.choice(BUSY)(walk)
            except Refusal:
                continue


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
