"""kill -9 of PostgreSQL and of the sealer amid postings: what was acknowledged is there once, numbers have no hole."""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import sleep
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from .town import Town

pytestmark = pytest.mark.slow

CLIENTS, STRIKES = 6, 5
ENTITIES = ("BPKAD", "DISHUB", "DLH", "SATPOLPP")
ACCOUNTS = {"receivable": "1.1.04.02.01.0001", "revenue_lra": "4.1.02.02.01.0001"}
POST = (
    "SELECT label FROM ledger_post((SELECT jsonb_agg(d || jsonb_build_object('value_date',"
    " (now() AT TIME ZONE 'Asia/Jakarta')::date)) FROM jsonb_array_elements(%s) d), 'tests', now())"
)


def receipt(dice: random.Random) -> dict[str, object]:
    return {
        "type": "NK",
        "entity": dice.choice(ENTITIES),
        "source_kind": "tests.kill",
        "source": str(uuid4()),
        "amounts": {"amount": dice.randrange(1, 10**9)},
        "accounts": ACCOUNTS,
    }


def till_the_end(town: Town, stop: Event, dice: random.Random) -> dict[str, str]:
    """Posts receipts two at a time, telling again what was not answered; gives each acknowledged paper's label."""
    kept: dict[str, str] = {}
    while not stop.is_set():
        papers = [receipt(dice), receipt(dice)]
        while True:
            with suppress(psycopg.Error), psycopg.connect(town.home.address("app"), connect_timeout=5) as line:
                labels = [str(row[0]) for row in line.execute(POST, [Jsonb(papers)]).fetchall()]
                line.commit()
                kept |= {str(paper["source"]): label for paper, label in zip(papers, labels, strict=True)}
                break
            sleep(0.05)
    return kept


def test_postings_under_kill_9(town: Town) -> None:
    seed = int(os.environ.get("CITY_SEED", random.randrange(10**6)))
    print(f"dice: CITY_SEED={seed}")
    dice, stop = random.Random(seed), Event()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(till_the_end, town, stop, random.Random(seed + n)) for n in range(CLIENTS)]
        try:
            for _ in range(STRIKES):
                sleep(dice.uniform(0.5, 2))
                town.kill(dice.choice(("postgres", "postgres", "worker")), dice)
                town.whole()
        finally:
            stop.set()
        acknowledged = {paper: label for client in clients for paper, label in client.result().items()}
    assert len(acknowledged) > 100, "too little happened to mean anything"
    rows = town.rows("SELECT source::text, label FROM ledger_document WHERE source_kind = 'tests.kill'")
    assert {str(paper): str(label) for paper, label in rows} == acknowledged
    assert len(rows) == len(acknowledged)
    # Billing's checks rightly miss the bills behind these receipts: only the ledger's are asked.
    asked = [line for line in town.operator("verify").stdout.splitlines() if line.startswith("ledger: ")]
    assert len(asked) >= 7
    assert [line for line in asked if "holds" not in line] == []
