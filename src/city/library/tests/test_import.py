"""Records become works, editions and copies, each once; what is odd is told and never stops the rest."""

import pytest

from city.kernel.models import EventRecord
from city.library.models import (
    Agent,
    Contribution,
    Edition,
    Entry,
    Import,
    ImportNote,
    Item,
    SourceRecord,
    Subject,
    Work,
)
from city.library.queries import sentence_of
from city.library.tests.make import a_catalogue, a_record, as_file, field, taken

pytestmark = pytest.mark.django_db
PRAM = {"creator": "Toer, Pramoedya Ananta,", "dates": "1925-2006."}


def codes_of(done: Import) -> list[tuple[int, str, str]]:
    return list(ImportNote.objects.filter(imported=done).order_by("id").values_list("record", "tone", "code"))


def test_a_record_becomes_a_title_with_its_names_subjects_and_copies() -> None:
    record = a_record(
        "Bumi manusia :", **PRAM, isbn="979-3062-27-4", subject="Fiksi sejarah.", publisher="Hasta Mitra", barcode="B1"
    )
    done = a_catalogue(record)
    edition = Edition.objects.get()
    assert (edition.title, edition.publisher, edition.year, edition.kind) == (
        "Bumi manusia",
        "Hasta Mitra",
        1980,
        "book",
    )
    assert (edition.expression.language, edition.expression.work.creator) == ("ind", Agent.objects.get())
    assert (Agent.objects.get().name, Agent.objects.get().dates) == ("Toer, Pramoedya Ananta", "1925-2006")
    assert [subject.term for subject in edition.subjects.all()] == ["Fiksi sejarah"]
    assert (Item.objects.get().barcode, Item.objects.get().shelf_mark) == ("B1", "899.221 3")
    assert done.counts == {"added": 1}
    event = EventRecord.objects.get(name="RecordsImported")
    assert (event.data["read"], event.data["added"], event.data["refused"]) == (1, 1, 0)


def test_the_same_file_again_adds_nothing() -> None:
    data = as_file([a_record(**PRAM), a_record("Anak semua bangsa", **PRAM)])
    taken(data)
    assert taken(data).counts == {"unchanged": 2}
    assert (Work.objects.count(), SourceRecord.objects.count(), Agent.objects.count()) == (2, 2, 1)


def test_another_printing_and_a_translation_stand_under_one_work() -> None:
    done = a_catalogue(
        a_record(**PRAM, publisher="Hasta Mitra"),
        a_record(**PRAM, publisher="Lentera Dipantara", year="2005"),
        a_record("This earth of mankind", **PRAM, language="eng", publisher="Penguin", year="1990"),
    )
    assert Work.objects.count() == 2, "without a uniform title nobody can know that it is a translation"
    translated = a_record("This earth of mankind", **PRAM, language="eng", publisher="Morrow", year="1991")
    translated.add_ordered_field(field("240", "a", "Bumi manusia.", "l", "English"))
    a_catalogue(translated)
    work = Work.objects.get(title="Bumi manusia")
    assert sorted(work.expressions.values_list("language", flat=True)) == ["eng", "ind"]
    assert Edition.objects.filter(expression__work=work).count() == 3
    assert codes_of(done) == [(2, "decided", "clustered")]


def test_the_spelling_of_a_name_does_not_make_a_second_work() -> None:
    authority = a_record()
    authority.leader = "00000nz  a2200000   4500"  # type: ignore[assignment]
    authority.remove_fields("245", "008")
    authority.add_field(
        field("100", "a", "Rusli, Marah,"), field("400", "a", "Roesli, Marah,"), field("400", "a", "Sati")
    )
    done = a_catalogue(authority, a_record("Sitti Nurbaya", creator="Rusli, Marah", publisher="A"))
    a_catalogue(a_record("Siti Noerbaja", creator="Sati", publisher="B"))
    assert Work.objects.get().creator == Agent.objects.get(name="Rusli, Marah")
    assert done.counts == {"authority": 1, "added": 1}
    assert Edition.objects.count() == 2


def test_without_a_creator_only_the_same_publisher_makes_one_work() -> None:
    a_catalogue(a_record("Laporan tahunan", publisher="BPS"), a_record("Laporan tahunan", publisher="Bappeda"))
    assert Work.objects.count() == 2


def test_two_libraries_describe_one_edition() -> None:
    same = {**PRAM, "isbn": "9789799731234"}
    done = a_catalogue(a_record(**same, number="1", source="A"), a_record(**same, number="9", source="B", barcode="B2"))
    assert Edition.objects.count() == 1
    assert SourceRecord.objects.filter(edition=Edition.objects.get()).count() == 2
    assert Item.objects.get().barcode == "B2", "its copy is kept all the same"
    assert codes_of(done) == [(2, "decided", "same_edition")]


def test_one_isbn_on_two_titles_keeps_both_and_says_so() -> None:
    done = a_catalogue(a_record("Bumi manusia", isbn="9789799731234"), a_record("Jejak langkah", isbn="9789799731234"))
    assert Edition.objects.count() == 2
    assert codes_of(done) == [(2, "decided", "isbn_shared")]


def test_a_later_record_replaces_an_earlier_one_never_the_other_way() -> None:
    old = a_record("Bumi manusai", **PRAM, number="7", changed="20200101000000.0", subject="Salah")
    new = a_record("Bumi manusia", **PRAM, number="7", changed="20240101000000.0", subject="Novel")
    a_catalogue(old)
    assert a_catalogue(new).counts == {"replaced": 1}
    assert (Work.objects.get().title, Edition.objects.get().title) == ("Bumi manusia", "Bumi manusia")
    assert [subject.term for subject in Edition.objects.get().subjects.all()] == ["Novel"]
    assert Contribution.objects.count() == 1
    assert (Entry.objects.get().title, Entry.objects.get().editions) == ("Bumi manusia", 1)
    assert a_catalogue(old).counts == {"older": 1}
    assert SourceRecord.objects.get().changed == "20240101000000.0"


def test_two_states_of_one_record_in_one_file() -> None:
    old = a_record("Bumi manusai", **PRAM, number="7", changed="20200101000000.0")
    new = a_record("Bumi manusia", **PRAM, number="7", changed="20240101000000.0", barcode="B7")
    a_catalogue(old, new)
    assert [work.title for work in Work.objects.all()] == ["Bumi manusia"]
    assert bytes(SourceRecord.objects.get().raw) == new.as_marc()
    assert Item.objects.get().edition == Edition.objects.get()


def test_a_number_without_its_source_is_no_proof() -> None:
    done = a_catalogue(a_record("Bumi manusia", number="1", source=""), a_record("Ronggeng", number="1", source=""))
    assert Edition.objects.count() == 2
    assert codes_of(done) == [(2, "decided", "number_taken")]


def test_a_barcode_belongs_to_one_edition() -> None:
    done = a_catalogue(a_record("Bumi manusia", barcode="B1"), a_record("Ronggeng", barcode="B1"))
    assert Item.objects.get().edition.title == "Bumi manusia"
    assert codes_of(done) == [(2, "decided", "barcode_taken")]


def test_a_bad_record_never_stops_the_rest() -> None:
    untitled = a_record()
    untitled.remove_fields("245")
    data = as_file([a_record()]) + b"sampah tanpa bentuk\x1d" + as_file([untitled, a_record("Ronggeng")])
    done = taken(data)
    assert sorted(Work.objects.values_list("title", flat=True)) == ["Bumi manusia", "Ronggeng"]
    assert (done.counts, done.read) == ({"added": 2, "refused": 2}, 4)
    notes = ImportNote.objects.filter(imported=done)
    told = [(note.record, note.field, sentence_of(note.code, note.facts)) for note in notes.order_by("record")]
    assert told == [
        (2, "", "Ini bukan cantuman MARC. Periksa apakah berkasnya benar."),
        (3, "245", "Tidak ada judul (245 $a), sehingga tidak bisa dicari. Lengkapi lalu impor lagi."),
    ]


def test_a_dry_run_tells_everything_and_keeps_nothing() -> None:
    done = taken(as_file([a_record(**PRAM), a_record(**PRAM, publisher="Lain")]) + b"rusak\x1d", dry_run=True)
    assert done.counts == {"added": 1, "clustered": 1, "refused": 1}
    assert [note.code for note in done.rehearsed] == ["clustered", "not_marc"]  # type: ignore[attr-defined]
    for table in (Work, Agent, Subject, SourceRecord, Import, ImportNote, EventRecord):
        assert not table.objects.exists()
