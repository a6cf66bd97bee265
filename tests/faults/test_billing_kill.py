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
from city.billing.declare import BANKS
from city.billing.models import Bill, Receipt, Refund
from city.billing.tests.make import AT, a_treasury
from city.billing.tests.walk import BankOnDisk, acknowledged, moved_on_disk, told_in, whole
from city.kernel.keyring import ensure_keys

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
WALKERS = 3  # at once, so that a death falls amid others' locks
LIVES = 8
KEPT = ("bill ", "receipt ")  # what a walker was told is there


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
        heard += [line for log in logs for line in log.read_text().splitlines() if line.startswith(KEPT)]
        assert whole() == []
        everything_acknowledged_is_there(heard)
        money_left_once(tmp_path / "bank.log")
    assert len(heard) > 40, "too little happened to mean anything"


def everything_acknowledged_is_there(heard: list[str]) -> None:
    bills, receipts = acknowledged(heard)
    assert bills <= set(Bill.objects.values_list("pk", flat=True))
    kept = dict(Receipt.objects.values_list("bank_reference", "amount"))
    assert {mark: kept.get(mark) for mark in receipts} == receipts


def money_left_once(book: Path) -> None:
    """By the bank's own book: once for each order, and each order is a refund of that sum which stands as going out;
    what the city calls sent did leave."""
    went = moved_on_disk(book)
    assert len({order for order, _sum in went}) == len(went)
    out = Refund.objects.filter(state__in=("approved", "sent", "confirmed"))
    assert set(went) <= set(out.values_list("pk", "amount"))
    assert set(out.exclude(state="approved").values_list("pk", "amount")) <= set(went)


@pytest.fixture
def bank_that_lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BankOnDisk:
    """The walkers' bank, which does not die with them."""
    bank = BankOnDisk(book=tmp_path / "bank.log")
    monkeypatch.setattr(BANKS, "_things", {"walk": bank})
    return bank


def test_callbacks_and_refunds_cut_off_are_told_and_sent_again_and_count_once(
    own_city: str, tmp_path: Path, bank_that_lived: BankOnDisk
) -> None:
    """The bank noted each payment before it told the city. All of them are told again, whether the city knew them or
    not: every one is there once. What was approved is sent again: it leaves once."""
    ensure_keys()
    a_treasury()
    notes: list[str] = []
    for life in range(2):
        logs = [tmp_path / f"{life}-{n}.log" for n in range(WALKERS)]
        walkers = [start(7 + WALKERS * life + n, log) for n, log in enumerate(logs)]
        for log in logs:
            until_begun(log)
        time.sleep(4)
        for walker in walkers:
            os.kill(walker.pid, signal.SIGKILL)
            walker.wait()
        until_alone()
        notes += [line for log in logs for line in log.read_text().splitlines()]
    told = told_in(notes)
    assert len(told) > 20, "too little happened to mean anything"
    before = Receipt.objects.exclude(channel="cash").count()
    print(f"{len(told)} payments noted by the bank, {before} rows before they are told again")
    for one in told:
        actions.receive(receipt=one, at=AT)
    kept = list(Receipt.objects.values_list("bank_reference", "amount"))
    for one in told:
        assert kept.count((one.bank_reference, one.amount)) == 1
    money_left_once(bank_that_lived.book)
    actions.send_refunds(AT)
    money_left_once(bank_that_lived.book)
    assert (
        Refund.objects.filter(state__in=("sent", "confirmed")).count() == len(moved_on_disk(bank_that_lived.book)) > 0
    )
    assert whole() == []
