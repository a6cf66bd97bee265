"""A bill in parts: equal, the rest of the division in the first, one month apart."""

from datetime import date

from city.billing.rules.interest import Part
from city.billing.rules.months import add_months


def split(amount: int, count: int, first_due: date) -> list[Part]:
    """`count` parts that add up to the amount exactly, due on the same day of each month."""
    each, rest = divmod(amount, count)
    return [Part(add_months(first_due, n), each + (rest if n == 0 else 0)) for n in range(count)]
