"""What the bank's words about a transfer mean for the money: moved, undone for good, or not known yet.

The status of SNAP's service 36 decides, never the HTTP answer alone:

| status | in the standard | here |
|---|---|---|
| 00 | success | moved |
| 01 02 03 | initiated, paying, pending | not known yet: ask again |
| 04 | refunded | undone: it left and came back to the city's account, so it may be sent anew under another id |
| 05 06 | cancelled, failed | undone: it will never arrive |
| 07 | not found | not known yet: an order under way may not be in the bank's books so far; send again, same id |
| others | not in the standard | not known yet |

A refused question (busy, a stale token, a wrong signature) says nothing about the transfer either.
"""

from city.gateway.agencies.bank import wire
from city.gateway.agencies.bank.client import Reply, unreachable
from city.gateway.agencies.bank.codes import Refused

MOVED, UNDONE, UNKNOWN = "00", frozenset({"04", "05", "06"}), "07"
# Refusals of the transfer itself that only another account mends: dormant, inactive, no such account.
WRONG_ACCOUNT = frozenset({"40309", "40318", "40411"})
NO_SUCH_TRANSFER = "40401"


def _status(reply: Reply) -> str:
    """Of a good answer only; empty where it says none."""
    return str(reply.body.get("latestTransactionStatus", "")) if reply.good else ""


def is_done(reply: Reply) -> bool:
    """The answer to the transfer itself: done at once. 202 means that it is still under way."""
    return reply.good and reply.status == 200 and reply.case == "20000" and _status(reply) in ("", MOVED)


def is_moved(reply: Reply) -> bool:
    return _status(reply) == MOVED


def is_undone(reply: Reply) -> bool:
    """It never arrived or came back, and no more will happen under this id."""
    return _status(reply) in UNDONE


def is_unknown(reply: Reply) -> bool:
    """The bank has no transfer of this id. Alone it means nothing; beside a refusal of the account it means no."""
    return _status(reply) == UNKNOWN or reply.case == NO_SUCH_TRANSFER


def is_wrong_account(reply: Reply) -> bool:
    return reply.case in WRONG_ACCOUNT


def reference_in(reply: Reply, field: str) -> str:
    """The bank's number of moved money, by which its statement is matched. Raises BankUnreachable where it is missing:
    the next answer may tell it."""
    try:
        return wire.text(reply.body, field)
    except Refused as error:
        raise unreachable(reply.code) from error
