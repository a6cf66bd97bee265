"""A closed month takes nothing; what belongs there is booked today and keeps its value date."""

from datetime import UTC, date, datetime

from city.kernel.models import EventRecord
from city.ledger import actions
from city.ledger.models import Closing, Document, Entry
from city.ledger.tests.make import AT, CLERK, HEAD, a_document, agencies, posted, refused

OCTOBER = date(2026, 10, 30)


def test_a_receipt_for_an_open_month_is_booked_there(db: None) -> None:
    agencies("BPKAD")
    posted(a_document(value_date=OCTOBER))
    assert Entry.objects.values_list("year", "month", "booked_on").get() == (2026, 10, OCTOBER)


def test_a_receipt_for_a_closed_month_is_booked_today_with_its_value_date(db: None) -> None:
    agencies("BPKAD")
    assert actions.close_month(year=2026, month=10, actor=HEAD, at=AT)
    posted(a_document(value_date=OCTOBER), a_document(value_date=date(2026, 8, 1)))
    assert list(Entry.objects.values_list("month", "booked_on")) == [(11, date(2026, 11, 23))] * 2
    assert set(Document.objects.values_list("value_date", "posted_on")) == {
        (OCTOBER, date(2026, 11, 23)),
        (date(2026, 8, 1), date(2026, 11, 23)),
    }


def test_closing_again_changes_nothing_and_tells_nobody(db: None) -> None:
    assert actions.close_month(year=2026, month=10, actor=HEAD, at=AT)
    assert not actions.close_month(year=2026, month=10, actor=HEAD, at=AT)
    assert not actions.close_month(year=2026, month=9, actor=HEAD, at=AT), "a month before a closed one is closed"
    assert Closing.objects.count() == EventRecord.objects.filter(name="MonthClosed").count() == 1


def test_only_a_month_that_is_over_is_closed_and_only_by_who_may(db: None) -> None:
    with refused("ledger.month_not_over"):
        actions.close_month(year=2026, month=11, actor=HEAD, at=AT)
    with refused("ledger.no_such_month"):
        actions.close_month(year=2026, month=14, actor=HEAD, at=AT)
    with refused("actor.not_permitted", 403):
        actions.close_month(year=2026, month=10, actor=CLERK, at=AT)


def test_nothing_is_posted_as_of_a_day_in_a_closed_month(db: None) -> None:
    agencies("BPKAD")
    actions.close_month(year=2026, month=10, actor=HEAD, at=AT)
    with refused("ledger.closed_month"):
        posted(a_document(value_date=OCTOBER), at=datetime(2026, 10, 30, 3, tzinfo=UTC))


def test_a_number_is_never_older_than_the_one_before(db: None) -> None:
    agencies("BPKAD")
    posted(a_document())
    posted(a_document(), at=datetime(2026, 11, 20, 3, tzinfo=UTC))
    assert list(Document.objects.order_by("number").values_list("posted_on", flat=True)) == [date(2026, 11, 23)] * 2


def test_a_value_date_ahead_is_booked_on_the_day_it_comes_in(db: None) -> None:
    agencies("BPKAD")
    posted(a_document(value_date=date(2026, 12, 1)))
    assert Entry.objects.get().month == 11
    with refused("ledger.value_date"):
        posted(a_document(value_date=date(2027, 1, 1)))


def test_auditors_adjust_a_closed_year_in_its_thirteenth_period(db: None) -> None:
    agencies("BPKAD")
    wanted = a_document(
        "AUDIT",
        audit_year=2025,
        accounts={"debit": "3.1.01.01.01.0001", "credit": "1.1.04.02.01.0001"},
    )
    with refused("ledger.audit_period"):
        posted(wanted)
    actions.close_month(year=2025, month=12, actor=HEAD, at=AT)
    posted(wanted)
    entry = Entry.objects.get()
    assert (entry.year, entry.month, entry.booked_on) == (2025, 13, date(2025, 12, 31))
    assert actions.close_month(year=2025, month=13, actor=HEAD, at=AT)
    with refused("ledger.audit_period"):
        posted(a_document("AUDIT", audit_year=2025, accounts=wanted.accounts))


def test_period_thirteen_is_not_closed_before_its_december(db: None) -> None:
    with refused("ledger.year_not_closed"):
        actions.close_month(year=2025, month=13, actor=HEAD, at=AT)


def test_an_ordinary_document_has_no_thirteenth_period(db: None) -> None:
    agencies("BPKAD")
    actions.close_month(year=2025, month=12, actor=HEAD, at=AT)
    with refused("ledger.audit_period"):
        posted(a_document(audit_year=2025))
    with refused("ledger.audit_period"):
        posted(a_document("AUDIT", accounts={"debit": "3.1.01.01.01.0001", "credit": "1.1.04.02.01.0001"}))
