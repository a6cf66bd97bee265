"""The child that looks into a file: killed by somebody else it is asked anew, out of its own bounds it is not."""

from pathlib import Path

from city.documents.inspection.child import ask_child

PROGRAM = "city.documents.tests.struck"


def test_a_child_killed_from_outside_says_nothing_about_the_file(tmp_path: Path) -> None:
    answer = ask_child(PROGRAM, {"marks": str(tmp_path), "times": 2}, b"isi")
    assert answer == ({"tries": 3}, b"isi", b"")


def test_one_that_is_killed_each_time_is_given_up(tmp_path: Path) -> None:
    assert ask_child(PROGRAM, {"marks": str(tmp_path), "times": 9}, b"isi") is None
    assert len(list(tmp_path.iterdir())) == 3


def test_one_that_never_ends_is_ended_by_its_own_bound_and_not_asked_again(tmp_path: Path) -> None:
    assert ask_child(PROGRAM, {"marks": str(tmp_path), "seconds": 1}, b"isi") is None
    assert len(list(tmp_path.iterdir())) == 1
