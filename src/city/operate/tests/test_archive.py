"""A saved city comes back whole, from both archives and from nothing less."""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from city.kernel.models import SubjectKey
from city.kernel.subjects import erase, seal_for
from city.operate import ground_for_tests
from city.operate.archive import packing, sealed, tables
from city.operate.archive.backup import Pair, backup, read_erased
from city.operate.archive.restore import must_be_empty, restore, wanted
from city.operate.home import Home
from city.operate.refusal import Refused
from city.operate.tests.make import a_home

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PASSPHRASE = "ombak kecil di pantai Anyer"
SECRET = "3672990101900001"


@dataclass(frozen=True)
class Saved:
    """A city with one subject and one file, saved."""

    home: Home
    pair: Pair
    subject: UUID


@pytest.fixture
def saved(own_city: str, tmp_path: Path) -> Saved:
    home = a_home(tmp_path / "kota lama", own_city)
    subject = uuid4()
    seal_for(subject, SECRET, about="test")
    kept = home.files / "kept" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\x00sealed bytes")
    return Saved(home, backup(home, tmp_path / "simpanan", PASSPHRASE, at=AT, say=lambda _: None), subject)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Home]:
    """An empty machine: no keys, no files, an empty database."""
    with ground_for_tests.empty_database(f"restored_{os.getpid()}") as name:
        yield a_home(tmp_path / "kota baru", name, keys=False)


def rows(home: Home, question: str) -> list[tuple[object, ...]]:
    with tables.connect(home) as held:
        return held.execute(question).fetchall()


def test_the_same_city_comes_back(saved: Saved, empty: Home) -> None:
    said: list[str] = []
    restore(empty, wanted(saved.pair.folder), PASSPHRASE, say=said.append)
    assert rows(empty, "SELECT subject_id, wrapped FROM kernel_subjectkey") == rows(
        saved.home, "SELECT subject_id, wrapped FROM kernel_subjectkey"
    )
    assert (empty.keys / "master.key").read_bytes() == (saved.home.keys / "master.key").read_bytes()
    assert (empty.files / "kept" / "ab" / "abcd").read_bytes() == b"\x00sealed bytes"
    assert rows(empty, "SELECT count(*) FROM django_migrations") == rows(
        saved.home, "SELECT count(*) FROM django_migrations"
    )
    assert (empty.keys / "master.key").stat().st_mode & 0o777 == 0o600


def test_the_app_still_may_not_change_events_there(saved: Saved, empty: Home) -> None:
    restore(empty, wanted(saved.pair.folder), PASSPHRASE, say=lambda _: None)
    granted = "SELECT has_table_privilege('city_app', 'kernel_eventrecord', 'DELETE')"
    assert rows(empty, granted) == [(False,)]


def test_what_was_erased_since_is_erased_again(saved: Saved, empty: Home, tmp_path: Path) -> None:
    erase(saved.subject, at=AT)
    later = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    backup(saved.home, saved.pair.folder, PASSPHRASE, at=later, say=lambda _: None)
    assert read_erased(saved.pair.folder) == {saved.subject}
    restore(empty, wanted(saved.pair.folder, name=saved.pair.name), PASSPHRASE, say=lambda _: None)
    assert rows(empty, "SELECT count(*) FROM kernel_subjectkey") == [(0,)]
    assert rows(empty, "SELECT subject_id FROM kernel_erasedsubject") == [(saved.subject,)]


def test_the_data_archive_holds_no_key(saved: Saved, tmp_path: Path) -> None:
    wrapped = bytes(SubjectKey.objects.get().wrapped)
    with tarfile.open(saved.pair.data) as tar:
        names = tar.getnames()
        dump = tar.extractfile("tables/tables.dump")
        assert dump is not None
        content = dump.read()
    assert wrapped.hex().encode() not in content
    assert not any(name.startswith("keyring") for name in names)
    assert SECRET.encode() not in saved.pair.data.read_bytes()


def test_a_missing_half_is_named(saved: Saved) -> None:
    saved.pair.keys.rename(saved.pair.keys.with_suffix(".elsewhere"))
    with pytest.raises(Refused, match=r"The key archive .* is missing"):
        wanted(saved.pair.folder)
    saved.pair.data.unlink()
    with pytest.raises(Refused, match="There is no data archive"):
        wanted(saved.pair.folder)


def test_a_wrong_passphrase_writes_nothing(saved: Saved, empty: Home) -> None:
    with pytest.raises(Refused, match="the passphrase is wrong"):
        restore(empty, wanted(saved.pair.folder), PASSPHRASE + "!", say=lambda _: None)
    must_be_empty(empty)


def test_one_changed_byte_of_the_data_is_refused(saved: Saved, empty: Home) -> None:
    whole = bytearray(saved.pair.data.read_bytes())
    whole[len(whole) // 2] ^= 1
    saved.pair.data.write_bytes(whole)
    with pytest.raises(Refused, match="is not the archive"):
        restore(empty, wanted(saved.pair.folder), PASSPHRASE, say=lambda _: None)
    must_be_empty(empty)


def test_a_living_city_is_not_overwritten(saved: Saved, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="A city stands in"):
        restore(saved.home, wanted(saved.pair.folder), PASSPHRASE, say=lambda _: None)


def test_a_short_passphrase_is_refused(own_city: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="at least 12"):
        backup(a_home(tmp_path / "kota", own_city), tmp_path / "simpanan", "pendek", at=AT)
    assert not (tmp_path / "simpanan").exists()


def test_a_key_archive_refuses_a_changed_byte(tmp_path: Path) -> None:
    path = tmp_path / "x.keys"
    whole = sealed.seal(b"kunci", PASSPHRASE)
    path.write_bytes(whole)
    assert sealed.unseal(path, PASSPHRASE) == b"kunci"
    for place in (len(sealed.MAGIC) + 20, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused):
            sealed.unseal(path, PASSPHRASE)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "elsewhere/x"])
def test_an_archive_cannot_write_outside(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        packing.add_file(tar, name, tmp_path / "x")
    with (tmp_path / "a.tar").open("rb") as source, pytest.raises(Refused, match="never writes"):
        packing.unpack(source, {"files": tmp_path / "files"})


def test_the_tests_database_is_reached_by_password(own_city: str) -> None:
    """The archives speak for the owner; a wrong password must not open anything (no `trust`)."""
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=os.environ["CITY_DB_HOST"], user="city_owner", password="salah", dbname=own_city)
