"""The demo library: real works, found by readers who write as their grandparents did."""

from datetime import datetime

import pytest

from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.library.models import Edition, ImportNote, Work
from city.library.queries import Asked, search
from city.operate.demo.shelves import place_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


@pytest.mark.django_db
def test_the_table_of_books_is_clean_and_found() -> None:
    place_books(NOW)
    assert Work.objects.count() >= 60
    assert not ImportNote.objects.exclude(code="clustered").exists(), "nothing refused, repaired or doubled"
    for question, title in (
        ("Siti Noerbaja", "Sitti Nurbaya: Kasih Tak Sampai"),
        ("nyanyi sunyi", "Njanji Soenji"),
        ("soekarno bendera", "Dibawah Bendera Revolusi"),
        ("geger tjilegon", "Pemberontakan Petani Banten 1888"),
        ("pramudya bumi manusia", "Bumi Manusia"),
    ):
        assert title in [row["title"] for row in search(Asked(question)).page.rows], question
    saijah = Edition.objects.filter(title="Max Havelaar").values_list("expression__work_id", flat=True)
    assert len(set(saijah)) == 1, "a translation stands under its work"
    place_books(NOW)
    assert EventRecord.objects.filter(name="RecordsImported").count() == 1
