"""`city library`: what an operator types, what is said, and that what leaves comes back."""

import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from django.core.management import CommandError, call_command
from pymarc import Record

from city.library.management.commands.library import Command
from city.library.models import SourceRecord, Work
from city.library.rules.marcxml import written
from city.library.tests.make import a_record, as_file, field, taken
from city.operate.cli import parser
from city.operate.home import home

pytestmark = pytest.mark.django_db
Said = Callable[..., tuple[str, str]]


@pytest.fixture
def typed() -> Said:
    """Runs the command; gives what it said and what it wrote aside."""

    def run(*words: str) -> tuple[str, str]:
        out, aside = io.StringIO(), io.StringIO()
        call_command("library", *words, stdout=out, stderr=aside)
        return out.getvalue(), aside.getvalue()

    return run


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "sampel.mrc"
    path.write_bytes(as_file([a_record("Bumi manusia")]) + b"rusak\x1d" + as_file([a_record("Ronggeng")]))
    return path


def test_an_import_reports_and_keeps(typed: Said, a_file: Path) -> None:
    said, aside = typed("import", "marc", str(a_file))
    assert "sampel.mrc 2 [refused] Ini bukan cantuman MARC." in said
    assert "sampel.mrc: 3 records: 2 new titles, 1 refused." in said
    assert "3 records" in aside
    assert Work.objects.count() == 2


def test_a_dry_run_reports_and_keeps_nothing(typed: Said, a_file: Path) -> None:
    said, _aside = typed("import", "marc", str(a_file), "--dry-run", "--english")
    assert "sampel.mrc 2 [refused] This is not a MARC record." in said
    assert "nothing was kept" in said
    assert not Work.objects.exists()


def test_a_table(typed: Said, tmp_path: Path) -> None:
    good, bad = tmp_path / "buku.csv", tmp_path / "harga.csv"
    good.write_text("judul,pengarang\nBumi manusia,Toer\n")
    bad.write_text("nama,harga\nBumi,1\n")
    assert "1 new titles" in typed("import", "csv", str(good))[0]
    with pytest.raises(CommandError, match="judul"):
        typed("import", "csv", str(bad))


def test_a_missing_file_stops_everything_before_it_began(typed: Said, a_file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was imported"):
        typed("import", "marc", str(a_file), str(tmp_path / "tidak-ada.mrc"))
    assert not SourceRecord.objects.exists()


def test_an_export_is_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_file([a_record("Bumi manusia", publisher="Hasta Mitra"), a_record("Ronggeng", publisher="Gramedia")])
    taken(data)
    assert _exported(monkeypatch) == data
    assert _exported(monkeypatch, "--as-received") == data
    xml = _exported(monkeypatch, "--xml")
    assert taken(xml).counts == {"same_edition": 2}, "without a number it is another record of the same edition"


def test_a_record_that_iso_2709_cannot_hold_leaves_as_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    record: Record = a_record("Panjang")
    record.add_field(field("505", "a", "x" * 10_000))
    taken(written(record).encode())
    out, aside = io.BytesIO(), io.StringIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out))
    call_command("library", "export", "marc", stderr=aside)
    assert (out.getvalue(), "--xml" in aside.getvalue()) == (b"", True)
    assert b"x" * 10_000 in _exported(monkeypatch, "--xml")


def _exported(monkeypatch: pytest.MonkeyPatch, *more: str) -> bytes:
    out = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out))
    call_command("library", "export", "marc", *more)
    return out.getvalue()


def test_city_hands_every_word_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = parser().parse_args(["library", "import", "marc", "a.mrc", "b.mrc", "--dry-run"])
    assert (asked.verb, asked.rest) == ("library", ["import", "marc", "a.mrc", "b.mrc", "--dry-run"])
    lines: list[list[str]] = []

    def run(line: list[str], **_more: object) -> CompletedProcess[bytes]:
        lines.append(line)
        return CompletedProcess(line, 0)

    monkeypatch.setattr("subprocess.run", run)
    assert home().django("library", *asked.rest) == 0
    name, *words = lines[0][3:]
    told = Command().create_parser("city", name).parse_args(words)
    assert (told.verb, [path.name for path in told.files], told.dry_run) == ("import", ["a.mrc", "b.mrc"], True)
