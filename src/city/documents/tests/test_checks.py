"""What `city verify` finds in files and papers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from city.documents.checks import files_on_disk, issued_papers, keys_of_files, papers_not_issued
from city.documents.models import FileKey, Paper
from city.documents.tests import make
from city.kernel.subjects import erase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
AT = timezone.now() - timedelta(days=1)


@pytest.fixture
def paper(tmp_path: Path, settings: Settings) -> Paper:
    settings.FILES = tmp_path / "files"
    return make.an_issued_paper(at=AT)


def found() -> list[str]:
    return [line for ask in (files_on_disk, keys_of_files, issued_papers, papers_not_issued) for line in ask()]


def on_disk(paper: Paper, settings: Settings) -> Path:
    assert paper.file
    return Path(settings.FILES) / "kept" / paper.file.place[:2] / paper.file.place


def test_a_sound_city_has_nothing_to_report(paper: Paper) -> None:
    assert found() == []


def test_bytes_that_are_gone_or_cut_are_reported(paper: Paper, settings: Settings) -> None:
    path = on_disk(paper, settings)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert any("0 are on disk" in line for line in found())
    path.unlink()
    assert any("not on disk" in line for line in found())


def test_a_paper_that_is_not_what_was_issued_is_reported(paper: Paper, settings: Settings) -> None:
    path = on_disk(paper, settings)
    changed = bytearray(path.read_bytes())
    changed[1000] ^= 1
    path.write_bytes(changed)
    assert found() == [f"Paper {paper.number} ({paper.pk}) is not the file that was issued."]


def test_a_paper_that_hands_out_another_file_is_reported(paper: Paper) -> None:
    Paper.objects.filter(pk=paper.pk).update(file=paper.prepared)
    assert len(found()) == 2


def test_a_lost_key_is_reported_and_an_erased_subject_is_not(paper: Paper) -> None:
    FileKey.objects.filter(pk=paper.prepared_id).delete()
    assert found() == [f"File {paper.prepared_id} has no key and can never be opened."]
    erase(paper.pk, at=AT)
    assert not any("has no key" in line for line in found())
