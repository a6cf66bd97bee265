"""Somebody makes an account for herself: who she is, an address she can prove, a password."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import system
from city.kernel.errors import Refusal
from city.people import queries
from city.people.actions import code
from city.people.actions.account import Reach, create_account
from city.people.actions.register import register_person
from city.people.models import Account, Code, Person

CITY = system("sign-up")


def check_identity(row: Code) -> Person | None:
    """After her address is proven: the person the counter already registered with this NIK and address, or None.

    Raises Refusal 409 when the NIK has an account already, or is registered with another address: knowing a NIK is no
    proof of being that person. Told only now, so that nobody can ask for NIKs without an address of her own.
    """
    known = queries.person_with_nik(code.facts_of(row).get("nik", ""))
    if known is None:
        return None
    if Account.objects.filter(person=known).exists():
        raise Refusal(
            "sign_up.has_account",
            _("NIK ini sudah punya akun. Masuk dengan alamat lamanya, atau pulihkan di loket mana pun: bawa KTP."),
        )
    if row.address not in (known.email, known.phone):
        raise Refusal(
            "sign_up.other_address",
            _("NIK ini tercatat di loket dengan alamat lain. Pakai alamat itu, atau datang ke loket: bawa KTP."),
        )
    return known


@transaction.atomic
def sign_up(*, code_id: UUID, password: str, at: datetime) -> Account:
    """Open the account that a confirmed code allows. Raises Refusal 409 for a stale code or a NIK that is not free."""
    row = code.take(code_id, code.SIGN_UP, at)
    facts = code.facts_of(row)
    person = check_identity(row) or register_person(name=facts["name"], nik=facts["nik"], by=CITY, at=at)
    reach = Reach(
        email=row.address if row.channel == "email" else "",
        phone=row.address if row.channel == "sms" else "",
        language=row.language,
    )
    row.facts = None
    row.save(update_fields=["facts"])
    return create_account(person_id=person.pk, reach=reach, password=password, by=CITY, at=at)
