"""Old spelling, accents, double letters and stems, and what makes two things the same."""

import pytest

from city.library.rules.keys import isbn13, looks_like_isbn, name_key, title_key, work_key
from city.library.rules.languages import language_name
from city.library.rules.names import trimmed
from city.library.rules.words import asked_for, folded, modern, stem, words_of


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tjilegon", "cilegon"),
        ("noerbaja", "nurbaya"),
        ("soekarno", "sukarno"),
        ("djakarta", "jakarta"),
        ("poedjangga", "pujangga"),
        ("sjahrir", "syahrir"),
        ("njai", "nyai"),
        ("achdiat", "achdiat"),
        ("baja", "baja"),
        ("jalan", "jalan"),
        ("church", "church"),
    ],
)
def test_old_spelling_is_read_as_todays(old: str, new: str) -> None:
    assert modern(old) == new


def test_words_lose_case_accents_marks_and_apostrophes() -> None:
    assert words_of("Al-Qur’an: Hébert & Bantĕn (1907)") == ["al", "quran", "hebert", "banten", "1907"]
    assert words_of("बिहानी टुसा") == ["बिहानी", "टुसा"]
    assert words_of("  ") == []


def test_double_letters_fold_and_digits_stay() -> None:
    assert (folded("sitti"), folded("2001"), folded("1100")) == ("siti", "2001", "1100")


@pytest.mark.parametrize(
    ("word", "root"),
    [("perpustakaan", "pustaka"), ("memasak", "masak"), ("digital", "digital"), ("diskusi", "diskusi"), ("xyz", "xyz")],
)
def test_stems_are_indonesian(word: str, root: str) -> None:
    assert stem(word) == root


def test_small_words_count_only_when_alone() -> None:
    assert asked_for("Layar yang terkembang dan laut") == ["layar", "terkembang", "laut"]
    assert asked_for("yang dan") == ["yang", "dan"]


def test_keys() -> None:
    assert title_key("The Adventures of Tom") == title_key("adventures of  Tom!")
    assert title_key("Siti Noerbaja") == title_key("Sitti Nurbaya")
    assert name_key("Toer, Pramoedya Ananta") == name_key("Pramoedya Ananta Toer")
    assert name_key("Smith, John", "1950-") != name_key("Smith, John", "1971-")
    assert work_key("Puisi", "Anwar, Chairil", "A") == work_key("Puisi", "Chairil Anwar", "B")
    assert work_key("Laporan", "", "A") != work_key("Laporan", "", "B")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("979-3062-27-4 (jil. 1)", "9789793062273"),
        ("978-979-97312-3-4", "9789799731234"),
        ("0-8044-2957-X", "9780804429573"),
        ("9789799731235", ""),
        ("Rp 50.000", ""),
    ],
)
def test_isbn(text: str, number: str) -> None:
    assert isbn13(text) == number


def test_what_looks_like_an_isbn() -> None:
    assert looks_like_isbn("978-979-97312-3-4")
    assert looks_like_isbn("080442957X")
    assert not looks_like_isbn("1984")
    assert not looks_like_isbn("bumi manusia")


def test_marks_of_cataloguing_go_and_initials_stay() -> None:
    assert trimmed("Bumi manusia /") == "Bumi manusia"
    assert trimmed("Hasta Mitra,") == "Hasta Mitra"
    assert trimmed("Fiksi sejarah.") == "Fiksi sejarah"
    assert trimmed("Hamka, H.") == "Hamka, H."


def test_languages_have_names() -> None:
    assert (language_name("ind", "id"), language_name("ind", "en")) == ("Indonesia", "Indonesian")
    assert language_name("qqq", "id") == "qqq"
