"""Verbs of a case; each is one file, one transaction, one event.

A process draws these steps by name: verify (outcome complete | return), correct (stage verify | examine), examine
(outcome pass | return), review or review_<agency> (opinion), inspect (result fit | conditional | unfit), assess (free,
when nothing is owed), pay, hand_over, draft_decision (outcome grant | refuse), initial_1 … (outcome pass | return) and
sign (outcome sign | return). Advice against is told as `negative`. Timers: lapse, remind_5, remind_2, warn_<day>,
automatic, remind_payment, unpaid.
"""

from city.cases.actions.answer_correction import answer_correction
from city.cases.actions.assess import assess
from city.cases.actions.attach import attach, detach
from city.cases.actions.check_file import accept_document, clear_defect, mark_defect
from city.cases.actions.clock import follow_calendar, recompute_clock
from city.cases.actions.deem_approved import deem_approved
from city.cases.actions.deliver_answers import Arrival, deliver_answers
from city.cases.actions.draft_decision import Grounds, draft_decision
from city.cases.actions.examine import examine
from city.cases.actions.hand_over import hand_over
from city.cases.actions.initial_decision import initial_decision
from city.cases.actions.inspection_photos import add_photo, purpose_of_photo, remove_photo
from city.cases.actions.lapse import lapse, remind, warn
from city.cases.actions.lock import lock_row
from city.cases.actions.mark_issued import mark_issued
from city.cases.actions.number_decision import PREPARE
from city.cases.actions.open_draft import open_draft
from city.cases.actions.payment import await_payment, fall_due, follow_cancellation, note_payment, remind_payment
from city.cases.actions.prepare_paper import prepare_paper
from city.cases.actions.publish_kind import publish_kind
from city.cases.actions.register import register
from city.cases.actions.remind_reviewers import remind_reviewers
from city.cases.actions.report_inspection import save_report, sign_report
from city.cases.actions.return_draft import return_draft
from city.cases.actions.review import review
from city.cases.actions.save_answers import NotKept, Typed, save_answers
from city.cases.actions.schedule_inspection import note_no_show, schedule_inspection
from city.cases.actions.send_back import send_back
from city.cases.actions.sign import record_signature, sign, write_old_papers_again
from city.cases.actions.submit import submit
from city.cases.actions.withdraw import withdraw

__all__ = [
    "PREPARE",
    "Arrival",
    "Grounds",
    "NotKept",
    "Typed",
    "accept_document",
    "add_photo",
    "answer_correction",
    "assess",
    "attach",
    "await_payment",
    "clear_defect",
    "deem_approved",
    "deliver_answers",
    "detach",
    "draft_decision",
    "examine",
    "fall_due",
    "follow_calendar",
    "follow_cancellation",
    "hand_over",
    "initial_decision",
    "lapse",
    "lock_row",
    "mark_defect",
    "mark_issued",
    "note_no_show",
    "note_payment",
    "open_draft",
    "prepare_paper",
    "publish_kind",
    "purpose_of_photo",
    "recompute_clock",
    "record_signature",
    "register",
    "remind",
    "remind_payment",
    "remind_reviewers",
    "remove_photo",
    "return_draft",
    "review",
    "save_answers",
    "save_report",
    "schedule_inspection",
    "send_back",
    "sign",
    "sign_report",
    "submit",
    "warn",
    "withdraw",
    "write_old_papers_again",
]
