"""Sixty-four phones on a terrible line, and one that is in a hurry."""

from contextlib import ExitStack

import pytest

from city.documents.tests import make
from city.documents.tests.process import UploadsProcess
from city.documents.tests.sending import Sender
from city.documents.tests.test_upload import is_received

PHONES = 64
pytestmark = pytest.mark.slow


def test_sixty_four_trickling_phones_hold_up_nobody(uploads: UploadsProcess) -> None:
    """None of them gets on until the hurried one is done; then each goes on from where it was, and arrives."""
    photo = make.a_phone_photo(400, 300)
    slow = [Sender.of(photo) for _ in range(PHONES)]
    with ExitStack() as lines:
        held = [lines.enter_context(uploads.line()) for _ in slow]
        for sender, line in zip(slow, held, strict=True):
            sender.begin_on(line, len(photo))
            line.sendall(photo[:10])
        for step in range(10, 20):
            for line in held:
                line.sendall(photo[step : step + 1])

        whole = make.a_large_photo(3_000_000)
        hurried = Sender.of(whole)
        assert hurried.patch(whole).status_code == 204
        is_received(hurried, whole)
        assert not any(sender.row.state == "received" for sender in slow)

        for line in held:
            line.sendall(photo[20:])
        for sender, line in zip(slow, held, strict=True):
            assert line.recv(4096).startswith(b"HTTP/1.1 204")
            is_received(sender, photo)


def test_no_connection_to_the_database_is_held_while_bytes_are_awaited(uploads: UploadsProcess) -> None:
    """However many phones are in the middle of sending: four connections at most, and no open transaction."""
    photo = make.a_phone_photo(400, 300)
    with ExitStack() as lines:
        for _ in range(PHONES):
            line = lines.enter_context(uploads.line())
            Sender.of(photo).begin_on(line, len(photo))
            line.sendall(photo[:500])
        assert uploads.connections("idle in transaction%") == 0
        assert 0 < uploads.connections() <= 4


def test_kill_9_of_everything_with_many_under_way_loses_none(uploads: UploadsProcess) -> None:
    photo = make.a_large_photo(1_000_000)
    senders = [Sender.of(photo) for _ in range(16)]
    with ExitStack() as lines:
        for number, sender in enumerate(senders):
            line = lines.enter_context(uploads.line())
            sender.begin_on(line, len(photo))
            line.sendall(photo[: 40_000 * number])
        uploads.kill()
    uploads.start()
    for sender in senders:
        offset = int(sender.head().headers["Upload-Offset"])
        assert sender.patch(photo[offset:], offset).status_code == 204
        is_received(sender, photo)
