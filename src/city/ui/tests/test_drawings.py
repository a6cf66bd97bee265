"""Where the points of a horizon and of a process diagram fall."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from city.ui.rules import flow, horizon
from city.ui.rules.horizon import Day

MONDAY = date(2026, 11, 9)


def days(count: int, today: int | None = None, paused: tuple[int, ...] = (), deadline: int | None = None) -> list[Day]:
    return [
        Day(MONDAY + timedelta(days=i), paused=i in paused, today=i == today, deadline=i == deadline)
        for i in range(count)
    ]


def test_passed_days_are_drawn_up_to_the_dot_and_the_rest_stays_a_plain_line() -> None:
    drawing = horizon.drawn(days(10, today=3, deadline=9))
    assert drawing.done == "M20.0 34h120.0"
    assert drawing.dot == 140.0
    assert drawing.rest == drawing.late == ""
    assert drawing.ticks.count("v10") == 11
    assert drawing.last == MONDAY + timedelta(days=9)


def test_a_pause_is_dotted_and_holds_no_tick_inside() -> None:
    drawing = horizon.drawn(days(6, today=3, paused=(2, 3)))
    assert drawing.done == "M20.0 34h100.0"
    assert drawing.rest == "M120.0 34h100.0"
    assert "M170.0" not in drawing.ticks


def test_days_after_the_deadline_are_late_and_the_date_shown_is_the_deadlines() -> None:
    drawing = horizon.drawn(days(6, today=5, deadline=3))
    assert drawing.done == "M20.0 34h200.0"
    assert drawing.late == "M220.0 34h100.0"
    assert drawing.last == MONDAY + timedelta(days=3)


def test_before_the_count_begins_there_is_neither_dot_nor_passed_day() -> None:
    drawing = horizon.drawn(days(5))
    assert drawing.dot is None
    assert drawing.done == ""


def test_a_word_over_a_dot_at_the_edge_hangs_inwards() -> None:
    assert horizon.drawn(days(10, today=0)).anchor == "start"
    assert horizon.drawn(days(10, today=4)).anchor == "middle"
    assert horizon.drawn(days(10, today=9)).anchor == "end"


@given(st.integers(0, 120), st.data())
def test_nothing_is_drawn_outside_the_sheet(count: int, data: st.DataObject) -> None:
    today = data.draw(st.none() | st.integers(0, count - 1)) if count else None
    drawing = horizon.drawn(days(count, today=today))
    assert drawing.dot is None or 20 <= drawing.dot <= 320.001
    assert 0 <= drawing.word_x <= horizon.WIDTH


def test_an_arrow_points_the_way_its_last_piece_runs() -> None:
    down = flow.drawn([], [flow.Edge([(10, 0), (10, 40)])]).arrows[0]
    assert down.path == "M10 0L10 40"
    assert down.head == "M5.0 32.0L15.0 32.0L10.0 40.0z"
    left = flow.drawn([], [flow.Edge([(40, 5), (0, 5)])]).arrows[0]
    assert left.head.endswith("L0.0 5.0z")


def test_a_long_label_breaks_in_two_inside_its_box() -> None:
    node = flow.Node("review", 0, 0, 120, 50, "Kajian teknis Dinas Kesehatan", "sekarang", "here")
    lines = flow.drawn([node], []).boxes[0].lines
    assert [line.text for line in lines] == ["Kajian teknis", "Dinas Kesehatan", "sekarang"]
    assert all(0 < line.y < 50 for line in lines)
    assert lines[-1].sub


def test_words_stand_beside_a_sign_and_over_a_level_line_never_on_an_arrow() -> None:
    drawing = flow.drawn(
        [flow.Node("gate", 100, 0, 30, 30, "Lengkap?", kind="gate")],
        [flow.Edge([(130, 15), (230, 15)], label="belum"), flow.Edge([(115, 30), (115, 90)], label="ya")],
    )
    (line,) = drawing.boxes[0].lines
    assert (line.x, line.anchor) == (138, "start")
    level, upright = drawing.arrows
    assert (level.label_x, level.label_y, level.label_anchor) == (180, 9, "middle")
    assert (upright.label_x, upright.label_anchor) == (121, "start")


def test_the_sheet_is_as_large_as_what_stands_on_it() -> None:
    drawing = flow.drawn([flow.Node("a", 10, 20, 100, 40, "A")], [flow.Edge([(60, 60), (60, 120)])])
    assert (drawing.width, drawing.height) == (108, 108)
    assert drawing.view == "6 16 108 108"


def test_an_empty_process_draws_nothing_and_does_not_fail() -> None:
    assert flow.drawn([], []).boxes == []
