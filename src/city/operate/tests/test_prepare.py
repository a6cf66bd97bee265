"""What a city is told before it answers for the first time."""

from pathlib import Path

from city.operate.home import Home
from city.operate.prepare import prepare


class _Remembering(Home):
    """Runs nothing, and remembers what it was to run."""

    ran: list[tuple[tuple[str, ...], dict[str, str]]]

    def must(self, *command: str, role: str = "app", **more: str) -> None:
        self.ran.append((command, more))


def test_the_demo_citys_papers_print_the_address_at_which_this_city_answers(tmp_path: Path) -> None:
    home = _Remembering(tmp_path, "city", None, tmp_path / "keys", tmp_path / "files")
    object.__setattr__(home, "ran", [])
    home.demo_mark.touch()
    prepare(home, lambda words: None, {"CITY_PUBLIC_URL": "http://127.0.0.1:8400"})
    assert (("demo", "load"), {"CITY_PUBLIC_URL": "http://127.0.0.1:8400"}) in home.ran
