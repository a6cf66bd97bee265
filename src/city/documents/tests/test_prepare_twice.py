"""Two workers that prepare one paper at once print it once, and neither stumbles."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from city.documents.actions import prepare_paper
from city.documents.models import Paper, StoredFile
from city.documents.tests import make


@pytest.mark.usefixtures("keys")
def test_two_workers_print_a_paper_once(own_city: str) -> None:
    draft, at, start = make.a_draft(), timezone.now(), Barrier(2)
    printed: list[Paper | Exception] = []

    def work() -> None:
        start.wait()
        try:
            printed.append(prepare_paper(draft, at=at))
        except Exception as error:
            printed.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [one.pk for one in printed if isinstance(one, Paper)] == [draft.paper_id] * 2, printed
    assert StoredFile.objects.filter(purpose="paper:prepared").count() == 1
