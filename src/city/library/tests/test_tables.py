"""A librarian's table: columns by name, odd cells told, the row kept."""

import pytest

from city.kernel.errors import Refusal
from city.library.actions import File, import_file
from city.library.models import Agent, Edition, Import, ImportNote, Item
from city.library.queries import sentence_of
from city.library.tests.make import AT, CITY

pytestmark = pytest.mark.django_db


def taken(text: str, coding: str = "utf-8") -> Import:
    file = File("buku.csv", text.encode(coding), "csv")
    return import_file(file=file, tell=lambda _progress: None, by=CITY, at=AT)


def test_a_row_becomes_a_title_with_its_author_under_every_spelling() -> None:
    done = taken(
        "judul;pengarang;tahun hidup;ejaan_lain;tahun;penerbit;bahasa;jenis;subjek;barkode;tanda_rak\n"
        "Sitti Nurbaya;Rusli, Marah;1889-1968;Roesli, Marah|M. Rusli;1922;Balai Pustaka;ind;buku;Novel|Adat;B1;899\n"
    )
    edition, agent = Edition.objects.get(), Agent.objects.get()
    assert (edition.title, edition.year, edition.kind, edition.publisher) == (
        "Sitti Nurbaya",
        1922,
        "book",
        "Balai Pustaka",
    )
    assert edition.expression.language == "ind"
    assert sorted(subject.term for subject in edition.subjects.all()) == ["Adat", "Novel"]
    assert sorted(variant.name for variant in agent.variants.all()) == ["M. Rusli", "Roesli, Marah"]
    assert (Item.objects.get().barcode, Item.objects.get().shelf_mark) == ("B1", "899")
    assert done.counts == {"authority": 1, "added": 1}


def test_odd_cells_are_told_and_the_row_is_kept() -> None:
    done = taken("judul,tahun,bahasa,jenis,isbn\nBumi,kemarin,Indonesia,kaset,123\n,,,,\nAir,,,,\n,1999,,,\n")
    assert (done.counts["added"], done.counts["refused"]) == (2, 1)
    told = [(n.record, sentence_of(n.code, n.facts)) for n in ImportNote.objects.order_by("record", "id")]
    assert told[0] == (2, "Kolom jenis berisi “kaset”, yang tidak kami kenal. Judulnya kami simpan tanpa itu.")
    assert [number for number, _sentence in told] == [2, 2, 2, 2, 5]


def test_a_table_of_windows_is_read_as_well() -> None:
    taken("judul\tpengarang\nLe père\tHébert\n", "cp1252")
    assert (Edition.objects.get().title, Agent.objects.get().name) == ("Le père", "Hébert")


def test_without_a_column_of_titles_nothing_is_guessed() -> None:
    for text in ("nama,harga\nBumi,1000\n", "", "\n"):
        with pytest.raises(Refusal) as refused:
            taken(text)
        assert refused.value.code == "library.no_titles"
    assert not Import.objects.exists()


def test_the_same_table_again_adds_nothing() -> None:
    text = "judul,pengarang,ejaan_lain\nBumi manusia,Toer,Tur\n"
    taken(text)
    assert taken(text).counts == {"unchanged": 2}
