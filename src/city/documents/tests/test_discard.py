"""Who takes a file back, or is erased, leaves nothing that can be read."""

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from city.documents import vault
from city.documents.actions import discard, open_upload
from city.documents.actions.keeping import written
from city.documents.models import FileKey, StoredFile
from city.documents.queries import content, response
from city.documents.tests import make
from city.documents.tests.sending import SENDER
from city.kernel.errors import Refusal
from city.kernel.ids import new_id
from city.kernel.models import EventRecord
from city.kernel.subjects import erase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def a_kept_file() -> StoredFile:
    return written(make.a_pdf(), subject_id=new_id(), purpose="case:ktp", name="ktp.pdf", at=timezone.now())


def test_discarded_it_is_gone_with_its_key_and_bytes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    file = a_kept_file()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            discard(file_id=file.pk, by=SENDER, at=timezone.now())
    assert not StoredFile.objects.exists()
    assert not FileKey.objects.exists()
    assert vault.kept_size(file.place) is None
    assert [e.name for e in EventRecord.objects.filter(subject_id=file.pk)] == ["FileDiscarded"]


def test_erasing_the_subject_closes_its_files_for_good() -> None:
    file = a_kept_file()
    assert content(file.pk).startswith(b"%PDF")
    erase(file.subject_id, at=timezone.now())
    with pytest.raises(Refusal) as refusal:
        content(file.pk)
    assert refusal.value.status == 404


def test_a_file_that_is_not_ready_is_shown_to_nobody() -> None:
    upload = open_upload(make.an_offer(), by=SENDER, at=timezone.now())
    with pytest.raises(Refusal) as refusal:
        response(upload.file_id)
    assert refusal.value.status == 404


def test_a_browser_may_show_a_file_but_not_run_or_keep_it() -> None:
    file = a_kept_file()
    answer = response(file.pk, download=True)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == "attachment; filename=\"ktp.pdf\"; filename*=UTF-8''ktp.pdf"
