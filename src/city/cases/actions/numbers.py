"""Numbers are taken one after the other; one that is not used is recorded as void. Locked after the case, and last."""

from datetime import datetime

from django.db import connection

from city.cases.models import Case, Number
from city.cases.rules.numbering import number_text, year_of
from city.kernel.plain import insert

_NEXT = """
    INSERT INTO cases_series (kind, purpose, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (kind, purpose, year) DO UPDATE SET last = cases_series.last + 1
    RETURNING id, last
"""


def take_number(case: Case, form: str, purpose: str, state: Number.State, *, at: datetime) -> Number:
    """The next ordinal of the case's kind and year. The series stays locked until the transaction ends, so that a
    number taken and rolled back leaves no hole."""
    year = year_of(at)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [case.kind, purpose, year])
        series_id, ordinal = cursor.fetchone()
    text = number_text(form, ordinal, year)
    number = Number(series_id=series_id, ordinal=ordinal, text=text, state=state, case=case, at=at)
    insert(number)
    return number


def use_number(number: Number, *, at: datetime) -> None:
    number.state, number.at = Number.State.USED, at
    number.save(update_fields=["state", "at"])


def void_number(number: Number, reason: str, *, at: datetime) -> None:
    """Recorded for ever with its reason (a code): it will not be given to anybody else."""
    number.state, number.reason, number.at = Number.State.VOID, reason, at
    number.save(update_fields=["state", "reason", "at"])
