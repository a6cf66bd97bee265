"""A lived-in city is saved while it works, and comes back on an empty machine the same, but for whom was erased."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .errand import Errand, Office, digest
from .person import Person
from .town import Row, Town, in_city, operator

pytestmark = pytest.mark.slow
PASSPHRASE = "ombak kecil di pantai Anyer"
# What the city's own machinery writes while nobody does anything, and what erasing changes.
RESTLESS = re.compile(r"procrastinate_|django_session|kernel_(cache|delivery|seal|subjectkey|erasedsubject)")


@dataclass
class Saved:
    """`pair` is older than the erasure of `erased`; `letter` and `code` belong to a permit that must stay as it is."""

    town: Town
    folder: Path
    pair: str
    secret: Path
    before: dict[str, Row]
    code: str
    letter: str
    kept: Errand
    erased: Errand

    def restore(self, target: Path, *more: str) -> tuple[int, str]:
        done = operator(target, "restore", str(self.folder), "--name", self.pair, *more)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def saved(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    office, folder = Office(town), tmp_path_factory.mktemp("simpanan")
    kept = Errand(town, Person(town.url, "dokter23@warga.example"), office).until("issued")
    erased = Errand(town, Person(town.url, "dokter24@warga.example"), office).until("submit")
    secret = folder / "frasa"
    secret.write_text(PASSPHRASE + "\n")
    town.quiet()
    before = fingerprints(town)
    pair = backup(town, folder, secret)
    subject = town.rows("SELECT applicant_id FROM cases_case WHERE id = %s", erased.case_id)[0][0]
    in_city(
        town.path,
        "from uuid import UUID\n"
        "from django.utils import timezone\n"
        "from city.kernel.subjects import erase\n"
        f"erase(UUID('{subject}'), at=timezone.now())",
    )
    backup(town, folder, secret)
    code = str(town.rows("SELECT code FROM permits_permit WHERE case_id = %s", kept.case_id)[0][0])
    letter = digest(kept.doctor.bytes_of(f"{kept.own}/letter"))
    return Saved(town, folder, pair, secret, before, code, letter, kept, erased)


def backup(town: Town, folder: Path, secret: Path) -> str:
    """The name of the new pair."""
    known = set(folder.glob("*.data.tar"))
    done = town.operator("backup", str(folder), "--passphrase-file", str(secret))
    assert done.returncode == 0, done.stderr
    (pair,) = set(folder.glob("*.data.tar")) - known
    return pair.name.removesuffix(".data.tar")


def fingerprints(town: Town) -> dict[str, Row]:
    """Rows and a hash of them all, by table."""
    tables = town.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [str(name) for (name,) in tables if not RESTLESS.match(str(name))]
    ask = "SELECT count(*), md5(string_agg(line, '|' ORDER BY line)) FROM (SELECT t::text AS line FROM {} t) AS rows"
    return {name: town.rows(ask.format(name))[0] for name in names}


def test_half_of_it_is_not_enough(saved: Saved, folder: Path) -> None:
    """Neither archive alone, nor a wrong passphrase; each is said in a sentence, and nothing is written."""
    target, apart = folder / "var", folder / "elsewhere"
    apart.mkdir()
    keys, data = saved.folder / f"{saved.pair}.keys", saved.folder / f"{saved.pair}.data.tar"
    other = folder / "frasa"
    other.write_text("ombak besar di pantai Anyer\n")
    status, said = saved.restore(target, "--passphrase-file", str(other))
    assert (status, "the passphrase is wrong" in said) == (1, True), said
    shutil.move(keys, apart / keys.name)
    status, said = saved.restore(target, "--passphrase-file", str(saved.secret))
    assert (status, "is missing: without it the data in" in said) == (1, True), said
    shutil.move(apart / keys.name, keys)
    shutil.move(data, apart / data.name)
    status, said = saved.restore(target, "--passphrase-file", str(saved.secret))
    assert (status, "There is no data archive" in said) == (1, True), said
    shutil.move(apart / data.name, data)
    assert not any((target / name).exists() for name in ("postgres", "keys", "files", "restore-unfinished"))


def test_an_older_key_archive_does_not_open_a_newer_city(saved: Saved, folder: Path) -> None:
    """The two halves belong together: another backup's keys are refused by name."""
    newest = max(path.name for path in saved.folder.glob("*.data.tar")).removesuffix(".data.tar")
    assert newest != saved.pair
    keys = str(saved.folder / f"{newest}.keys")
    status, said = saved.restore(folder / "var", "--keys", keys, "--passphrase-file", str(saved.secret))
    assert (status, "is not the archive that" in said) == (1, True), said


@pytest.fixture(scope="module")
def back(saved: Saved, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The city from the pair that is older than the erasure, running on an empty machine."""
    top = saved.town.path.parent / "another machine"
    top.mkdir()
    top.chmod(0o755)
    status, said = saved.restore(top / "var", "--passphrase-file", str(saved.secret))
    assert status == 0, said
    town = Town(top / "var")
    yield town
    town.stop()


def test_the_same_city_comes_back(saved: Saved, back: Town) -> None:
    assert fingerprints(back) == saved.before
    back.verify()
    doctor = Person(back.url, "dokter23@warga.example")
    assert digest(doctor.bytes_of(f"{saved.kept.own}/letter")) == saved.letter
    assert "SIP Dokter" in Person(back.url).get(f"/sipeci/verify/{saved.code}").words
    for document, content in saved.kept.sent.items():
        if document != "photo":
            assert digest(doctor.bytes_of(f"{saved.kept.own}/documents/{document}")) == digest(content)


def test_it_goes_on_working(saved: Saved, back: Town) -> None:
    """Numbers go on where they stood, and the signer's key opens: a new application becomes a permit."""
    errand = Errand(back, Person(back.url, "dokter22@warga.example"), Office(back)).until("issued")
    assert errand.state() == "issued"
    back.verify()


def test_who_was_erased_stays_erased(saved: Saved, back: Town) -> None:
    """Her key is gone from a city whose archive still had it; her file's pages say so and fall over nowhere."""
    subject = back.rows("SELECT applicant_id FROM cases_case WHERE id = %s", saved.erased.case_id)[0][0]
    assert back.count("SELECT count(*) FROM kernel_subjectkey WHERE subject_id = %s", subject) == 0
    assert back.count("SELECT count(*) FROM kernel_erasedsubject WHERE subject_id = %s", subject) == 1
    for page in ("desk", "answers", "story"):
        answer = Office(back)["front"].line.get(f"/sipeci/desk/{saved.erased.case_id}?look={page}")
        assert answer.status_code < 500, f"{page}: {answer.status_code}"
        assert "Jalan Contoh Gurita 99" not in answer.text
