"""Tables, files for the browser and, in a demo city, its people: made when missing or changed, else left alone.

Each start asks what was done last time, because asking Django would cost a second a question.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from city import settings
from city.operate.home import Home
from city.operate.postgres import roles


def prepare(home: Home, say: Callable[[str], None], told: Mapping[str, str] = MappingProxyType({})) -> None:
    """Brings a city with a running database up to date with its program. Safe to repeat. Raises Refused.

    `told` are the addresses that the demo city's papers print beside their codes.
    """
    done = _done(home)
    program = _fingerprint(settings.SOURCE.rglob("*.py"))
    if done.get("program") != program:
        say("Bringing the tables up to date …")
        home.must("migrate", "--verbosity=0", role="owner")
    _collect_static(home, say)
    if home.is_demo and not done.get("demo"):
        say("Placing the demo city's people …")
        home.must("demo", "load", **told)
    _remember(home, {"program": program, "demo": home.is_demo or done.get("demo", False)})


def _done(home: Home) -> dict[str, object]:
    """Kept as the database's comment: a database made anew, or restored, knows of nothing done."""
    if home.cluster is None:
        return {}
    with home.cluster.connect() as admin:
        try:
            known: dict[str, object] = json.loads(roles.comment_on(admin, home.database) or "{}")
        except ValueError:
            return {}
    return known


def _remember(home: Home, done: dict[str, object]) -> None:
    if home.cluster:
        with home.cluster.connect() as admin:
            roles.put_comment(admin, home.database, json.dumps(done))


def _collect_static(home: Home, say: Callable[[str], None]) -> None:
    front_end = settings.NODE_FILES / ".city" / ".stamp"
    wanted = _fingerprint([*settings.SOURCE.glob("*/static/**/*"), front_end])
    mark = home.path / "static.mark"
    if not mark.exists() or mark.read_text() != wanted:
        say("Collecting the files that the browser needs …")
        home.must("collectstatic", "--noinput", "--clear", "--verbosity=0")
        mark.write_text(wanted)


def _fingerprint(files: Iterable[Path]) -> str:
    """Changes when a file comes, goes or is written."""
    seen = [f"{path}:{path.stat().st_mtime_ns}" for path in sorted(files) if path.is_file()]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()
