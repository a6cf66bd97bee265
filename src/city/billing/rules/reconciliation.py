"""The bank's day against the books: every difference is one listed item, and together they explain the whole gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

AT_BANK_ONLY, IN_BOOKS_ONLY, OTHER_AMOUNT, OPENING = "at_bank_only", "in_books_only", "other_amount", "opening"


@dataclass(frozen=True)
class Movement:
    """Money into (positive) or out of the city's account, as one side knows it. `reference` pairs the two sides."""

    reference: str
    amount: int
    day: date
    what: str = ""


@dataclass(frozen=True)
class Item:
    """One listed item: by how much it makes the bank's balance differ from the books'."""

    kind: str
    reference: str
    amount: int
    day: date
    what: str = ""


@dataclass(frozen=True)
class Result:
    """`bank` and `books` are closing balances; what the items do not explain is `unexplained`, and must be nothing."""

    bank: int
    books: int
    items: tuple[Item, ...]

    @property
    def unexplained(self) -> int:
        return self.bank - self.books - sum(item.amount for item in self.items)


def compared(bank: Sequence[Movement], books: Sequence[Movement]) -> list[Item]:
    """Items for movements that one side lacks, or knows with another amount; in the order of days and references."""
    at_bank, in_books = ({one.reference: one for one in side} for side in (bank, books))
    items = [
        Item(AT_BANK_ONLY, one.reference, one.amount, one.day, one.what)
        for one in at_bank.values()
        if one.reference not in in_books
    ]
    for one in in_books.values():
        other = at_bank.get(one.reference)
        if other is None:
            items.append(Item(IN_BOOKS_ONLY, one.reference, -one.amount, one.day, one.what))
        elif other.amount != one.amount:
            items.append(Item(OTHER_AMOUNT, one.reference, other.amount - one.amount, other.day, one.what))
    return sorted(items, key=lambda item: (item.day, item.reference))


def with_opening(items: Iterable[Item], opening: int, day: date) -> list[Item]:
    """What lay on the account before the first statement was read is an item of its own."""
    first = [Item(OPENING, "", opening, day)] if opening else []
    return [*first, *items]
