"""Two librarians press at once: the catalogue is the same as after one."""

from pymarc import Record

from city.kernel.checks import CHECKS
from city.kernel.tests.together import at_once
from city.library.models import Agent, Edition, Entry, Import, SourceRecord, Subject, Work
from city.library.tests.make import a_record, as_file, taken


def a_file() -> bytes:
    names = ("Toer, Pramoedya Ananta", "Rusli, Marah", "Hamka", "Navis, A. A.")
    return as_file(_book(n, names[n % 4]) for n in range(120))


def _book(n: int, creator: str) -> Record:
    more = {"subject": f"Hal {n % 7}", "publisher": f"Rumah {n % 3}", "barcode": f"B{n}"}
    return a_record(f"Buku {n % 40}", creator=creator, **more)


def rows() -> list[int]:
    return [table.objects.count() for table in (Work, Edition, Agent, Subject, SourceRecord, Entry)]


def test_two_imports_of_one_file_at_once_are_one(own_city: str) -> None:
    data = a_file()
    assert at_once([lambda: taken(data)] * 4) == ["done"] * 4
    together = rows()
    counts = [done.counts for done in Import.objects.all()]
    assert sum(one.get("unchanged", 0) for one in counts) == 3 * 120
    assert taken(data).counts == {"unchanged": 120}
    assert rows() == together
    assert [sentence for name, ask in CHECKS.items() if name.startswith("library:") for sentence in ask()] == []


def test_two_files_that_overlap_share_their_titles(own_city: str) -> None:
    first = as_file(a_record(f"Buku {n}", creator="Hamka", publisher="A") for n in range(60))
    second = as_file(a_record(f"Buku {n}", creator="Hamka", publisher="B") for n in range(30, 90))
    assert at_once([lambda: taken(first), lambda: taken(second)]) == ["done"] * 2
    assert rows() == [90, 120, 1, 0, 120, 90]
