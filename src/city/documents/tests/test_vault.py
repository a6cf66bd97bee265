"""Bytes at rest: whole or not at all, and nobody's without the key."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django import Settings

from city.documents import vault
from city.documents.vault.records import RECORD_BYTES
from city.kernel.ids import new_id


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.FILES = tmp_path / "files"


@pytest.mark.parametrize("size", [64, RECORD_BYTES - 1, RECORD_BYTES, 3 * RECORD_BYTES + 7])
def test_what_is_kept_is_read_again_and_lies_sealed(size: int, settings: Settings) -> None:
    content, key, file_id = os.urandom(size), vault.new_key(), new_id()
    place = vault.keep(content, key, file_id=file_id)
    assert vault.read(place, key, file_id=file_id) == content
    assert vault.kept_size(place) == size
    path = settings.FILES / "kept" / place[:2] / place
    assert path.stat().st_mode & 0o077 == 0
    assert content[:64] not in path.read_bytes()


def test_a_changed_byte_another_key_and_another_file_do_not_open(settings: Settings) -> None:
    content, key, file_id = os.urandom(1000), vault.new_key(), new_id()
    place = vault.keep(content, key, file_id=file_id)
    with pytest.raises(vault.Torn):
        vault.read(place, vault.new_key(), file_id=file_id)
    with pytest.raises(vault.Torn):
        vault.read(place, key, file_id=new_id())
    path = settings.FILES / "kept" / place[:2] / place
    sealed = bytearray(path.read_bytes())
    sealed[500] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(vault.Torn):
        vault.read(place, key, file_id=file_id)


@tries(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(st.binary(min_size=1, max_size=400_000), min_size=1, max_size=6),
    cut=st.integers(min_value=0, max_value=500_000),
)
def test_cut_anywhere_it_goes_on_from_a_whole_record(pieces: list[bytes], cut: int) -> None:
    """However many bytes a crash tears off the end, what is left is a beginning of what was sent."""
    key, file_id, sent = vault.new_key(), new_id(), b"".join(pieces)
    receipt = vault.Receipt(file_id, key)
    for piece in pieces:
        receipt.take(piece)
        receipt.settle()
    receipt.close()
    path = vault.receiving_path(file_id)
    os.truncate(path, max(0, path.stat().st_size - cut))

    again = vault.Receipt(file_id, key)
    assert vault.durable_offset(file_id) == again.offset <= len(sent)
    again.take(sent[again.offset :])
    again.settle()
    again.close()
    assert vault.read_received(file_id, key) == sent


def test_one_file_has_one_receiver() -> None:
    key, file_id = vault.new_key(), new_id()
    first = vault.Receipt(file_id, key)
    with pytest.raises(vault.Elsewhere):
        vault.Receipt(file_id, key)
    first.close()
    vault.Receipt(file_id, key).close()


def test_records_cannot_change_places_or_be_left_out(settings: Settings) -> None:
    content, key, file_id = os.urandom(3 * RECORD_BYTES), vault.new_key(), new_id()
    place = vault.keep(content, key, file_id=file_id)
    path = settings.FILES / "kept" / place[:2] / place
    whole = path.read_bytes()
    third = len(whole) // 3
    first, second, last = whole[:third], whole[third : 2 * third], whole[2 * third :]
    for changed in (second + first + last, first + last, second + last):
        path.write_bytes(changed)
        with pytest.raises(vault.Torn):
            vault.read(place, key, file_id=file_id)


def test_what_a_power_cut_left_behind_the_last_whole_record_is_cut_off() -> None:
    key, file_id = vault.new_key(), new_id()
    receipt = vault.Receipt(file_id, key)
    receipt.take(b"whole")
    receipt.settle()
    receipt.close()
    with vault.receiving_path(file_id).open("ab") as torn:
        torn.write(bytes(5000) + os.urandom(5000))
    again = vault.Receipt(file_id, key)
    assert again.offset == 5
    again.take(b" again")
    again.settle()
    again.close()
    assert vault.read_received(file_id, key) == b"whole again"
