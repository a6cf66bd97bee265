"""`make bench`: what a request costs in a demo city with 100,000 cases, beside the same in raw SQL and Jinja2, and what
the ledger's care costs beside plain inserts. `run.py postings` measures one part alone.

Processor milliseconds are read from the kernel for pages, uploads and PostgreSQL together, while the worker sleeps;
what it does afterwards is printed as jobs. Rates are of 8 clients on this machine, both sides in one run.
"""

import os
import subprocess
import sys
from pathlib import Path

from town import a_town

HERE = Path(__file__).parent
PARTS = ("measure", "postings")


def main() -> int:
    with a_town() as town:
        told = {**os.environ, "CITY_PUBLIC_URL": town.url, "CITY_UPLOADS_URL": f"http://127.0.0.1:{town.port + 1}"}
        failed = 0
        for part in sys.argv[1:] or PARTS:
            command = [sys.executable, str(HERE / "environment.py"), sys.executable, str(HERE / f"{part}.py")]
            failed |= subprocess.run([*command, str(town.pid), str(town.port)], env=told, check=False).returncode
        return failed


if __name__ == "__main__":
    sys.exit(main())
