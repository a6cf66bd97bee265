"""Many clients at once on real connections: nobody dies, numbers leave no hole, the books stay whole."""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city.kernel.checks import CHECKS
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.ledger import actions, queries
from city.ledger.actions.seal import seal
from city.ledger.declare import Document, Posted, Reversal
from city.ledger.models import Balance, Entry
from city.ledger.models import Document as Kept
from city.ledger.tests.make import AT, CASH_BUD, CLERK, HEAD, RK_SKPD, a_document, agencies, posted

SKPD = ("BPKAD", "DISHUB", "DLH", "SATPOLPP")
Deed = Callable[[], Any]


def at_once(deeds: Sequence[Deed]) -> list[Any]:
    """Each deed on a connection of its own, all together: what it gave, or what it died of."""

    def run(deed: Deed) -> Any:
        try:
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def complaints() -> list[str]:
    return [line for name, ask in CHECKS.items() if name.startswith("ledger:") for line in ask()]


def _crossing(dice: random.Random, rounds: int) -> list[Posted]:
    """Papers of several entities in one call, named in any order; each touches the treasury's books too."""
    made = []
    for _ in range(rounds):
        entities = dice.sample(SKPD, 3)
        types = [dice.choice(("NK", "STS", "TBP", "SKRD")) for _ in entities]
        made += posted(*(a_document(type, entity=entity) for type, entity in zip(types, entities, strict=True)))
    return made


def _posted_on(day: date) -> object:
    return posted(a_document(value_date=day))


def _both_ways(clients: int, rounds: int) -> None:
    agencies(*SKPD)
    answers = at_once([partial(_crossing, random.Random(n), rounds) for n in range(clients)])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Kept.objects.count() == clients * rounds * 3
    assert complaints() == []


def test_papers_that_cross_entities_both_ways_never_deadlock(own_city: str) -> None:
    _both_ways(clients=8, rounds=6)


@pytest.mark.slow
def test_papers_that_cross_entities_both_ways_for_long(own_city: str) -> None:
    _both_ways(clients=8, rounds=120)


def test_one_paper_told_by_eight_clients_is_booked_once(own_city: str) -> None:
    agencies("BPKAD")
    for _ in range(5):
        paper = a_document("NK")
        answers = at_once([partial(posted, paper)] * 8)
        assert len({answer[0] for answer in answers}) == 1
    assert Kept.objects.count() == 5


def test_one_document_reversed_by_eight_clients_is_reversed_once(own_city: str) -> None:
    agencies("BPKAD")
    [skrd] = posted(a_document())
    answers = at_once([lambda: posted(Reversal(skrd.id, "Salah hitung"))] * 8)
    assert len({answer[0] for answer in answers}) == 1
    assert queries.balance("1.1.04", "BPKAD", "finansial") == 0


def test_a_month_is_closed_before_or_after_a_posting_never_under_it(own_city: str) -> None:
    """Whoever posts with a value date of October while October is being closed lands in October before, or today."""
    agencies("BPKAD")
    for month in (7, 8, 9, 10):
        day = AT.date().replace(month=month, day=15)
        deeds: list[Deed] = [lambda day=day: posted(a_document(value_date=day))] * 6  # type: ignore[misc]
        deeds.insert(3, lambda month=month: actions.close_month(year=2026, month=month, actor=HEAD, at=AT))  # type: ignore[misc]
        at_once(deeds)
        before = Entry.objects.filter(month=month).count()
        at_once([partial(_posted_on, day)] * 4)
        assert Entry.objects.filter(month=month).count() == before
    assert Entry.objects.count() == 40


class Cut(Exception):
    """The line was cut before the commit."""


def _call(documents: Sequence[Document | Reversal], cut: bool) -> list[Posted]:
    with transaction.atomic():
        made = actions.post(documents=documents, actor=CLERK, at=AT)
        if cut:
            raise Cut
        return made


PAPERS = st.builds(
    lambda type, entity, amount: a_document(type, entity=entity, amount=amount),
    st.sampled_from(("SKRD", "NK", "STS", "TBP")),
    st.sampled_from(SKPD),
    st.integers(0, 10**12),
)
CALLS = st.tuples(st.lists(PAPERS, min_size=1, max_size=4), st.sampled_from(("keep", "keep", "cut", "twice", "undo")))


def _do(call: tuple[list[Document], str]) -> tuple[list[Document], str, list[Posted]]:
    """One client's call; a paper worth nothing takes its whole call down."""
    documents, fate = call
    documents = [a_copy(one) for one in documents]
    try:
        made = _call(documents, cut=fate == "cut")
        if fate == "twice":
            assert _call(documents, cut=False) == made
        if fate == "undo":
            _call([Reversal(one.id, "Salah") for one in reversed(made)], cut=False)
    except (Cut, Refusal):
        return documents, "lost", []
    return documents, fate, made


def a_copy(document: Document) -> Document:
    """The same paper from another desk: shrinking must not find it booked already."""
    return Document(**{**document.__dict__, "source": new_id()})


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls=st.lists(CALLS, min_size=2, max_size=16))
def test_whatever_eight_clients_post_the_books_stay_whole(own_city: str, calls: list[Any]) -> None:
    agencies(*SKPD)
    before = {row["account"]: row["sum"] for row in _sums()}
    numbered = Kept.objects.count()
    answers = at_once([partial(_do, call) for call in calls])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    kept = [(documents, fate, made) for documents, fate, made in answers if fate != "lost"]
    lasting = [one for documents, fate, _made in kept if fate != "undo" for one in documents]
    assert Kept.objects.count() - numbered == sum(len(made) * (2 if fate == "undo" else 1) for _d, fate, made in kept)
    cash = sum(one.amounts["amount"] for one in lasting if one.type in ("NK", "STS"))
    after = {row["account"]: row["sum"] for row in _sums()}
    assert after.get(CASH_BUD, 0) - before.get(CASH_BUD, 0) == cash
    assert after.get(RK_SKPD, 0) - before.get(RK_SKPD, 0) == -cash
    seal(at=AT)
    assert complaints() == []


def _sums() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, sum(debit - credit) FROM ledger_line GROUP BY 1")
        return [{"account": account, "sum": int(total)} for account, total in cursor.fetchall()]


def test_balances_hold_under_a_hundred_postings_of_one_account(own_city: str) -> None:
    agencies("BPKAD")
    at_once([lambda: [posted(a_document("NK", amount=3)) for _ in range(12)]] * 8)
    assert queries.balance(CASH_BUD, "PPKD", "finansial") == 3 * 96
    assert Balance.objects.filter(account=CASH_BUD).count() <= 16
    assert complaints() == []
