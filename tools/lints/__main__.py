"""`make check`: every check in turn, each named with its time; status 1 when one of them fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
MIGRATIONS = [PYTHON, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run", "--noinput"]
CHECKS = {
    "style": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "house rules": [PYTHON, "-m", "lints.house"],
    "import contracts": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
    "translations": [PYTHON, "-m", "city.operate.words", "missing"],
    "migrations": [*MIGRATIONS, "--skip-checks"],
    "types": [PYTHON, "-m", "mypy", "-p", "city", "-p", "lints"],
}
SETTINGS = {
    "PYTHONPATH": os.pathsep.join([str(TOP / "src"), str(TOP / "tools")]),
    "DJANGO_SETTINGS_MODULE": "city.settings",
    "CITY_DB_HOST": "nowhere.invalid",
}


def main(wanted: list[str]) -> int:
    """Runs all checks, or those whose names are given. No database is asked."""
    failed = []
    env = {**os.environ, **SETTINGS}
    for name, command in CHECKS.items():
        if wanted and name not in wanted:
            continue
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=TOP, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        took = f"{time.monotonic() - began:.1f} s"
        print(f"{'FAILED' if done.returncode else 'ok':7}{name} ({took})", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).rstrip(), flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
