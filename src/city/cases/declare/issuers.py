"""National systems that issue what the city only reviews. The gateway puts each on this shelf by its name ("SIMBG")."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from city.kernel.registry import Registry


@dataclass(frozen=True)
class HandOver:
    """What the city hands over: `reference` is the application's number in the other system, `receipt` the city's own.
    `bill_number` and `amount` (rupiah) are the paid SKRD's, empty and 0 where nothing was owed."""

    case_id: UUID
    reference: str
    receipt: str
    recommended: bool
    bill_number: str
    amount: int


class IssuerRefused(Exception):
    """The other system answered no; `sentence` is shown to the officer as it is."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class IssuerSilent(IssuerRefused):
    """It did not answer: nothing is known to have happened, and the same may be sent again."""


class Issuer(Protocol):
    """Another system that issues. Both calls are made outside transactions and are safe to repeat."""

    simulated: bool

    def hand_over(self, order: HandOver) -> str:
        """Send it; returns the other system's receipt. The same order again gives the same receipt."""

    def look_up(self, reference: str) -> HandOver | None:
        """What the other system holds under its number: the city believes this, not the word "success"."""


ISSUERS: Registry[Issuer] = Registry("issuing system")
