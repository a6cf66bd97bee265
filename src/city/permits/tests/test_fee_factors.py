"""What a fee is worked out from: days that can still be used, and the index that the measures of a house give it."""

from datetime import date, timedelta

import pytest

from city.permits.kinds.pbg import v1 as building
from city.permits.kinds.pemakaian_aset import v1 as land

STARTS, ENDS = date(2026, 12, 1), date(2026, 12, 30)
STALL = {"area": "12", "place": "main_road", "starts_on": STARTS.isoformat(), "ends_on": ENDS.isoformat()}


@pytest.mark.parametrize(
    ("day", "days"),
    [(STARTS - timedelta(days=20), "30"), (STARTS, "30"), (date(2026, 12, 11), "20"), (ENDS, "1")],
)
def test_days_that_passed_before_the_fee_was_worked_out_are_not_paid_for(day: date, days: str) -> None:
    assert land.factors_in(STALL, day)["days"] == days


def test_a_period_that_is_none_has_no_days() -> None:
    assert land.factors_in({**STALL, "ends_on": ""}, STARTS)["days"] == ""
    assert land.factors_in({**STALL, "ends_on": "2026-11-30"}, STARTS)["days"] == ""


HOUSES = [
    ("99.9", "1", "house_small"),
    ("100", "1", "house_large"),
    ("99,9", "2", "house_large"),
    ("250", "3", "house_large"),
]


@pytest.mark.parametrize(("area", "floors", "right"), HOUSES)
def test_a_house_is_large_or_small_by_its_measures(area: str, floors: str, right: str) -> None:
    """Said in the form where the choice is another; and where it is measured otherwise, the measures count."""
    wrong = "house_small" if right == "house_large" else "house_large"
    answers = {"area": area, "floors": floors}
    assert building.errors_in({**answers, "function": right}, STARTS) == []
    found = building.errors_in({**answers, "function": wrong}, STARTS)
    assert [(fault.field, fault.code) for fault in found] == [("function", right)]
    assert building.factors_in({**answers, "function": wrong}, STARTS)["function"] == right


def test_another_building_keeps_its_function_and_half_an_answer_is_not_judged() -> None:
    shop = {"area": "400", "floors": "2", "function": "business"}
    assert building.errors_in(shop, STARTS) == []
    assert building.factors_in(shop, STARTS)["function"] == "business"
    assert building.errors_in({"function": "house_small", "area": "", "floors": "2"}, STARTS) == []
