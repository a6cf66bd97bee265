"""Every entity has a chain of its own, made after the commit by one sealer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from city.kernel.models import Seal
from city.ledger.actions.seal import seal
from city.ledger.models import Unsealed
from city.ledger.tests.make import AT, a_document, agencies, posted


def test_chains_grow_entity_by_entity(db: None) -> None:
    agencies("BPKAD", "DISHUB")
    posted(a_document("NK"), a_document("NK", entity="DISHUB"))
    assert seal(at=AT) == 6
    posted(a_document())
    assert seal(at=AT) == 1
    assert seal(at=AT) == 0
    assert not Unsealed.objects.exists()
    chains = Seal.objects.filter(chain__startswith="ledger:").order_by("chain", "seq").values_list("chain", "seq")
    assert list(chains) == [("ledger:BPKAD", 1), ("ledger:BPKAD", 2), ("ledger:DISHUB", 1), ("ledger:PPKD", 1)]
    first, second = Seal.objects.filter(chain="ledger:BPKAD").order_by("seq")
    assert second.previous == first.hash


def test_a_posting_waits_for_no_sealer(own_city: str) -> None:
    """While a sealer is at work its chain is nobody else's: a second one goes away, a posting takes no notice."""
    agencies("BPKAD")
    posted(a_document())
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(7301003)")
        at_work = Elsewhere()
        assert at_work.sealed() == 0
        at_work.post()
        cursor.execute("COMMIT")
    assert seal(at=AT) == 2


class Elsewhere:
    """The same city from another connection."""

    def sealed(self) -> int:
        return int(self._do(lambda: seal(at=AT)))

    def post(self) -> None:
        self._do(lambda: posted(a_document()))

    def _do(self, deed: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self._closing, deed).result(timeout=20)

    def _closing(self, deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        finally:
            connection.close()
