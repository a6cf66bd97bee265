"""What the launcher says stands in a file where it belongs: before what its programs say."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import subprocess, sys
from city.operate.run import Start
Start.say("Starting PostgreSQL")
subprocess.run([sys.executable, "-c", "print('raka@contoh.id')"], check=True)
"""


def test_a_line_stands_before_the_lines_of_the_program_started_next(tmp_path: Path) -> None:
    out = tmp_path / "said"
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with out.open("w") as file:
        subprocess.run([sys.executable, "-c", SCRIPT], stdout=file, env=plain, check=True)
    assert out.read_text().splitlines() == ["Starting PostgreSQL", "raka@contoh.id"]
