"""Agencies, papers and postings for these tests."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.ledger import actions
from city.ledger.declare import Document, Posted
from city.operate.postgres.cluster import Cluster
from city.people.models import Agency

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, 10.00 WIB
DAY = date(2026, 11, 23)
RECEIVABLE, REVENUE_LO, REVENUE_LRA = "1.1.04.02.01.0001", "7.1.02.02.01.0001", "4.1.02.02.01.0001"
CASH, CASH_BUD, RK_SKPD, RK_PPKD = "1.1.01.02.01.0001", "1.1.01.01.01.0001", "1.1.13.01.01.0001", "3.1.03.01.01.0001"
CLERK = Actor(ref="person:11111111-1111-4111-8111-111111111111", permissions=frozenset({"ledger.draft_rule"}))
HEAD = Actor(
    ref="person:22222222-2222-4222-8222-222222222222",
    permissions=frozenset({"ledger.draft_rule", "ledger.review_rule", "ledger.close"}),
)


def agencies(*codes: str) -> None:
    for code in codes:
        Agency.objects.get_or_create(code=code, defaults={"name": f"Dinas contoh {code}"})


def refused(code: str, status: int = 422) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda refusal: (refusal.code, refusal.status) == (code, status))


ACCOUNTS: dict[str, Mapping[str, str]] = {
    "SKRD": {"receivable": RECEIVABLE, "revenue_lo": REVENUE_LO},
    "TBP": {"receivable": RECEIVABLE, "revenue_lra": REVENUE_LRA},
    "NK": {"receivable": RECEIVABLE, "revenue_lra": REVENUE_LRA},
    "STS": {},
}


def a_document(type: str = "SKRD", amount: int = 162_000_000, **other: Any) -> Document:
    """An SKRD of Rp1.620.000 of BPKAD, or what the caller says otherwise."""
    document = Document(
        type=type,
        entity="BPKAD",
        source_kind="tests.paper",
        source=new_id(),
        value_date=DAY,
        amounts={"amount": amount},
        accounts=ACCOUNTS.get(type, {}),
        description="Contoh",
    )
    return replace(document, **other)


@transaction.atomic
def posted(*documents: Any, at: datetime = AT, actor: Actor = CLERK) -> list[Posted]:
    return actions.post(documents=documents, actor=actor, at=at)


@transaction.atomic
def reversed_(document: UUID, at: datetime = AT) -> Posted:
    return actions.reverse(document=document, reason="Salah hitung", actor=CLERK, at=at)


def the_owner(city: str) -> "psycopg.Connection[tuple[object, ...]]":
    """PostgreSQL's own master in this test's database: past every role, not past triggers until it says so."""
    return Cluster(Path(os.environ["CITY_TEST_GROUND"]) / "cluster").connect(city)


def bend(city: str, sentence: str) -> None:
    """Rewrites the books with the triggers asleep, as only somebody with the machine in his hands can."""
    with the_owner(city) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(sentence)
