"""Readers find a title by old spelling, by stems, by a slip of the finger, by its number."""

import pytest

from city.library.models import Work
from city.library.queries import Asked, Results, search
from city.library.tests.make import a_catalogue, a_record, field

pytestmark = pytest.mark.django_db


def titles(found: Results) -> list[str]:
    return [row["title"] for row in found.page.rows]


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    known = a_record()
    known.leader = "00000nz  a2200000   4500"  # type: ignore[assignment]
    known.remove_fields("245", "008")
    forms = [field("400", "a", form) for form in ("Roesli, Marah", "Sutan Palembang")]
    known.add_field(field("100", "a", "Rusli, Marah"), *forms)
    novel = {"creator": "Rusli, Marah", "subject": "Novel Minangkabau", "isbn": "979-3062-27-4"}
    a_catalogue(
        known,
        a_record("Sitti Nurbaya", year="1922", **novel),
        a_record("Sejarah Kota Cilegon", subject="Sejarah daerah", year="2009"),
        a_record("Pengantar ilmu perpustakaan", creator="Basuki, Sulistyo", year="1991", subject="Ilmu informasi"),
        a_record("Djalan ke Djakarta", year="1938", leader="nas"),
        a_record("Masakan Banten", year="1995", subject="Memasak"),
        a_record("The fall of the house", year="1999", language="eng"),
        a_record("بستان السلاطين", language="ara", year="1640"),
    )


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Siti Noerbaja", "Sitti Nurbaya"),
        ("siti nurbaya", "Sitti Nurbaya"),
        ("marah roesli", "Sitti Nurbaya"),
        ("sutan palembang", "Sitti Nurbaya"),
        ("minangkabau nurbaya", "Sitti Nurbaya"),
        ("978-979-3062-27-3", "Sitti Nurbaya"),
        ("979 3062 27 4", "Sitti Nurbaya"),
        ("Tjilegon", "Sejarah Kota Cilegon"),
        ("cileg", "Sejarah Kota Cilegon"),
        ("jalan Jakarta", "Djalan ke Djakarta"),
        ("djalan", "Djalan ke Djakarta"),
        ("perpustakan", "Pengantar ilmu perpustakaan"),
        ("pustaka", "Pengantar ilmu perpustakaan"),
        ("masak", "Masakan Banten"),
        ("السلاطين", "بستان السلاطين"),
    ],
)
def test_a_question_finds_its_title(question: str, title: str) -> None:
    assert titles(search(Asked(question)))[:1] == [title]


def test_a_mistyped_word_is_told() -> None:
    found = search(Asked("ilmu perpustkaan"))
    assert (titles(found), found.read_as) == (["Pengantar ilmu perpustakaan"], (("perpustkaan", "perpustakaan"),))
    assert search(Asked("perpustakan")).read_as == (), "a double letter left out is spelling, not a slip"
    assert titles(search(Asked("zzyzx"))) == []


def test_the_likest_word_is_meant() -> None:
    a_catalogue(a_record("The adventures of Tom"), a_record("Gentlemen adventurers"))
    assert search(Asked("adventurs")).read_as == (("adventurs", "adventures"),)


def test_every_word_must_be_there() -> None:
    assert titles(search(Asked("nurbaya cilegon"))) == []


def test_titles_stand_before_subjects() -> None:
    a_catalogue(a_record("Novel"), a_record("Ronggeng", subject="Novel"))
    assert titles(search(Asked("novel"))) == ["Novel", "Ronggeng", "Sitti Nurbaya"]


def test_narrowing_by_language_kind_and_decade() -> None:
    assert titles(search(Asked(language="eng"))) == ["The fall of the house"]
    assert titles(search(Asked(kind="serial"))) == ["Djalan ke Djakarta"]
    assert titles(search(Asked(decade=1990))) == [
        "The fall of the house",
        "Masakan Banten",
        "Pengantar ilmu perpustakaan",
    ]
    assert titles(search(Asked("masak", decade=1920))) == []
    counts = search(Asked(decade=1990)).counts
    assert [(one.value, one.count) for one in counts.languages] == [("ind", 2), ("eng", 1)]
    assert [(one.words, one.count) for one in counts.kinds] == [("Buku", 3)]


def test_a_wrong_check_digit_is_told_and_finds_nothing() -> None:
    found = search(Asked("978-979-3062-27-4"))
    assert (titles(found), found.wrong_isbn) == ([], True)


@pytest.mark.parametrize("question", ["'", "a' | b:*", "!&|():*", "\\", "%", "  ", "🦀", "null' OR 1=1 --", "x" * 500])
def test_no_question_breaks_the_search(question: str) -> None:
    assert isinstance(titles(search(Asked(question))), list)


def test_pages_follow_each_other_without_gap_or_double() -> None:
    a_catalogue(*(a_record(f"Kapal nomor {number}") for number in range(25)))
    seen, after = [], ""
    for _ in range(10):
        page = search(Asked("kapal"), after, size=7).page
        seen += [row["title"] for row in page.rows]
        after = page.next_key
        if not after:
            break
    assert sorted(seen) == sorted(f"Kapal nomor {number}" for number in range(25))
    by_title, after = [], ""
    while True:
        page = search(Asked(), after, size=7).page
        by_title += [row["title_key"] for row in page.rows]
        after = page.next_key
        if not after:
            break
    assert by_title == sorted(by_title)
    assert len(by_title) == Work.objects.count()


def test_a_page_key_of_nonsense_starts_again() -> None:
    assert titles(search(Asked("cilegon"), "bukan-kunci")) == ["Sejarah Kota Cilegon"]
