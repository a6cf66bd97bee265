"""A page without script sends its form to the uploads process, and the browser comes back to the page."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from django.utils import timezone

from city.documents import vault
from city.documents.actions import FileOffer, UploadSlot, ticket_for
from city.documents.models import StoredFile
from city.documents.queries import key_of, why
from city.documents.tests import make
from city.documents.tests.process import PAGES, UploadsProcess
from city.documents.tests.sending import SENDER

BACK = "/sipeci/applications/1/form/berkas?langkah=4#ktp"


def a_slot(offer: FileOffer | None = None, **age: Any) -> UploadSlot:
    at = timezone.now() - timedelta(**age)
    return ticket_for(offer or make.an_offer(name="", size=0), back=BACK, by=SENDER, at=at)


def post(slot: UploadSlot, name: str, content: bytes) -> httpx.Response:
    return httpx.post(slot.action_url, data={"ticket": slot.ticket}, files={"file": (name, content)}, timeout=30)


def told(answer: httpx.Response) -> dict[str, str]:
    """What the page learns from the address it is sent back to."""
    assert answer.status_code == 303
    place = urlsplit(answer.headers["Location"])
    assert (f"{place.scheme}://{place.netloc}", place.path, place.fragment) == (
        PAGES,
        "/sipeci/applications/1/form/berkas",
        "ktp",
    )
    query = {name: values[0] for name, values in parse_qs(place.query).items()}
    assert query.pop("langkah") == "4"
    return query


def test_a_form_sends_a_photo_and_comes_back_with_its_id(uploads: UploadsProcess) -> None:
    photo = make.a_large_photo(3_000_000)
    offer = make.an_offer(name="", size=0)
    slot = a_slot(offer)
    assert (slot.accept, slot.limits_text[:3]) == ("image/jpeg,image/png,application/pdf", "PDF")
    assert not StoredFile.objects.exists()
    assert told(post(slot, "ktp saya.pdf", photo)) == {"berkas": str(offer.file_id)}
    row = StoredFile.objects.get(pk=offer.file_id)
    assert (row.state, row.name, row.size) == ("received", "ktp saya.jpg", 3_000_000)
    assert row.received_sha256 == hashlib.sha256(photo).hexdigest()
    assert vault.read_received(row.pk, key_of(row)) == photo


def test_a_form_sent_twice_is_one_file_and_an_old_page_with_another_file_a_new_one(uploads: UploadsProcess) -> None:
    offer = make.an_offer(name="", size=0)
    slot = a_slot(offer)
    first = told(post(slot, "ktp.jpg", make.a_phone_photo()))
    assert told(post(slot, "ktp.jpg", make.a_phone_photo(400, 300)))["berkas"] != first["berkas"]
    photo = make.a_pdf()
    again = a_slot()
    assert told(post(again, "surat.pdf", photo)) == told(post(again, "surat.pdf", photo))
    assert StoredFile.objects.count() == 3


def test_a_file_that_is_too_large_comes_back_with_its_reason(uploads: UploadsProcess) -> None:
    back = told(post(a_slot(), "ktp.jpg", b"\xff\xd8\xff" + bytes(14_000_000)))
    assert back["galat"] == "file.too_large"
    row = StoredFile.objects.get(pk=back["berkas"])
    assert why(row).startswith("Berkas terlalu besar: 14\u00a0MB, batasnya 10\u00a0MB.")
    assert not vault.receiving_path(row.pk).exists()


def test_what_cannot_be_taken_says_why(uploads: UploadsProcess) -> None:
    assert told(post(a_slot(), "kosong.pdf", b""))["galat"] == "file.empty"
    assert told(post(a_slot(), "foto.heic", make.a_heic_photo()))["galat"] == "file.heic"
    assert told(post(a_slot(), "ktp.jpg", b"MZ" + bytes(5000)))["galat"] == "file.type"
    assert told(post(a_slot(), "", b"")) == {"galat": "upload.none"}


def test_an_old_page_is_sent_back_to_itself_and_a_forged_ticket_nowhere(uploads: UploadsProcess) -> None:
    assert told(post(a_slot(days=1), "ktp.jpg", make.a_phone_photo())) == {"galat": "ticket.stale"}
    forged = post(UploadSlot(a_slot().action_url, "forged", "", "", 0), "ktp.jpg", make.a_phone_photo())
    assert (forged.status_code, "Muat ulang halamannya" in forged.text) == (403, True)
    assert httpx.post(f"{uploads.url}/form", content=b"no form").status_code == 400
    assert not StoredFile.objects.exists()
