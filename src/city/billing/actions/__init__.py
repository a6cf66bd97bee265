"""Verbs of what is owed and paid; each is one transaction and says what happened by an event.

A payment that settles a bill says so by a second event, BillSettled: that is what others wait for.
"""

from city.billing.actions.ask_payment import ask_payment
from city.billing.actions.assess import AssessmentOrder, assess
from city.billing.actions.cancel import cancel
from city.billing.actions.cash import deposit, receive_cash
from city.billing.actions.instalments import Answer, agree_instalments, ask_instalments
from city.billing.actions.interest import charge_all_interest, charge_interest
from city.billing.actions.match import match_receipt
from city.billing.actions.objection import Ruling, decide_objection, deem_granted, deem_silent_granted, object_to
from city.billing.actions.receive import inquire, receive
from city.billing.actions.reconcile import fetch_statement, reconcile
from city.billing.actions.refund import Destination, ask_refund, decide_refund
from city.billing.actions.send_refund import (
    FOLLOW_REFUNDS,
    SEND_REFUNDS,
    confirm_refund,
    follow_refunds,
    send_refund,
    send_refunds,
    take_back_refund,
)
from city.billing.actions.tell import tell_deciders, tell_payer

__all__ = [
    "FOLLOW_REFUNDS",
    "SEND_REFUNDS",
    "Answer",
    "AssessmentOrder",
    "Destination",
    "Ruling",
    "agree_instalments",
    "ask_instalments",
    "ask_payment",
    "ask_refund",
    "assess",
    "cancel",
    "charge_all_interest",
    "charge_interest",
    "confirm_refund",
    "decide_objection",
    "decide_refund",
    "deem_granted",
    "deem_silent_granted",
    "deposit",
    "fetch_statement",
    "follow_refunds",
    "inquire",
    "match_receipt",
    "object_to",
    "receive",
    "receive_cash",
    "reconcile",
    "send_refund",
    "send_refunds",
    "take_back_refund",
    "tell_deciders",
    "tell_payer",
]
