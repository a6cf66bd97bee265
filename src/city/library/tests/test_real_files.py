"""Real records of five libraries, where they stand beside the checkout: everything that came in goes out again."""

from collections.abc import Iterator

import pytest
from pymarc import Record

from city.library.models import Edition, Entry, ImportNote, Work
from city.library.queries import exported
from city.library.queries.records import SENTENCES
from city.library.rules.files import records_in
from city.library.tests.make import SHARED, taken

LARGE = [pytest.param(name, marks=pytest.mark.slow) for name in ("lul_fre_500.mrc", "jazz_1k.mrc")]
FILES = ["hebrew.marc", "nepali.marc", "auth-1066.mrc", *LARGE]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real records stand beside the checkout, not in it"),
]


def fields_of(record: Record | None) -> list[str]:
    """Every field with its indicators and subfields, in order: what a lossless round trip must keep."""
    assert record is not None
    return [str(field) for field in record.fields]


def sent_out(*, xml: bool = False) -> Iterator[bytes]:
    for _row, data in exported(xml=xml):
        assert data is not None
        yield data


@pytest.mark.parametrize("name", FILES)
def test_what_came_in_goes_out(name: str) -> None:
    data = (SHARED / "marc" / name).read_bytes()
    reads = list(records_in(data))
    done = taken(data)
    assert done.read == len(reads)
    assert "refused" not in done.counts
    received = b"".join(raw for _row, raw in exported(as_received=True) if raw)
    assert received == b"".join(one.raw for one in reads), "byte for byte"
    before = [fields_of(one.record) for one in reads]
    assert [fields_of(one.record) for one in records_in(b"".join(sent_out()))] == before
    assert [fields_of(one.record) for one in records_in(b"".join(sent_out(xml=True)))] == before
    assert set(ImportNote.objects.values_list("code", flat=True)) <= set(SENTENCES)


def test_sound_utf8_leaves_as_it_came() -> None:
    data = (SHARED / "marc" / "auth-1066.mrc").read_bytes()
    taken(data)
    assert b"".join(sent_out()) == data


@pytest.mark.parametrize("name", ["hebrew.marc", "nepali.marc"])
def test_what_was_sent_out_brings_nothing_new(name: str) -> None:
    taken((SHARED / "marc" / name).read_bytes())
    before = [table.objects.count() for table in (Work, Edition, Entry)]
    done = taken(b"".join(sent_out()))
    assert not done.counts.keys() & {"added", "clustered", "refused"}
    assert [table.objects.count() for table in (Work, Edition, Entry)] == before
