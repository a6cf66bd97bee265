"""`city`: everything an operator does at a terminal. `city --help` lists it."""

import argparse
import getpass
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from city.operate import programs
from city.operate.archive.backup import backup
from city.operate.archive.restore import must_be_empty, restore, wanted
from city.operate.home import Home, home
from city.operate.postgres import roles
from city.operate.prepare import prepare
from city.operate.programs import Listen
from city.operate.refusal import Refused
from city.operate.run import Start, run
from city.operate.say import say

Answer = int | None
Verb = Callable[[argparse.Namespace, Home], Answer]


def _run(asked: argparse.Namespace, at: Home) -> Answer:
    """start the whole city on this machine: database, pages, uploads, worker"""
    since = asked.since or time.time()
    run(Start(at, Listen(port=asked.port), Listen(port=asked.port + 1), asked.demo, since))
    return 0


def _become(command: list[str], process: str, at: Home) -> Answer:
    """Turns this process into a server, so that whoever started us supervises the server itself."""
    if at.cluster and not at.cluster.is_running():
        raise Refused("This city's PostgreSQL does not run. Start it with `city run`, or name yours in CITY_DB_HOST.")
    os.execve(command[0], command, at.environment(process))  # noqa: S606 - no shell is the point


def _serve(asked: argparse.Namespace, at: Home) -> Answer:
    """pages only (production: one unit per machine)"""
    return _become(programs.web(Listen(asked.host, asked.port), asked.workers), "web", at)


def _uploads(asked: argparse.Namespace, at: Home) -> Answer:
    """uploads only (production: one unit per machine)"""
    return _become(programs.uploads(Listen(asked.host, asked.port)), "uploads", at)


def _worker(asked: argparse.Namespace, at: Home) -> Answer:
    """jobs, timers, deliveries and chores (production: one unit or more)"""
    return _become(programs.worker(), "worker", at)


def _migrate(asked: argparse.Namespace, at: Home) -> Answer:
    """make or change the tables, as the owner"""
    with at.serving():
        return at.django("migrate", role="owner")


def _demo(asked: argparse.Namespace, at: Home) -> Answer:
    """load the demo city (--whole: with years of cases), or reset it to its first day"""
    if asked.what == "reset":
        return _demo_reset(at)
    with at.serving():
        at.demo_mark.touch()
        prepare(at, say)
        return at.django("demo", "load", "--whole") if asked.whole else 0


def _demo_reset(at: Home) -> Answer:
    if not at.is_demo or at.cluster is None:
        raise Refused("Only a demo city with a PostgreSQL of its own can be reset; this one keeps its data.")
    with at.alone(), at.cluster.serving():
        with at.cluster.connect() as admin:
            roles.drop_database(admin, at.database)
        at.make_ready()
        prepare(at, say)
    return 0


def _accounts(asked: argparse.Namespace, at: Home) -> Answer:
    """the demo accounts with their roles"""
    with at.serving():
        return at.django("accounts")


def _verify(asked: argparse.Namespace, at: Home) -> Answer:
    """ask every check; status 1 and one line per broken thing"""
    with at.serving():
        return at.django("verify")


def _retry(asked: argparse.Namespace, at: Home) -> Answer:
    """hand out again what `city verify` says was given up, once its cause is mended"""
    with at.serving():
        return at.django("retry")


def _passphrase(asked: argparse.Namespace, *, twice: bool) -> str:
    """From a file's first line, or typed; typed twice where a slip would lock the archive for ever."""
    if asked.passphrase_file:
        return str(asked.passphrase_file.read_text().split("\n", 1)[0])
    if not sys.stdin.isatty():
        raise Refused("No terminal to ask for the passphrase: give --passphrase-file.")
    typed = getpass.getpass("Passphrase of the key archive: ")
    if twice and getpass.getpass("The same again: ") != typed:
        raise Refused("The two passphrases differ. Nothing was written.")
    return typed


def _backup(asked: argparse.Namespace, at: Home) -> Answer:
    """save the city: a data archive and, separately, a key archive under a passphrase"""
    if at.cluster and not at.cluster.data.exists():
        raise Refused(f"There is no city in {at.path} to save.")
    passphrase = _passphrase(asked, twice=True)
    with at.serving():
        backup(at, asked.folder, passphrase, at=datetime.now(UTC))
    return 0


def _restore(asked: argparse.Namespace, at: Home) -> Answer:
    """bring a saved city back on an empty machine, from both archives"""
    which = wanted(asked.folder, asked.keys, asked.name)
    must_be_empty(at)
    restore(at, which, _passphrase(asked, twice=False))
    print("The city is back. Start it with `city run`.")
    return 0


def _library(asked: argparse.Namespace, at: Home) -> Answer:
    """records of the library: import marc|csv FILE… [--dry-run], export marc [--xml]"""
    with at.serving():
        return at.django("library", *asked.rest)


def _dsn(asked: argparse.Namespace, at: Home) -> Answer:
    """a connection address for psql and other tools"""
    print(at.address(asked.role))
    if at.cluster and not at.cluster.is_running():
        print("PostgreSQL does not run now; `city run` starts it.", file=sys.stderr)
    return 0


VERBS: dict[str, Verb] = {
    "run": _run,
    "serve": _serve,
    "uploads": _uploads,
    "worker": _worker,
    "migrate": _migrate,
    "demo": _demo,
    "accounts": _accounts,
    "verify": _verify,
    "retry": _retry,
    "backup": _backup,
    "restore": _restore,
    "library": _library,
    "dsn": _dsn,
}


def parser() -> argparse.ArgumentParser:
    """What may be typed after `city`."""
    top = argparse.ArgumentParser(prog="city", description=__doc__)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    made = {name: verbs.add_parser(name, help=verb.__doc__, description=verb.__doc__) for name, verb in VERBS.items()}
    made["run"].add_argument("--port", type=int, default=8000, help="of the pages; the uploads take the next one")
    made["run"].add_argument("--demo", action="store_true", help="fill an empty city with invented people")
    made["run"].add_argument("--since", type=float, help="epoch seconds at which starting began, for the time shown")
    for name, port in (("serve", 8000), ("uploads", 8001)):
        made[name].add_argument("--host", default="127.0.0.1")
        made[name].add_argument("--port", type=int, default=port)
    made["serve"].add_argument("--workers", type=int, default=2)
    made["demo"].add_argument("what", choices=["load", "reset"])
    made["demo"].add_argument("--whole", action="store_true", help="years of cases, for measuring")
    for name in ("backup", "restore"):
        made[name].add_argument("folder", type=Path, metavar="DIR")
        made[name].add_argument("--passphrase-file", type=Path, help="its first line; else you are asked")
    made["restore"].add_argument("--keys", type=Path, help="the key archive, where it is kept elsewhere")
    made["restore"].add_argument("--name", help="an older pair of DIR, by its moment")
    made["library"].add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    made["dsn"].add_argument("role", choices=list(roles.ROLES))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused or broken, 2 wrong arguments."""
    asked = parser().parse_args(arguments)
    try:
        return VERBS[asked.verb](asked, home()) or 0
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
