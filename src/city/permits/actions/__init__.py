"""What is done to a permit, and to the form before it. Each action is one transaction, one change, one event."""

from city.permits.actions.decide import Grounds, reinstate, revoke, surrender, suspend
from city.permits.actions.expire import expire, expire_due, tell_renewable, tell_renewals_due
from city.permits.actions.fill import deliver, fill, mend
from city.permits.actions.issue import issue, supersede
from city.permits.actions.look_up import look_up
from city.permits.actions.look_ups import count_look_up
from city.permits.actions.note_refusal import note_refusal
from city.permits.actions.open_again import open_again
from city.permits.actions.renew import amend, renew
from city.permits.actions.tell import tell_agency, tell_applicant, tell_desk, tell_holder

__all__ = [
    "Grounds",
    "amend",
    "count_look_up",
    "deliver",
    "expire",
    "expire_due",
    "fill",
    "issue",
    "look_up",
    "mend",
    "note_refusal",
    "open_again",
    "reinstate",
    "renew",
    "revoke",
    "supersede",
    "surrender",
    "suspend",
    "tell_agency",
    "tell_applicant",
    "tell_desk",
    "tell_holder",
    "tell_renewable",
    "tell_renewals_due",
]
