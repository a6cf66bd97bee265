"""What `city verify` asks about people."""

from collections.abc import Iterator

from city.kernel.checks import check
from city.kernel.keyring import KeyLost
from city.kernel.models import ErasedSubject
from city.kernel.subjects import open_for
from city.people import queries
from city.people.models import Account, Person


@check("people: every sealed NIK opens and is found by its fingerprint")
def lost_niks() -> Iterator[str]:
    """A NIK that no longer opens, unless its owner was erased, or a fingerprint made with another key."""
    erased = set(ErasedSubject.objects.values_list("subject_id", flat=True))
    sealed = Person.objects.exclude(nik_sealed=None).exclude(pk__in=erased)
    for person_id, row, index in sealed.values_list("pk", "nik_sealed", "nik_index").iterator():
        try:
            nik = open_for(person_id, bytes(row or b""), about=queries.place_of_nik(person_id))
        except KeyLost:
            yield f"The NIK of person {person_id} does not open: its key or its row is not the one it was sealed with."
            continue
        if queries.nik_index(nik) != index:
            yield f"Person {person_id} is not found by her NIK: its fingerprint was made with another key."


@check("people: accounts keep an argon2 password")
def plain_passwords() -> Iterator[str]:
    """A password written past the front door."""
    plain = Account.objects.exclude(password__startswith="argon2")  # noqa: S106 (how argon2 hashes begin)
    for account_id in plain.values_list("pk", flat=True).iterator():
        yield f"The password of account {account_id} is not kept with argon2."
