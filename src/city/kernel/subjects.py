"""One key per person or organisation: what identifies them is sealed under it, and destroying it is erasure."""

import os
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.kernel.keyring import KeyLost, decrypt, encrypt, unwrap, wrap
from city.kernel.models import ErasedSubject, SubjectKey
from city.kernel.plain import fetch


def _about(subject_id: UUID) -> str:
    return f"subject-key:{subject_id}"


def _key_of(subject_id: UUID, *, create: bool = False) -> bytes:
    row = fetch(SubjectKey, pk=subject_id)
    if row is None and create and not ErasedSubject.objects.filter(subject_id=subject_id).exists():
        fresh = wrap(os.urandom(32), about=_about(subject_id))
        row, _ = SubjectKey.objects.get_or_create(pk=subject_id, defaults={"wrapped": fresh})
    if row is None:
        raise KeyLost(_about(subject_id))
    return unwrap(bytes(row.wrapped), about=_about(subject_id))


def seal_for(subject_id: UUID, plain: str, *, about: str) -> bytes:
    """Seal a text under the subject's key. Raises KeyLost for a subject that was erased."""
    return encrypt(_key_of(subject_id, create=True), plain.encode(), about=about)


def seal_many(subject_id: UUID, plain: dict[str, str], *, about: str) -> dict[str, bytes]:
    """Seal several values of one subject with one look-up of its key; `about` is completed by each name."""
    key = _key_of(subject_id, create=True) if plain else b""
    return {name: encrypt(key, value.encode(), about=f"{about}:{name}") for name, value in plain.items()}


def open_for(subject_id: UUID, sealed: bytes, *, about: str) -> str:
    """Raises KeyLost when the subject was erased or the bytes were moved from another place."""
    return decrypt(_key_of(subject_id), bytes(sealed), about=about).decode()


def open_many(subject_id: UUID, sealed: dict[str, bytes], *, about: str) -> dict[str, str]:
    """Open several values of one subject with one look-up of its key; `about` is completed by each name."""
    key = _key_of(subject_id) if sealed else b""
    return {name: decrypt(key, bytes(value), about=f"{about}:{name}").decode() for name, value in sealed.items()}


@transaction.atomic
def erase(subject_id: UUID, *, at: datetime) -> None:
    """Destroy a subject's key: everything sealed under it becomes noise, in every later archive too."""
    ErasedSubject.objects.get_or_create(subject_id=subject_id, defaults={"at": at})
    SubjectKey.objects.filter(pk=subject_id).delete()
