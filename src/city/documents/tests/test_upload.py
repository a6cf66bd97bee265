"""Files over a real line to a really running uploads process."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from city.documents import vault
from city.documents.actions import open_upload, ticket_for
from city.documents.models import StoredFile
from city.documents.queries import key_of
from city.documents.tests import make
from city.documents.tests.process import PAGES, UploadsProcess
from city.documents.tests.sending import SENDER, Sender
from city.kernel.errors import Refusal
from city.kernel.ids import new_id

Until = Callable[[Callable[[], Any]], Any]


def jobs_for(file_id: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'documents.inspect' AND args->>'file_id' = %s",
            [str(file_id)],
        )
        return int(cursor.fetchone()[0])


def is_received(sender: Sender, content: bytes) -> None:
    row = sender.row
    assert (row.state, row.size, row.received_bytes) == ("received", len(content), len(content))
    assert row.received_sha256 == hashlib.sha256(content).hexdigest()
    assert vault.read_received(row.pk, key_of(row)) == content
    assert jobs_for(row.pk) == 1


def test_a_photo_arrives_whole_sealed_and_is_to_be_inspected_once(uploads: UploadsProcess) -> None:
    photo = make.a_large_photo(3_000_000)
    sender = Sender.of(photo)
    answer = sender.patch(photo)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "3000000")
    is_received(sender, photo)
    on_disk = vault.receiving_path(sender.offer.file_id).read_bytes()
    assert b"Telepon Contoh" in photo
    assert b"Telepon Contoh" not in on_disk


def test_the_same_bytes_sent_twice_have_one_effect(uploads: UploadsProcess) -> None:
    photo = make.a_phone_photo()
    sender = Sender.of(photo)
    assert [sender.patch(photo).status_code for _ in range(2)] == [204, 204]
    is_received(sender, photo)


def test_in_pieces_and_a_piece_sent_again_is_told_where_to_go_on(uploads: UploadsProcess) -> None:
    photo = make.a_phone_photo()
    half = len(photo) // 2
    sender = Sender.of(photo)
    assert sender.patch(photo[:half]).headers["Upload-Offset"] == str(half)
    again = sender.patch(photo[:half])
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(half))
    assert again.json()["type"] == "upload.offset"
    assert sender.patch(photo[half:], half).status_code == 204
    is_received(sender, photo)


def test_a_line_lost_in_the_middle_goes_on_from_there(uploads: UploadsProcess, until: Until) -> None:
    photo = make.a_large_photo(1_000_000)
    sender = Sender.of(photo)
    with uploads.line() as line:
        sender.begin_on(line, len(photo))
        line.sendall(photo[:600_000])
    until(lambda: sender.row.received_bytes == 600_000)
    assert sender.head().headers["Upload-Offset"] == "600000"
    assert sender.patch(photo[600_000:], 600_000).status_code == 204
    is_received(sender, photo)


def test_a_phone_back_on_a_new_line_does_not_wait_for_the_dead_one(uploads: UploadsProcess, until: Until) -> None:
    photo = make.a_large_photo(1_000_000)
    sender = Sender.of(photo)
    with uploads.line() as silent:
        sender.begin_on(silent, len(photo))
        silent.sendall(photo[:300_000])
        until(lambda: vault.durable_offset(sender.offer.file_id) > 0)
        offset = int(sender.head().headers["Upload-Offset"])
        assert offset >= 256 * 1024
        assert sender.patch(photo[offset:], offset).status_code == 204
    is_received(sender, photo)


def test_kill_9_in_the_middle_leaves_a_file_that_goes_on(uploads: UploadsProcess, until: Until) -> None:
    photo = make.a_large_photo(1_000_000)
    sender = Sender.of(photo)
    with uploads.line() as line:
        sender.begin_on(line, len(photo))
        line.sendall(photo[:700_000])
        on_disk = until(lambda: vault.durable_offset(sender.offer.file_id))
        uploads.kill()
    with vault.receiving_path(sender.offer.file_id).open("ab") as torn:
        torn.write(b"half a record")  # what a kill between two writes leaves
    uploads.start()
    offset = int(sender.head().headers["Upload-Offset"])
    assert offset >= on_disk >= 256 * 1024
    assert sender.patch(photo[offset:], offset).status_code == 204
    is_received(sender, photo)


def test_killed_between_the_last_byte_and_the_row_it_is_received_when_asked(uploads: UploadsProcess) -> None:
    photo = make.a_phone_photo()
    sender = Sender.of(photo)
    receipt = vault.Receipt(sender.offer.file_id, key_of(sender.row))
    receipt.take(photo)
    receipt.settle()
    receipt.close()
    assert sender.row.state == "receiving"
    assert sender.head().headers["Upload-Offset"] == str(len(photo))
    is_received(sender, photo)


def test_forty_megabytes_are_refused_before_a_byte_is_sent(uploads: UploadsProcess) -> None:
    with pytest.raises(Refusal, match=r"file\.too_large") as refusal:
        open_upload(make.an_offer(size=40_000_000), by=SENDER, at=timezone.now())
    assert refusal.value.status == 422
    assert str(refusal.value.sentence).startswith("Berkas terlalu besar: 40\u00a0MB, batasnya 10\u00a0MB.")
    assert not StoredFile.objects.exists()

    sender = Sender.of(make.a_phone_photo())
    with uploads.line() as line:
        sender.begin_on(line, 40_000_000)
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_an_empty_file_is_refused_with_a_sentence(uploads: UploadsProcess) -> None:
    with pytest.raises(Refusal, match="0 byte"):
        open_upload(make.an_offer(size=0), by=SENDER, at=timezone.now())


def test_a_picture_named_pdf_is_taken_and_named_as_what_it_is(uploads: UploadsProcess) -> None:
    png = make.a_png()
    sender = Sender.of(png, name="ktp.pdf", declared_type="application/pdf")
    assert sender.patch(png).status_code == 204
    assert (sender.row.name, sender.row.content_type) == ("ktp.png", "image/png")


def test_a_type_nobody_takes_is_refused_as_soon_as_it_shows_and_its_bytes_and_key_are_gone(
    uploads: UploadsProcess,
) -> None:
    program = b"MZ" + bytes(900_000)
    sender = Sender.of(program, name="ktp.jpg")
    with uploads.line() as line:
        sender.begin_on(line, len(program))
        line.sendall(program[:2000])  # the rest never comes
        assert line.recv(4096).startswith(b"HTTP/1.1 415")
    answer = sender.patch(program)
    assert (answer.status_code, answer.json()["type"]) == (415, "file.type")
    assert "PDF, JPG, atau PNG" in answer.json()["title"]
    row = sender.row
    assert (row.state, row.reason, hasattr(row, "key")) == ("refused", "file.type", False)
    assert not vault.receiving_path(row.pk).exists()
    assert jobs_for(row.pk) == 0


def test_more_than_was_announced_is_not_taken(uploads: UploadsProcess) -> None:
    photo = make.a_phone_photo()
    sender = Sender.of(photo)

    def endless() -> Any:
        yield photo
        yield b"more"

    answer = httpx.patch(sender.upload.url, content=endless(), headers=sender.headers(0))
    assert (answer.status_code, answer.json()["type"]) == (413, "file.changed")
    assert (sender.row.state, sender.row.reason) == ("refused", "file.changed")


@pytest.mark.parametrize("ticket", ["forged", "x" * 4000])
def test_a_forged_ticket_opens_nothing(uploads: UploadsProcess, ticket: str) -> None:
    sender = Sender.of(b"\xff\xd8\xff" + bytes(100))
    answer = sender.patch(b"\xff\xd8\xff" + bytes(100), Authorization=f"Ticket {ticket}")
    assert (answer.status_code, answer.json()["type"]) == (401, "ticket.stale")
    assert not vault.receiving_path(sender.offer.file_id).exists()


def test_a_ticket_of_yesterday_is_refused_and_a_new_one_goes_on(uploads: UploadsProcess) -> None:
    photo = make.a_phone_photo()
    sender = Sender.of(photo)
    assert sender.patch(photo[:5000]).status_code == 204
    old = open_upload(sender.offer, by=SENDER, at=timezone.now() - timedelta(days=1))
    assert sender.patch(photo[5000:], 5000, Authorization=f"Ticket {old.ticket}").status_code == 401
    sender.upload = open_upload(sender.offer, by=SENDER, at=timezone.now())
    assert sender.patch(photo[5000:], 5000).status_code == 204
    is_received(sender, photo)


def test_a_ticket_for_another_file_is_refused(uploads: UploadsProcess) -> None:
    mine, other = Sender.of(b"%PDF-1.7 mine"), Sender.of(b"%PDF-1.7 others")
    answer = mine.patch(b"%PDF-1.7 mine", Authorization=f"Ticket {other.upload.ticket}")
    assert (answer.status_code, answer.json()["type"]) == (404, "upload.unknown")
    assert mine.row.received_bytes == 0


def test_an_id_that_is_somebody_elses_is_as_good_as_unknown(uploads: UploadsProcess) -> None:
    mine = Sender.of(b"%PDF-1.7 mine")
    theirs = make.an_offer(file_id=mine.offer.file_id, size=mine.offer.size, subject_id=new_id())
    with pytest.raises(Refusal) as refusal:
        open_upload(theirs, by=SENDER, at=timezone.now())
    assert refusal.value.status == 404


def test_only_our_pages_may_ask_from_a_browser(uploads: UploadsProcess) -> None:
    asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,upload-offset"}
    ours = httpx.options(f"{uploads.url}/files/x", headers={"Origin": PAGES, **asked})
    assert ours.headers["Access-Control-Allow-Origin"] == PAGES
    assert "PATCH" in ours.headers["Access-Control-Allow-Methods"]
    assert "Upload-Offset" in ours.headers["Access-Control-Allow-Headers"]
    foreign = httpx.options(f"{uploads.url}/files/x", headers={"Origin": "http://evil.example", **asked})
    assert "Access-Control-Allow-Origin" not in foreign.headers
    sender = Sender.of(b"%PDF-1.7 mine")
    refused = sender.patch(b"%PDF-1.7 mine", Authorization="Ticket x", Origin=PAGES)
    assert refused.headers["Access-Control-Allow-Origin"] == PAGES
    assert "Upload-Offset" in refused.headers["Access-Control-Expose-Headers"]


class Page:
    """A page with one place for a file, as its script uses it: the same ticket for every request."""

    def __init__(self, uploads: UploadsProcess, **place: Any) -> None:
        self.url = uploads.url
        self.place = place or {"subject_id": new_id()}
        self.draw()

    def draw(self, **age: Any) -> None:
        offer = make.an_offer(name="", size=0, declared_type="", **self.place)
        self.ticket = ticket_for(offer, back="/", by=SENDER, at=timezone.now() - timedelta(**age)).ticket

    def announce(self, name: str, size: int) -> httpx.Response:
        told = f"filename {b64encode(name.encode()).decode()},filetype {b64encode(b'image/jpeg').decode()}"
        headers = {"Authorization": f"Ticket {self.ticket}", "Upload-Length": str(size), "Upload-Metadata": told}
        return httpx.post(f"{self.url}/files", headers=headers)

    def send(self, where: str, content: bytes, offset: int = 0) -> httpx.Response:
        headers = {"Authorization": f"Ticket {self.ticket}", "Upload-Offset": str(offset)}
        headers["Content-Type"] = "application/offset+octet-stream"
        return httpx.patch(where, content=content, headers=headers, timeout=30)


def test_a_page_sends_with_the_ticket_it_was_drawn_with_and_goes_on_with_the_next(uploads: UploadsProcess) -> None:
    photo, page = make.a_phone_photo(), Page(uploads)
    answers = [page.announce("KTP Ni Luh – depan.pdf", len(photo)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    where = answers[0].headers["Location"]
    assert answers[1].headers["Location"] == where
    assert page.send(where, photo[:9000]).headers["Upload-Offset"] == "9000"
    page.draw(days=1)
    assert page.send(where, photo[9000:], 9000).status_code == 401
    page.draw()
    assert page.send(where, photo[9000:], 9000).status_code == 204
    row = StoredFile.objects.get()
    assert (row.name, row.state) == ("KTP Ni Luh – depan.jpg", "received")
    assert where.endswith(str(row.pk))


def test_a_second_file_from_the_same_page_does_not_touch_the_first(uploads: UploadsProcess) -> None:
    photo, page = make.a_phone_photo(), Page(uploads)
    first = page.announce("ktp.jpg", len(photo)).headers["Location"]
    page.send(first, photo)
    second = page.announce("ktp lain.jpg", len(photo)).headers["Location"]
    assert second != first
    assert page.send(second, photo).status_code == 204
    assert StoredFile.objects.count() == 2


def test_a_page_of_another_place_cannot_reach_the_file(uploads: UploadsProcess) -> None:
    photo, page = make.a_phone_photo(), Page(uploads)
    where = page.announce("ktp.jpg", len(photo)).headers["Location"]
    for other in ({"subject_id": new_id()}, {**page.place, "purpose": "case:foto"}):
        assert Page(uploads, **other).send(where, photo).status_code == 404


def test_what_a_page_announces_is_refused_before_a_byte_is_sent(uploads: UploadsProcess) -> None:
    page = Page(uploads)
    for name, size, status, code in (
        ("ktp.jpg", 40_000_000, 413, "file.too_large"),
        ("ktp.jpg", 0, 422, "file.empty"),
    ):
        answer = page.announce(name, size)
        assert (answer.status_code, answer.json()["type"]) == (status, code)
    assert not StoredFile.objects.exists()
