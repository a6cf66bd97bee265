"""MARCXML from strangers: one broken record ends nothing but itself, and no entity is ever opened."""

from pathlib import Path

from city.library.rules import marcxml
from city.library.rules.description import described
from city.library.rules.faults import Read
from city.library.rules.files import records_in
from city.library.tests.make import a_record

ONE = marcxml.written(a_record("Bumi manusia", creator="Toer, Pramoedya Ananta"))
OPEN = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{marcxml.NAMESPACE}">'


def read(text: str, coding: str = "utf-8") -> list[Read]:
    return list(records_in(text.encode(coding)))


def titles(reads: list[Read]) -> list[str]:
    found = [described(one.record) for one in reads if one.record]
    return [one.title for one in found if one]


def refusals(reads: list[Read]) -> list[tuple[int, str]]:
    return [(one.number, one.refused.code) for one in reads if one.refused]


def test_a_collection_and_a_lone_record() -> None:
    assert titles(read(f"{OPEN}{ONE}{ONE}</collection>")) == ["Bumi manusia"] * 2
    assert titles(read(ONE)) == ["Bumi manusia"]


def test_any_prefix_will_do() -> None:
    named = ONE.replace("</", "</marc:").replace("<", "<marc:").replace("<marc:/marc:", "</marc:")
    text = f'<marc:collection xmlns:marc="{marcxml.NAMESPACE}">{named}</marc:collection>'
    assert titles(read(text)) == ["Bumi manusia"]


def test_what_goes_out_comes_back_the_same() -> None:
    record = a_record("Sājarah <Bantĕn> & Cilegon", isbn="9789799731234", barcode="B1")
    back, faults = marcxml.parsed(marcxml.written(record))
    assert (back.as_marc(), faults) == (record.as_marc(), [])


def test_an_outside_entity_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("RAHASIA")
    trap = ONE.replace("Bumi manusia", "&trap;")
    text = f'<!DOCTYPE x [<!ENTITY trap SYSTEM "{secret.as_uri()}">]>{OPEN.split(chr(10))[1]}{trap}{ONE}</collection>'
    reads = read(text)
    assert refusals(reads) == [(1, "not_xml")]
    assert titles(reads) == ["Bumi manusia"]
    assert not any("RAHASIA" in str(one.record) for one in reads)


def test_a_doctype_inside_a_record_is_refused(tmp_path: Path) -> None:
    inside = ONE.replace("<leader>", '<!DOCTYPE x [<!ENTITY a "b">]><leader>')
    assert refusals(read(inside)) == [(1, "not_xml")]


def test_a_billion_laughs_are_not_told() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><collection>{ONE.replace("Bumi manusia", "&l11;")}</collection>'
    assert refusals(read(text)) == [(1, "not_xml")]


def test_a_broken_record_between_two_good_ones() -> None:
    broken = ONE.replace("</subfield>", "", 1)
    reads = read(f"{OPEN}{ONE}{broken}{ONE}</collection>")
    assert refusals(reads) == [(2, "not_xml")]
    assert titles(reads) == ["Bumi manusia"] * 2


def test_a_file_that_ends_inside_a_record() -> None:
    reads = read(f"{OPEN}{ONE}{ONE[:200]}")
    assert titles(reads) == ["Bumi manusia"]
    assert refusals(reads) == [(2, "not_xml")]


def test_a_record_in_a_comment_is_none() -> None:
    assert read(f"{OPEN}<!-- {ONE} --></collection>") == []


def test_other_codings() -> None:
    assert titles(read(ONE.replace("Bumi", "Bumī"), "utf-16")) == ["Bumī manusia"]
    latin = f'<?xml version="1.0" encoding="ISO-8859-1"?><collection>{ONE.replace("Bumi", "Bumé")}</collection>'
    assert titles(read(latin, "latin-1")) == ["Bumé manusia"]
    (one,) = read(latin.replace("ISO-8859-1", "UTF-8"), "latin-1")
    assert [fault.code for fault in one.repaired] == ["not_utf8"]


def test_a_short_leader_and_a_wrong_tag() -> None:
    record = a_record()
    short = marcxml.written(record).replace(str(record.leader), "00000nam")
    (one,) = read(short)
    assert [fault.code for fault in one.repaired] == ["leader"]
    assert refusals(read(ONE.replace('tag="245"', 'tag="24"'))) == [(1, "tag")]
