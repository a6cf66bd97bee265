"""The permission each step of a case asks of an office."""

from typing import Final

from city.cases.rules import states


class Power:
    """Names of permissions as offices carry them."""

    COUNTER: Final = "permits.counter"
    VERIFY: Final = "permits.verify"
    EXAMINE: Final = "permits.examine"
    REVIEW: Final = "permits.review"
    INSPECT: Final = "permits.inspect"
    ASSESS: Final = "permits.assess"
    HAND_OVER: Final = "permits.hand_over"
    DRAFT: Final = "permits.draft"
    INITIAL: Final = "permits.initial"
    SIGN: Final = "permits.sign"
    OVERRIDE_ROUND: Final = "permits.override_round"


# Whose turn it is at each step; an agency's reviewers and inspectors see their own reviews and inspections alone.
POWERS: Final = {
    states.VERIFY: Power.VERIFY,
    states.EXAMINE: Power.EXAMINE,
    states.REVIEW: Power.REVIEW,
    states.INSPECT: Power.INSPECT,
    states.ASSESS: Power.ASSESS,
    states.HAND_OVER: Power.HAND_OVER,
    states.DRAFT: Power.DRAFT,
    states.SIGN: Power.SIGN,
}
_ASKED: Final = {Power.REVIEW, Power.INSPECT, Power.ASSESS}
DESK: Final = frozenset({*POWERS.values(), Power.INITIAL, Power.OVERRIDE_ROUND} - _ASKED)
