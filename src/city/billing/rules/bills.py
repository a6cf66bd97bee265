"""A bill in figures: what is open, and which state that is."""

from dataclasses import dataclass

OPEN, PARTLY_PAID, SETTLED, CANCELLED = "open", "partly_paid", "settled", "cancelled"


@dataclass(frozen=True)
class Figures:
    """Rupiah: assessed principal, interest charged on top, taken off again by corrections, and paid."""

    amount: int
    interest: int
    reduced: int
    paid: int

    @property
    def due(self) -> int:
        """What must be paid in all."""
        return self.amount + self.interest - self.reduced

    @property
    def outstanding(self) -> int:
        return self.due - self.paid


def state_of(figures: Figures, *, cancelled: bool) -> str:
    """The state those figures are; a cancelled bill stays cancelled, and nothing is due on it."""
    if cancelled:
        return CANCELLED
    if figures.outstanding == 0:
        return SETTLED
    return PARTLY_PAID if figures.paid else OPEN


def share_of(amount: int, figures: Figures, *, takes_money: bool) -> tuple[int, int]:
    """How a payment falls: (on the bill, held beside it). A bill that is settled or cancelled takes nothing."""
    on_bill = max(0, min(amount, figures.outstanding)) if takes_money else 0
    return on_bill, amount - on_bill
