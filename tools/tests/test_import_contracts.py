"""Every import contract of pyproject.toml catches a fault planted in a small house of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CHECK = "from importlinter.cli import lint_imports_command as c; c()"
APPS = [
    "operate",
    "portal",
    "permits",
    "gateway",
    "cases",
    "workflow",
    "notices",
    "documents",
    "people",
    "ui",
    "kernel",
]

PLANTED = [
    ("Floors", "people/views.py", "import city.permits.models"),
    ("Floors", "notices/views.py", "import city.documents.actions"),
    ("Floors", "elsewhere/__init__.py", ""),
    ("Floors", "people/views.py", "def f():\n    import city.permits.models\n"),
    ("Rooms", "people/models.py", "import city.people.actions"),
    ("Rooms", "people/odds.py", ""),
    ("Front doors", "permits/views.py", "import city.people.views"),
    ("Front doors", "permits/views.py", "import city.people.tests.make"),
    ("Rules are pure", "people/rules.py", "import django.utils.timezone"),
    ("Rules are pure", "gateway/rules/fees.py", "import psycopg"),
]


def a_house(top: Path) -> Path:
    """The floors of the real house with the modules that doors and rows speak of, all empty and all in order."""
    city = top / "src" / "city"
    for app in APPS:
        folder = city / app
        (folder / "tests").mkdir(parents=True)
        for module in ("__init__", "views", "actions", "queries", "models", "rules", "tests/__init__", "tests/make"):
            (folder / f"{module}.py").write_text("")
    (city / "__init__.py").write_text("")
    (city / "urls.py").write_text("")
    (city / "settings.py").write_text("")
    (city / "permits" / "actions.py").write_text("import city.people.queries\nimport city.permits.models\n")
    (city / "people" / "tests" / "make.py").write_text("import city.permits.actions\n")
    (top / "pyproject.toml").write_text((TOP / "pyproject.toml").read_text())
    return city


def verdict(top: Path) -> "subprocess.CompletedProcess[str]":
    env = {"PYTHONPATH": f"{top / 'src'}:{TOP / 'tools'}", "PATH": ""}
    command = [sys.executable, "-P", "-c", CHECK, "--no-cache"]
    return subprocess.run(command, cwd=top, env=env, capture_output=True, text=True, check=False)


def test_an_orderly_house_is_kept(tmp_path: Path) -> None:
    a_house(tmp_path)
    said = verdict(tmp_path)
    assert said.returncode == 0, said.stdout
    assert "4 kept, 0 broken" in said.stdout


@pytest.mark.parametrize(("contract", "where", "line"), PLANTED)
def test_a_planted_import_breaks_its_contract(tmp_path: Path, contract: str, where: str, line: str) -> None:
    planted = a_house(tmp_path) / where
    if planted.parent.name == "rules":
        planted.parent.with_suffix(".py").unlink()
    planted.parent.mkdir(exist_ok=True)
    planted.parent.joinpath("__init__.py").touch()
    planted.write_text(line)
    said = verdict(tmp_path)
    assert said.returncode == 1
    assert any(row.startswith(contract) and " BROKEN" in row for row in said.stdout.splitlines()), said.stdout
