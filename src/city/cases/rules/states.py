"""The states of a case and which verb is allowed from which; the law's names stand beside them."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLETENESS = "completeness"
    RETURNED = "returned"
    REGISTERED = "registered"
    ADMIN_REVIEW = "admin_review"
    TECHNICAL = "technical"
    RECOMMENDED = "recommended"
    ASSESSED = "assessed"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    DRAFTING = "drafting"
    INITIALLING = "initialling"
    SIGNING = "signing"
    ISSUED = "issued"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DEEMED_APPROVED = "deemed_approved"
    HANDED_OVER = "handed_over"


class Verb(StrEnum):
    """What may be done to a case; each is one file in actions/."""

    FILL = "fill"  # answer a question, attach or detach a document
    SUBMIT = "submit"
    CHECK = "check"  # accept a document, mark a defect or take the mark away
    SEND_BACK = "send_back"
    ANSWER = "answer"
    REGISTER = "register"
    EXAMINE = "examine"
    REVIEW = "review"
    INSPECT = "inspect"  # set a day, note who did not come, report, sign the report
    ASSESS = "assess"
    SETTLE = "settle"  # the bill was announced, paid, or left unpaid
    HAND_OVER = "hand_over"
    DRAFT = "draft"
    INITIAL = "initial"
    RETURN_DRAFT = "return_draft"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    DEEM = "deem"


S = State
FINAL = frozenset({S.ISSUED, S.REJECTED, S.WITHDRAWN, S.LAPSED, S.DEEMED_APPROVED, S.HANDED_OVER})
DESK = frozenset({S.SUBMITTED, S.COMPLETENESS, S.REGISTERED, S.ADMIN_REVIEW})
BILLED = frozenset({S.ASSESSED, S.AWAITING_PAYMENT})
COUNTED = BILLED | {
    S.REGISTERED, S.ADMIN_REVIEW, S.TECHNICAL, S.RECOMMENDED, S.PAID, S.DRAFTING, S.INITIALLING, S.SIGNING,
}  # fmt: skip

FROM: dict[Verb, frozenset[State]] = {
    Verb.FILL: frozenset({S.DRAFT, S.RETURNED}),
    Verb.SUBMIT: frozenset({S.DRAFT}),
    Verb.CHECK: DESK,
    Verb.SEND_BACK: DESK,
    Verb.ANSWER: frozenset({S.RETURNED}),
    Verb.REGISTER: frozenset({S.SUBMITTED, S.COMPLETENESS}),
    Verb.EXAMINE: frozenset({S.REGISTERED, S.ADMIN_REVIEW}),
    Verb.REVIEW: frozenset({S.TECHNICAL}),
    Verb.INSPECT: frozenset({S.TECHNICAL}),
    Verb.ASSESS: frozenset({S.RECOMMENDED}),
    Verb.SETTLE: BILLED,
    Verb.HAND_OVER: frozenset({S.RECOMMENDED, S.PAID}),
    Verb.DRAFT: frozenset({S.RECOMMENDED, S.PAID, S.DRAFTING}),
    Verb.INITIAL: frozenset({S.INITIALLING}),
    Verb.RETURN_DRAFT: frozenset({S.INITIALLING, S.SIGNING}),
    Verb.SIGN: frozenset({S.SIGNING}),
    Verb.WITHDRAW: frozenset(State) - FINAL,
    Verb.LAPSE: frozenset({S.RETURNED}),
    Verb.DEEM: COUNTED,
}

# Steps of every process, as its BPMN names them. A case's `turn` is the step it waits for; reviews of several agencies
# may be drawn as review_<agency>, the turn is `review` all the same.
FILL, VERIFY, CORRECT, EXAMINE, REVIEW, DRAFT, SIGN = (
    "fill",
    "verify",
    "correct",
    "examine",
    "review",
    "draft_decision",
    "sign",
)
# An inspection goes on beside the reviews: the turn is `inspect` once it alone is awaited.
INSPECT, ASSESS, PAY, HAND_OVER = "inspect", "assess", "pay", "hand_over"
WITH_APPLICANT = frozenset({FILL, CORRECT, PAY})


def initial(place: int) -> str:
    """The step of the nth paraf, counted from one."""
    return f"initial_{place}"


def allows(verb: Verb, state: str) -> bool:
    return state in FROM[verb]


def verbs_from(state: str) -> list[Verb]:
    """What may be done next, whoever may do it."""
    return [verb for verb in Verb if state in FROM[verb]]


def after_registration(*, examined: bool, reviewers: Sequence[str], inspected: bool = False) -> tuple[State, str]:
    """State and turn once the file is complete; a kind may leave out the back office, reviews or an inspection."""
    return (S.REGISTERED, EXAMINE) if examined else after_examination(reviewers=reviewers, inspected=inspected)


def after_examination(*, reviewers: Sequence[str], inspected: bool = False) -> tuple[State, str]:
    if reviewers or inspected:
        return (S.TECHNICAL, in_technical(reviews_open=bool(reviewers)))
    return (S.RECOMMENDED, DRAFT)


def in_technical(*, reviews_open: bool) -> str:
    """Whose turn it is while opinions and the inspection are awaited at the same time."""
    return REVIEW if reviews_open else INSPECT


def way_on(opened: Collection[str]) -> str:
    """The step a drawing opens once opinions, inspection or payment are done: a fee, a draft, or the way to another
    system that issues. Raises LookupError where it opens none."""
    found = [step for step in (ASSESS, DRAFT, HAND_OVER) if step in opened]
    return found[0]


def after_drafting(chain: Sequence[str]) -> tuple[State, str]:
    """A decree goes through every paraf of its chain (office codes) before it is signed."""
    return (S.INITIALLING, initial(1)) if chain else (S.SIGNING, SIGN)


def after_initial(done: int, chain: Sequence[str]) -> tuple[State, str]:
    """`done` parafs stand under the draft now."""
    return (S.INITIALLING, initial(done + 1)) if done < len(chain) else (S.SIGNING, SIGN)


def after_answer(stage: str) -> tuple[State, str]:
    """An answered return goes back to the desk that sent it: `stage` is the step it interrupted."""
    return (S.ADMIN_REVIEW, EXAMINE) if stage == EXAMINE else (S.COMPLETENESS, VERIFY)


def once_looked_at(state: str) -> State:
    """The first mark on a fresh file says that its check has begun."""
    return {S.SUBMITTED: S.COMPLETENESS, S.REGISTERED: S.ADMIN_REVIEW}.get(State(state), State(state))
