"""Fees, interest, months, parts, corrections, statements: tables, no database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city.billing.rules import asset_use, building
from city.billing.rules.bills import Figures, share_of, state_of
from city.billing.rules.fees import BadFactors, Line, NoRate, Rate, line_from, number_in
from city.billing.rules.instalments import split
from city.billing.rules.interest import Paid, Part, Terms, interest_due, months_due
from city.billing.rules.months import add_months, months_begun
from city.billing.rules.objections import Window, last_day_to_decide, last_day_to_file
from city.billing.rules.reconciliation import Item, Movement, Result, compared, with_opening
from city.billing.rules.statement import Statement, StatementFault, StatementLine, read_statement, write_statement

HOUSE = {
    "area": "90",
    "floors": "1",
    "function": "house_small",
    "complexity": "simple",
    "permanence": "permanent",
    "owner": "private",
    "work": "new",
}


def rates(**values: str) -> dict[str, Rate]:
    return {
        code.replace("__", "."): Rate(code, Decimal(value), "", "Pasal contoh", "Perda contoh", False)
        for code, value in values.items()
    }


PBG = rates(
    pbg__shst="5000000",
    pbg__ilo="0.005",
    pbg__function__house_small="0.15",
    pbg__bp__complexity="0.3",
    pbg__bp__permanence="0.2",
    pbg__bp__height="0.5",
    pbg__complexity__simple="1",
    pbg__complexity__complex="2",
    pbg__permanence__permanent="2",
    pbg__permanence__temporary="1",
    pbg__height__1="1",
    pbg__height__2="1.09",
    pbg__owner__private="1",
    pbg__owner__state="0",
    pbg__work__new="1",
)
LAND = rates(asset__land__main_road="1500", asset__land__other_road="1000")


def test_the_specified_house_costs_405_000() -> None:
    fee = building.fee(HOUSE, PBG)
    assert fee.amount == 405_000
    assert {line.code: line.value for line in fee.lines}["it"] == Decimal("0.18")
    assert fee.sum == "90 × (0.005 × 5000000) × 0.18 × 1"
    assert not fee.decreed


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        ({"area": "180"}, 810_000),
        ({"permanence": "temporary"}, 337_500),
        ({"complexity": "complex"}, 506_250),
        ({"floors": "2"}, 420_187),  # 90 × 25000 × 0.15 × 1.245 = 420187.5: the half rupiah is the payer's
        ({"owner": "state"}, 0),
    ],
)
def test_a_building_with_one_thing_changed(change: dict[str, str], amount: int) -> None:
    assert building.fee({**HOUSE, **change}, PBG).amount == amount


@pytest.mark.parametrize(
    ("area", "days", "place", "amount"),
    [("12", "90", "main_road", 1_620_000), ("12,5", "1", "main_road", 18_750), ("0.5", "3", "other_road", 1_500)],
)
def test_land_by_the_day(area: str, days: str, place: str, amount: int) -> None:
    assert asset_use.fee({"area": area, "days": days, "place": place}, LAND).amount == amount


def test_every_bad_factor_is_named_at_once() -> None:
    with pytest.raises(BadFactors) as bad:
        asset_use.fee({"area": "dua", "days": "1,5", "place": "bulan"}, LAND)
    assert [(one.factor, one.code) for one in bad.value.faults] == [
        ("area", "not_a_number"),
        ("days", "not_whole"),
        ("place", "no_such_choice"),
    ]


@pytest.mark.parametrize(
    ("given_area", "code"), [("", "missing"), ("0", "out_of_bounds"), ("1,234", "too_fine"), ("-3", "not_a_number")]
)
def test_a_bad_area(given_area: str, code: str) -> None:
    with pytest.raises(BadFactors) as bad:
        asset_use.fee({"area": given_area, "days": "1", "place": "main_road"}, LAND)
    assert [one.code for one in bad.value.faults] == [code]


def test_a_day_without_a_rate_has_no_fee() -> None:
    with pytest.raises(NoRate):
        asset_use.fee({"area": "1", "days": "1", "place": "inside"}, LAND)


def test_a_line_comes_back_from_the_row_as_it_went() -> None:
    line = Line("tariff", Decimal("1500.50"), "Rp", "Pasal 3", "Perda", False, "asset.land.main_road")
    assert line_from(line.as_json()) == Line(**{**line.__dict__, "value": Decimal("1500.5")})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.250", "1250"),
        ("0.125", "0.125"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.250.000", "1250000"),
        (" 1 250 ", "1250"),
        ("", None),
        (".", None),
        ("1e9", None),
        ("٣", None),
        ("1,2,3", None),
        ("9" * 21, None),
    ],
)
def test_numbers_as_people_write_them(text: str, value: str | None) -> None:
    assert number_in(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 3, 31), 24, date(2028, 3, 31)),
    ],
)
def test_months_of_the_calendar(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("day", "begun"),
    [
        (date(2026, 12, 23), 0),
        (date(2026, 12, 24), 1),
        (date(2027, 1, 23), 1),
        (date(2027, 1, 24), 2),
        (date(2028, 12, 23), 24),
        (date(2028, 12, 24), 25),
    ],
)
def test_a_month_has_begun_the_day_after(day: date, begun: int) -> None:
    assert months_begun(date(2026, 12, 23), day) == begun


TERMS = Terms(Decimal("0.01"), 24)
DUE = date(2026, 12, 23)
WHOLE = [Part(DUE, 1_620_000)]


@pytest.mark.parametrize(
    ("until", "interest"),
    [
        (date(2026, 12, 23), 0),
        (date(2026, 12, 24), 16_200),
        (date(2027, 2, 1), 32_400),
        (date(2028, 12, 24), 24 * 16_200),
        (date(2036, 1, 1), 24 * 16_200),
    ],
)
def test_one_percent_a_month_begun_for_24_months(until: date, interest: int) -> None:
    assert interest_due(WHOLE, [], TERMS, until) == interest


def test_interest_runs_on_what_is_unpaid_when_its_month_begins() -> None:
    paid = [Paid(date(2026, 12, 30), 620_000), Paid(date(2027, 2, 10), 1_000_000)]
    months = months_due(WHOLE, paid, TERMS, date(2027, 6, 1))
    assert [(one.month, one.base, one.amount) for one in months] == [
        (1, 1_620_000, 16_200),
        (2, 1_000_000, 10_000),
    ]


def test_instalments_are_late_one_by_one() -> None:
    parts = split(1_000_001, 3, DUE)
    assert [(one.due_on, one.amount) for one in parts] == [
        (DUE, 333_335),
        (date(2027, 1, 23), 333_333),
        (date(2027, 2, 23), 333_333),
    ]
    paid = [Paid(DUE, 333_335)]
    assert interest_due(parts, paid, TERMS, date(2027, 1, 24)) == 3_333
    assert interest_due(parts, paid, TERMS, date(2027, 2, 24)) == 3 * 3_333


@given(st.integers(2, 10**12), st.integers(2, 36))
def test_parts_always_add_up(amount: int, count: int) -> None:
    parts = split(amount, count, DUE)
    assert sum(one.amount for one in parts) == amount
    assert max(one.amount for one in parts) - min(one.amount for one in parts) < count


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 10**7)), max_size=6),
    st.integers(1, 10**7),
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_interest_never_falls_with_time_and_never_passes_its_bound(
    payments: list[tuple[int, int]], amount: int, one: int, other: int
) -> None:
    paid = [Paid(date.fromordinal(DUE.toordinal() + days), sum_) for days, sum_ in payments]
    first, last = sorted((one, other))
    days = [date.fromordinal(DUE.toordinal() + n) for n in (first, last)]
    low, high = (interest_due([Part(DUE, amount)], paid, TERMS, day) for day in days)
    assert 0 <= low <= high <= amount * 24 // 100


@pytest.mark.parametrize(
    ("figures", "cancelled", "state"),
    [
        (Figures(100, 0, 0, 0), False, "open"),
        (Figures(100, 0, 0, 1), False, "partly_paid"),
        (Figures(100, 0, 0, 100), False, "settled"),
        (Figures(100, 1, 0, 100), False, "partly_paid"),
        (Figures(100, 1, 1, 100), False, "settled"),
        (Figures(100, 0, 100, 0), True, "cancelled"),
    ],
)
def test_states_are_figures(figures: Figures, cancelled: bool, state: str) -> None:
    assert state_of(figures, cancelled=cancelled) == state


@pytest.mark.parametrize(
    ("amount", "takes", "shares"),
    [(50, True, (50, 0)), (120, True, (70, 50)), (50, False, (0, 50)), (70, True, (70, 0))],
)
def test_a_payment_falls_on_the_bill_and_beside_it(amount: int, takes: bool, shares: tuple[int, int]) -> None:
    assert share_of(amount, Figures(100, 0, 0, 30), takes_money=takes) == shares


def test_the_window_of_an_objection() -> None:
    window = Window(3, 6)
    assert last_day_to_file(date(2026, 11, 30), window) == date(2027, 2, 28)
    assert last_day_to_decide(date(2027, 2, 28), window) == date(2027, 8, 28)


def move(reference: str, amount: int, day: int = 24) -> Movement:
    return Movement(reference, amount, date(2026, 11, day))


def test_every_difference_is_an_item_and_explains_the_gap() -> None:
    bank = [move("A", 100), move("B", 50), move("C", -30), move("F", -7)]
    books = [move("A", 100), move("B", 60), move("D", 25), move("C", -30), move("E", -40)]
    items = with_opening(compared(bank, books), 1000, date(2026, 11, 1))
    assert [(one.kind, one.reference, one.amount) for one in items] == [
        ("opening", "", 1000),
        ("other_amount", "B", -10),
        ("in_books_only", "D", -25),
        ("in_books_only", "E", 40),
        ("at_bank_only", "F", -7),
    ]
    result = Result(1000 + sum(m.amount for m in bank), sum(m.amount for m in books), tuple(items))
    assert result.unexplained == 0
    assert Result(result.bank + 1, result.books, result.items).unexplained == 1


_amounts = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(-1000, 1000).filter(bool))


@given(_amounts, _amounts)
def test_items_always_explain_the_whole_gap(bank: dict[str, int], books: dict[str, int]) -> None:
    items = compared([move(*one) for one in bank.items()], [move(*one) for one in books.items()])
    assert sum(bank.values()) - sum(books.values()) == sum(one.amount for one in items)
    assert all(isinstance(one, Item) for one in items)


NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
A_DAY = Statement(
    "0012.0001",
    date(2026, 11, 24),
    1_000,
    406_000,
    (
        StatementLine(NOON, "BK1", "qris", "QR-1", 405_500, 'Sri; "Wahyuni"'),
        StatementLine(NOON, "BK2", "out", "", -500),
    ),
)


def test_a_statement_is_read_as_it_was_written() -> None:
    assert read_statement(write_statement(A_DAY)) == A_DAY


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b"REKENING", b"ACCOUNT", "no_head"),
        (b"waktu;", b"jam;", "no_head"),
        (b";406000", b";406001", "does_not_add_up"),
        (b"BK2", b"BK1", "repeated_reference"),
        (b"405500", b"405.500", "bad_line"),
        (b";out;", b";qris;", "bad_line"),
        (b";qris;", b";cek;", "bad_line"),
        (b"+00:00", b"", "bad_line"),
        (b"BK1", b"BK1;x", "bad_line"),
        (b"BK1", b"\xff", "not_text"),
    ],
)
def test_a_file_that_is_no_statement(before: bytes, after: bytes, code: str) -> None:
    with pytest.raises(StatementFault) as fault:
        read_statement(write_statement(A_DAY).replace(before, after))
    assert fault.value.code == code


def test_a_cut_file_is_noticed() -> None:
    whole = write_statement(A_DAY)
    ends = {n for n in range(len(whole)) if n and _reads(whole[:n])}
    assert ends <= {len(whole) - 1}, "only the last line's own end may be missing"


def _reads(data: bytes) -> bool:
    try:
        read_statement(data)
    except StatementFault:
        return False
    return True
