"""`make bench`: what a request costs in a demo city with 100,000 cases, beside the same in raw SQL and Jinja2.

Processor milliseconds are read from the kernel for pages, uploads and PostgreSQL together, while the worker sleeps;
what it does afterwards is printed as jobs. Rates are of 8 clients on this machine, both sides in one run.
"""

import os
import subprocess
import sys
from pathlib import Path

from town import a_town

HERE = Path(__file__).parent


def main() -> int:
    with a_town() as town:
        from_operate = [sys.executable, str(HERE / "environment.py"), sys.executable, str(HERE / "measure.py")]
        told = {**os.environ, "CITY_PUBLIC_URL": town.url, "CITY_UPLOADS_URL": f"http://127.0.0.1:{town.port + 1}"}
        return subprocess.run([*from_operate, str(town.pid), str(town.port)], env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
