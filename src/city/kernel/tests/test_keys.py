"""Secrets open only with their key, in their place, and never again after erasure."""

from datetime import timedelta
from pathlib import Path

import pytest

from city.kernel import keyring, subjects
from city.kernel.ids import new_id
from city.kernel.models import ErasedSubject
from city.kernel.tests.make import NOON
from city.kernel.tests.together import at_once

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def keys() -> None:
    keyring.ensure_keys()


def test_a_value_opens_only_in_the_row_it_was_sealed_for() -> None:
    sealed = keyring.encrypt(KEY, b"3672990101900001", about="person:1")
    assert keyring.decrypt(KEY, sealed, about="person:1") == b"3672990101900001"
    with pytest.raises(keyring.KeyLost):
        keyring.decrypt(KEY, sealed, about="person:2")


def test_a_blind_index_is_stable_and_bound_to_its_purpose() -> None:
    assert keyring.blind_index("1", purpose="nik") == keyring.blind_index("1", purpose="nik")
    assert keyring.blind_index("1", purpose="nik") != keyring.blind_index("1", purpose="npwp")


def test_two_programs_that_start_at_once_use_one_key(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    seen: list[bytes] = []
    assert (
        at_once([lambda: seen.append((keyring.ensure_keys(folder) / "master.key").read_bytes())] * 16) == ["done"] * 16
    )
    assert len(set(seen)) == 1
    assert sorted(path.name for path in folder.iterdir()) == sorted([*keyring.NAMES, "django.secret"])


def test_keys_are_made_once_and_kept_private(tmp_path: Path) -> None:
    folder = keyring.ensure_keys(tmp_path / "keys")
    before = (folder / "master.key").read_bytes()
    keyring.ensure_keys(folder)
    assert (folder / "master.key").read_bytes() == before
    assert (folder / "master.key").stat().st_mode & 0o777 == 0o600


def test_a_ticket_is_good_for_its_purpose_until_its_time() -> None:
    ticket = keyring.make_ticket({"file": "1"}, purpose="upload", until=NOON + timedelta(minutes=5))
    claims = keyring.read_ticket(ticket, purpose="upload", at=NOON)
    assert claims is not None
    assert claims["file"] == "1"
    assert keyring.read_ticket(ticket, purpose="download", at=NOON) is None
    assert keyring.read_ticket(ticket, purpose="upload", at=NOON + timedelta(minutes=5)) is None
    assert (
        keyring.read_ticket("A" + ticket[1:] if ticket[0] != "A" else "B" + ticket[1:], purpose="upload", at=NOON)
        is None
    )
    assert keyring.read_ticket("not a ticket", purpose="upload", at=NOON) is None


@pytest.mark.django_db
def test_erasing_a_subject_makes_what_was_sealed_unreadable_for_good() -> None:
    subject = new_id()
    sealed = subjects.seal_for(subject, "Jalan Ahmad Yani 1", about="answer:address")
    assert subjects.open_for(subject, sealed, about="answer:address") == "Jalan Ahmad Yani 1"
    subjects.erase(subject, at=NOON)
    subjects.erase(subject, at=NOON)
    with pytest.raises(keyring.KeyLost):
        subjects.open_for(subject, sealed, about="answer:address")
    with pytest.raises(keyring.KeyLost):
        subjects.seal_for(subject, "new", about="answer:address")
    assert ErasedSubject.objects.filter(subject_id=subject).count() == 1
