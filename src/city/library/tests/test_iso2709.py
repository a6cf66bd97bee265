"""Leaders lie, files are torn: what can be read is read, and what was done about it is told."""

import pytest

from city.library.rules import iso2709
from city.library.rules.description import described
from city.library.rules.faults import Read
from city.library.rules.files import records_in
from city.library.tests.make import a_record, as_file, field

GOOD = a_record("Bumi manusia", creator="Toer, Pramoedya Ananta", subject="Novel").as_marc()
BASE = int(GOOD[12:17])


def read(data: bytes) -> list[Read]:
    return list(records_in(data))


def titles(reads: list[Read]) -> list[str]:
    found = [described(one.record) for one in reads if one.record]
    return [one.title for one in found if one]


def codes(one: Read) -> list[str]:
    return [fault.code for fault in one.repaired]


def test_a_sound_record_is_read_without_a_word() -> None:
    (one,) = read(GOOD)
    assert (titles([one]), one.repaired, one.raw) == (["Bumi manusia"], (), GOOD)


@pytest.mark.parametrize("leader", [b"00042", b"99999", b"     ", b"-0012", b"0x1f3"])
def test_a_lying_length_is_counted_anew(leader: bytes) -> None:
    reads = read(leader + GOOD[5:] + GOOD)
    assert titles(reads) == ["Bumi manusia", "Bumi manusia"]
    assert [codes(one) for one in reads] == [["leader"], []]
    assert reads[0].record is not None
    assert reads[0].record.as_marc() == GOOD, "leaves whole"


def test_a_lying_address_is_counted_anew() -> None:
    wrong = GOOD[:12] + b"00033" + GOOD[17:]
    (one,) = read(wrong)
    assert (titles([one]), codes(one)) == (["Bumi manusia"], ["leader"])


def test_a_directory_of_wrong_starts_is_read_by_end_marks() -> None:
    entry = 24 + 12
    wrong = GOOD[: entry + 7] + b"00001" + GOOD[entry + 12 :]
    (one,) = read(wrong)
    assert (titles([one]), codes(one)) == (["Bumi manusia"], ["addresses"])


def test_line_breaks_between_records_belong_to_none() -> None:
    reads = read(GOOD + b"\r\n" + GOOD + b"\n\x00\n")
    assert [one.raw for one in reads] == [GOOD, GOOD]


def test_a_torn_directory_is_refused_alone() -> None:
    reads = read(GOOD[:24] + GOOD[27:] + GOOD)
    assert reads[0].refused is not None
    assert reads[0].refused.code == "directory"
    assert titles(reads) == ["Bumi manusia"]


def test_a_file_that_ends_inside_a_record_keeps_the_whole_fields() -> None:
    reads = read(GOOD + GOOD[: len(GOOD) - 5])
    assert titles(reads) == ["Bumi manusia", "Bumi manusia"]
    (cut,) = reads[1].repaired
    assert (cut.code, cut.field, cut.facts) == ("cut", "650", {"lost": "1"})
    early = read(GOOD[: BASE + 3])[0]
    assert early.refused is not None
    assert early.refused.code == "cut_early"


def test_only_the_end_mark_is_missing() -> None:
    (one,) = read(GOOD[:-1])
    assert (titles([one]), codes(one)) == (["Bumi manusia"], ["no_end"])


def test_no_cut_anywhere_breaks_the_reader() -> None:
    """Every prefix of a file gives records or refusals, never an exception, and the first record stays whole."""
    for length in range(len(GOOD)):
        reads = read(GOOD + GOOD[:length])
        assert titles(reads[:1]) == ["Bumi manusia"]


def test_utf8_that_says_it_is_marc8_and_the_reverse() -> None:
    accented = a_record("Sājarah Bantĕn").as_marc()
    (one,) = read(accented[:9] + b" " + accented[10:])
    assert (titles([one]), codes(one)) == (["Sājarah Bantĕn"], ["is_utf8"])
    old = a_record("Le pe~re").as_marc().replace(b"pe~re", b"p\xe1ere")
    (one,) = read(old)
    assert (titles([one]), codes(one)) == (["Le père"], ["not_utf8"])


def test_fields_out_of_form_are_kept() -> None:
    record = a_record()
    record.add_field(field("999", "a", "x"))
    wrong = record.as_marc().replace(b"\x1e  \x1fax\x1e\x1d", b"\x1eabcdx\x1e\x1d")
    (one,) = read(wrong)
    assert one.record is not None
    assert one.record["999"]["a"] == "cdx"
    assert codes(one) == ["indicators"]


def test_what_no_longer_fits_is_known() -> None:
    record = a_record()
    assert iso2709.fits(record)
    record.add_field(field("505", "a", "x" * 10_000))
    assert not iso2709.fits(record)


def test_empty_and_foreign_files() -> None:
    assert read(b"") == []
    assert read(b"\r\n\x1d\x1d\n") == []
    refused = [one.refused.code for one in read(b"PK\x03\x04 not a record at all" + as_file([])) if one.refused]
    assert refused == ["not_marc"]
