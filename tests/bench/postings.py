"""What the ledger's care costs: postings a second through its function, beside inserts checked for balance alone.

The yardstick writes the same rows (document, entries, lines) into tables of the same shape, keys and indexes, in one
statement, and checks each entry's balance; it takes no number, keeps no balance, knows no rule and seals nothing. Both
are driven by pgbench in one run. The trial balance at a million lines stands beside the plain sum of the lines.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from measure import say  # noqa: E402
from town import Town  # noqa: E402

from city.ledger import queries  # noqa: E402
from city.operate.home import Home  # noqa: E402
from city.operate.postgres import binaries, roles  # noqa: E402
from city.operate.postgres.cluster import Cluster  # noqa: E402

CLIENTS, SECONDS = (1, 8, 32), 8
AGENCIES = [f"UKUR{n:02d}" for n in range(40)]
ANY_AGENCY = f"'UKUR' || lpad(floor(random() * {len(AGENCIES)})::text, 2, '0')"
ACCOUNT = {"receivable": "1.1.04.02.01.0001", "revenue_lo": "7.1.02.02.01.0001", "revenue_lra": "4.1.02.02.01.0001"}
# A document's entries: whose book, which, and its two accounts.
SHAPES = {
    "SKRD": [("own", "finansial", "1.1.04.02.01.0001", "7.1.02.02.01.0001")],
    "NK": [
        ("own", "finansial", "3.1.03.01.01.0001", "1.1.04.02.01.0001"),
        ("PPKD", "finansial", "1.1.01.01.01.0001", "1.1.13.01.01.0001"),
        ("own", "lra", "3.1.02.05.01.0001", "4.1.02.02.01.0001"),
    ],
}
NAMED = {"SKRD": ("receivable", "revenue_lo"), "NK": ("receivable", "revenue_lra")}

PLAIN = """
    SELECT l.account, a.name, sum(l.debit - l.credit) FILTER (WHERE l.year * 100 + l.month < 202512),
        sum(l.debit) FILTER (WHERE l.year * 100 + l.month = 202512),
        sum(l.credit) FILTER (WHERE l.year * 100 + l.month = 202512)
    FROM ledger_line l JOIN ledger_account a ON a.code = l.account
    WHERE l.book = 'finansial' AND l.year * 100 + l.month <= 202512 GROUP BY l.account, a.name ORDER BY l.account
"""


def words(name: str) -> Any:
    """Sentences for psql, kept in a file of their own."""
    return (Path(__file__).parent / f"postings_{name}.sql").read_text()


def here() -> tuple[Home, Cluster]:
    """The measured city, with its own PostgreSQL, which the environment names only by its socket."""
    cluster = Cluster(settings.HOME)
    database = str(settings.DATABASES["default"]["NAME"])
    return Home(settings.HOME, database, cluster, settings.KEYS, settings.FILES), cluster


def posting(type: str) -> str:
    """One call of the function, as pgbench says it."""
    accounts = ", ".join(f"'{name}', '{ACCOUNT[name]}'" for name in NAMED[type])
    return f"""SELECT * FROM ledger_post(jsonb_build_array(jsonb_build_object('type', '{type}', 'variant', '',
    'part', '',
    'entity', {ANY_AGENCY}, 'source_kind', 'bench', 'source', gen_random_uuid(),
    'value_date', (now() AT TIME ZONE 'Asia/Jakarta')::date, 'description', 'Ukuran',
    'amounts', jsonb_build_object('amount', 162000000), 'accounts', jsonb_build_object({accounts}))), 'bench',
    now());
"""  # noqa: S608 - words of this file


def inserts(type: str) -> str:
    """The same rows, checked for balance only."""
    entries = ", ".join(
        f"({n}, {'told.entity' if whose == 'own' else repr(whose)}, '{book}', '{debit}', '{credit}')"
        for n, (whose, book, debit, credit) in enumerate(SHAPES[type])
    )
    accounts = ", ".join(f"'{name}', '{ACCOUNT[name]}'" for name in NAMED[type])
    day = "(now() AT TIME ZONE 'Asia/Jakarta')::date"
    return f"""WITH told AS (SELECT {ANY_AGENCY} AS entity, nextval('raw_number')::integer AS number),
d AS (INSERT INTO raw_document (id, type, variant, entity, year, number, label, source_kind, source, part, value_date,
        posted_on, description, told, rule_id, actor, at)
    SELECT gen_random_uuid(), '{type}', '', entity, 2026, number, '{type}/' || number, 'bench', gen_random_uuid(), '',
        {day}, {day}, 'Ukuran', jsonb_build_object('amounts', jsonb_build_object('amount', 162000000), 'accounts',
        jsonb_build_object({accounts})), (SELECT id FROM ledger_postingrule WHERE type = '{type}' AND variant = ''),
        'bench', now() FROM told RETURNING id),
planned AS (SELECT v.* FROM told, LATERAL (VALUES {entries}) v (n, entity, book, debit, credit)),
e AS (INSERT INTO raw_entry (uid, document_id, entity, book, year, month, booked_on)
    SELECT gen_random_uuid(), d.id, p.entity, p.book, extract(year FROM {day}), extract(month FROM {day}), {day}
    FROM d, planned p RETURNING id, entity, book, year, month, booked_on)
INSERT INTO raw_line (entry_id, no, account, entity, book, year, month, booked_on, counterpart, debit, credit)
    SELECT e.id, s.no, CASE s.no WHEN 1 THEN p.debit ELSE p.credit END, e.entity, e.book, e.year, e.month,
        e.booked_on, '', CASE s.no WHEN 1 THEN 162000000 ELSE 0 END, CASE s.no WHEN 1 THEN 0 ELSE 162000000 END
    FROM e JOIN planned p ON p.entity = e.entity AND p.book = e.book, (VALUES (1), (2)) s (no);
"""  # noqa: S608 - words of this file


def rate(role: str, script: str, clients: int) -> float:
    """Transactions a second with this many clients, each on its own connection."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(
            [
                *(str(binaries.find() / "pgbench"), "-n", "-M", "prepared", "-f", file.name),
                *("-T", str(SECONDS), "-c", str(clients), "-j", "1", here()[0].address(role)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if done.returncode or found is None or (failed and int(failed[1])):
        raise SystemExit(f"pgbench: {done.stdout}{done.stderr}")
    return float(found[1])


def postings() -> None:
    for type in SHAPES:
        lines = 2 * len(SHAPES[type])
        for clients in CLIENTS:
            ours, theirs = rate("app", posting(type), clients), rate("owner", inserts(type), clients)
            told = f"{ours:.0f}/s / {theirs:.0f}/s = {ours / theirs:.2f}"
            say(f"{type} of {lines} lines, {clients} clients: ledger / raw (aim >= 0.5)", told)


def median_ms(work: Callable[[], object], times: int = 9) -> float:
    work()
    spans = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spans)


def trial_balances() -> None:
    def plain() -> object:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN)
            return cursor.fetchall()

    def ours() -> object:
        return queries.trial_balance(None, "finansial", 2025, 12)

    everyone, one = median_ms(ours), median_ms(lambda: queries.trial_balance("UKUR07", "finansial", 2025, 12))
    theirs = median_ms(plain)
    say("trial balance at 1M lines, 40 entities (aim <= 100 ms)", f"{everyone:.0f} ms, one entity {one:.0f} ms")
    say("  the plain sum of the lines / ours", f"{theirs:.0f} ms / {everyone:.0f} ms = {theirs / everyone:.1f}")
    which = queries.CardOf("8.1.99.99.99.0007", "UKUR07", "finansial")
    card = median_ms(lambda: queries.account_card(which, year=2025))
    say("  a card's first hundred lines", f"{card:.0f} ms")


def main() -> None:
    city, cluster = here()
    town = Town(Path(), int(sys.argv[2]), int(sys.argv[1]))
    with town.worker_asleep(), cluster.connect(city.database) as master:
        for code in AGENCIES:
            master.execute("INSERT INTO people_agency VALUES (%s, 'Dinas ukur', '', '')", [code])
            master.execute("INSERT INTO ledger_entity VALUES (%s, %s)", [code, datetime.now(UTC)])
        master.execute(psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(roles.ROLES["owner"])))
        master.execute(words("raw"))
        postings()
        master.execute("RESET ROLE")
        master.execute(words("many"))
        master.execute("VACUUM ANALYZE ledger_line")
        master.execute("VACUUM ANALYZE ledger_balance")
        trial_balances()
    connection.close()


if __name__ == "__main__":
    main()
