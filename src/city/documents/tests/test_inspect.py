"""What a received file becomes."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from city.documents import vault
from city.documents.actions import Got, Place, inspect, open_upload, received, sweep
from city.documents.declare import UploadRule
from city.documents.models import FileKey, StoredFile
from city.documents.queries import content, key_of, page_image, response, thumbnail, why
from city.documents.rules import content_type_of
from city.documents.tests import make
from city.documents.tests.sending import SENDER
from city.kernel.models import EventRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def a_received(sent: bytes, **changes: Any) -> StoredFile:
    """A file as the uploads process leaves it."""
    offer = make.an_offer(size=len(sent), **changes)
    open_upload(offer, by=SENDER, at=timezone.now())
    key = key_of(StoredFile.objects.get(pk=offer.file_id))
    receipt = vault.Receipt(offer.file_id, key)
    receipt.take(sent)
    receipt.settle()
    receipt.close()
    place = Place(offer.file_id, key, len(sent), offer.name, offer.rule)
    got = Got(content_type_of(sent[:1024]), len(sent), receipt.sha256)
    assert [received(place=place, got=got) for _ in range(2)] == [True, True]  # the first answer was lost on its way
    return StoredFile.objects.get(pk=offer.file_id)


@pytest.fixture
def inspected(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    def of(sent: bytes, **changes: Any) -> StoredFile:
        file = a_received(sent, **changes)
        for _ in range(2):  # a worker killed after its work does it again
            with django_capture_on_commit_callbacks(execute=True):
                inspect(file_id=file.pk, at=timezone.now())
        file.refresh_from_db()
        assert not vault.receiving_path(file.pk).exists()
        return file

    return of


def told(file: StoredFile) -> list[str]:
    return [event.name for event in EventRecord.objects.filter(subject_id=file.pk).order_by("pk")]


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def test_received_twice_it_is_inspected_once() -> None:
    file = a_received(make.a_pdf())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args->>'file_id' = %s", [str(file.pk)])
        assert cursor.fetchone()[0] == 1


def test_a_phone_photo_is_turned_upright_and_forgets_where_it_was_taken(inspected: Any) -> None:
    photo = make.a_phone_photo(800, 600)
    assert opened(photo).getexif().get_ifd(make.GPS)
    file = inspected(photo)
    assert (file.state, file.width, file.height, file.size) == ("ready", 600, 800, len(content(file.pk)))
    kept = opened(content(file.pk))
    assert kept.size == (600, 800)
    assert not kept.getexif()
    assert kept.getpixel((550, 50)) == pytest.approx(
        (255, 255, 255), abs=12
    )  # the card was left, above; held upright: right
    assert kept.getpixel((50, 50)) != pytest.approx((255, 255, 255), abs=12)
    assert told(file) == ["FileReady"]


def test_a_kind_that_asks_for_the_place_gets_it_and_nothing_else(inspected: Any) -> None:
    file = inspected(make.a_phone_photo(), rule=UploadRule(keep_location=True))
    exif = opened(content(file.pk)).getexif()
    assert exif.get_ifd(make.GPS)[1] == "S"
    assert make.MAKE not in exif


def test_a_pdf_stays_as_it_came_with_its_pages_and_a_picture_of_the_first(inspected: Any) -> None:
    sent = make.a_pdf(pages=3)
    file = inspected(sent, name="surat.pdf", declared_type="application/pdf")
    assert (file.state, file.pages, content(file.pk)) == ("ready", 3, sent)
    small = thumbnail(file.pk)
    assert small is not None
    assert max(opened(small).size) == 480
    page = page_image(file.pk, 3)
    assert page is not None
    assert opened(page).width == 1400
    assert page_image(file.pk, 4) is None


def test_a_letter_that_only_asks_not_to_be_printed_is_taken(inspected: Any) -> None:
    assert inspected(make.a_print_protected_pdf(), name="surat.pdf").state == "ready"


@pytest.mark.parametrize(
    ("sent", "code", "words"),
    [
        (make.an_encrypted_pdf(), "pdf.encrypted", "kata sandi"),
        (make.a_broken_pdf(), "pdf.broken", "rusak"),
        (make.a_pdf_with_script(), "pdf.script", "skrip"),
        (make.a_pdf_with_attachment(), "pdf.attachment", "berkas lain"),
        (make.a_pdf(4), "pdf.too_many_pages", "4 halaman, batasnya 3"),
        (make.a_phone_photo()[:9000], "image.broken", "terpotong"),
        (make.a_png(90, 90), "image.too_small", "90 × 90 piksel"),
    ],
)
def test_what_cannot_be_used_says_why_and_leaves_no_bytes(inspected: Any, sent: bytes, code: str, words: str) -> None:
    file = inspected(sent, rule=UploadRule(max_pages=3, min_width=100, min_height=100))
    assert (file.state, file.reason) == ("refused", code)
    assert words in why(file)
    assert not FileKey.objects.exists()
    assert told(file) == ["FileRefused"]


def test_a_picture_that_unfolds_to_gigabytes_is_refused_before_it_does(inspected: Any) -> None:
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    file = inspected(out.getvalue())
    assert file.reason == "image.too_many_pixels"
    assert "900 megapiksel, batasnya 64" in why(file)


def test_a_picture_as_a_page_may_show_it(inspected: Any) -> None:
    file = inspected(make.a_png())
    answer = response(file.pk)
    assert (answer["Content-Type"], opened(answer.content).format) == ("image/png", "PNG")
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_what_nobody_finished_is_forgotten(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = open_upload(make.an_offer(), by=SENDER, at=timezone.now())
    assert sweep(at=timezone.now(), unfinished=StoredFile.objects.get(pk=upload.file_id).created_at) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(at=timezone.now(), unfinished=timezone.now()) == 1
    assert why(StoredFile.objects.get(pk=upload.file_id)).startswith("Kiriman terputus")
    assert not FileKey.objects.exists()
