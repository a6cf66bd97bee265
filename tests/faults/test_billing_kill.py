"""kill -9 amid bills, payments and refunds: what was acknowledged is there once, and all adds up to the rupiah."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from city.billing import actions
from city.billing.declare import BankReceipt
from city.billing.models import Bill, Receipt
from city.billing.tests.make import AT, a_treasury
from city.billing.tests.walk import acknowledged, whole
from city.kernel.keyring import ensure_keys

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
WALKERS = 3  # at once, so that a death falls amid others' locks
LIVES = 8


def start(seed: int, log: Path) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "city.settings", "PYTHONPATH": "src:tools"}
    return subprocess.Popen([sys.executable, HERE / "billing_walker.py", str(seed), str(log)], env=env)


def until_begun(log: Path) -> None:
    for _ in range(600):
        if log.exists() and log.read_text().startswith("begun"):
            return
        time.sleep(0.1)
    raise AssertionError("the walker never began")


def until_alone() -> None:
    """PostgreSQL notices a dead client when it next writes to it: wait until nobody else is at work."""
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.1)
    raise AssertionError("a dead walker's transaction is still open")


def test_killed_again_and_again_nothing_is_lost_or_counted_twice(own_city: str, tmp_path: Path) -> None:
    ensure_keys()
    a_treasury()
    seed = int(os.environ.get("CITY_SEED", random.randrange(10**6)))
    print(f"dice: CITY_SEED={seed}")
    dice, heard = random.Random(seed), []
    for life in range(LIVES):
        logs = [tmp_path / f"{life}-{n}.log" for n in range(WALKERS)]
        walkers = [start(dice.randrange(10**6), log) for log in logs]
        for log in logs:
            until_begun(log)
        time.sleep(dice.uniform(0.3, 2.5))
        for walker in walkers:
            os.kill(walker.pid, signal.SIGKILL)
            walker.wait()
        until_alone()
        heard += [line for log in logs for line in log.read_text().splitlines() if not line.startswith("begun")]
        assert whole() == []
        everything_acknowledged_is_there(heard)
    assert len(heard) > 40, "too little happened to mean anything"


def everything_acknowledged_is_there(heard: list[str]) -> None:
    bills, receipts = acknowledged(heard)
    assert bills <= set(Bill.objects.values_list("pk", flat=True))
    kept = dict(Receipt.objects.values_list("bank_reference", "amount"))
    assert {mark: kept.get(mark) for mark in receipts} == receipts


def test_a_callback_cut_off_is_told_again_and_counts_once(own_city: str, tmp_path: Path) -> None:
    """Whatever the walker had not acknowledged, the bank tells again: every payment it ever knew is there once."""
    ensure_keys()
    a_treasury()
    log = tmp_path / "walk.log"
    walker = start(7, log)
    until_begun(log)
    time.sleep(3)
    os.kill(walker.pid, signal.SIGKILL)
    walker.wait()
    until_alone()
    known = list(Receipt.objects.exclude(channel="cash"))
    assert known
    for row in known:
        told = BankReceipt(row.channel, row.reference, row.bank_reference, row.amount, row.paid_at)
        assert actions.receive(receipt=told, at=AT).pk == row.pk
    assert Receipt.objects.exclude(channel="cash").count() == len(known)
    assert whole() == []
