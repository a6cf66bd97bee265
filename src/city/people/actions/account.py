"""The account a person signs in with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.people import rules
from city.people.events import AccountOpened, ProfileChanged
from city.people.models import Account, Person


@dataclass(frozen=True)
class Reach:
    """The confirmed addresses of a new account; at least one. `language` is what its messages are written in."""

    email: str = ""
    phone: str = ""
    language: str = "id"


def account_at(address: str) -> Account | None:
    """The account that signs in with this e-mail or telephone, in any spelling."""
    if "@" in address:
        return Account.objects.filter(email=rules.normal_email(address)).first()
    phone = rules.normal_phone(address)
    return Account.objects.filter(phone=phone).first() if phone else None


def locked_account(account_id: UUID | None) -> Account | None:
    """Inside a transaction: the account, held until its end."""
    if account_id is None:
        return None
    return Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()


@transaction.atomic
def create_account(
    *, person_id: UUID, reach: Reach, password: str, by: Actor, at: datetime, is_demo: bool = False
) -> Account:
    """Open the account of a registered person; the same twice gives the same account.

    Only the city itself opens accounts (sign-up, demo city). Raises Refusal 409 `account.taken` when an address or the
    person already has another account, 422 without an address.
    """
    if not by.ref.startswith("system:"):
        raise Refusal("account.not_yours", _("Akun dibuat oleh pemiliknya sendiri, lewat halaman daftar."), status=403)
    person = Person.objects.select_for_update().get(pk=person_id)
    email, phone = rules.normal_email(reach.email) or None, rules.normal_phone(reach.phone) or None
    if not (email or phone):
        sentence = _("Isi nomor telepon atau surel yang bisa menerima kode.")
        raise Refusal("account.unreachable", sentence, status=422, errors=[FieldError("address", sentence)])
    mine = Account.objects.filter(person=person).first()
    if mine is not None and (mine.email, mine.phone) == (email, phone):
        return mine
    if mine is not None or any(account_at(address) for address in (email, phone) if address):
        raise Refusal("account.taken", _("Alamat ini sudah dipakai akun lain. Masuk, atau pakai alamat lain."))
    account = Account(
        person=person,
        email=email,
        phone=phone,
        language=reach.language,
        channel=Account.Channel.EMAIL if email else Account.Channel.SMS,
        is_demo=is_demo,
        created_at=at,
    )
    account.set_password(password)
    account.save()
    publish(AccountOpened(person_id=person.pk, account_id=account.pk), by=by, at=at)
    return account


@transaction.atomic
def set_preferences(*, account_id: UUID, language: str, channel: str, by: Actor, at: datetime) -> Account:
    """In which language and by which channel messages come. Raises Refusal 422 for a channel without an address."""
    account = locked_account(account_id)
    if account is None or account.person_id != by.person_id:
        raise Refusal("account.not_yours", _("Akun ini bukan milik Anda."), status=404)
    address = account.email if channel == Account.Channel.EMAIL else account.phone
    if channel not in Account.Channel.values or language not in ("id", "en") or not address:
        sentence = _("Tambah dulu alamatnya, lalu pilih saluran ini.")
        raise Refusal("account.channel", sentence, status=422, errors=[FieldError("channel", sentence)])
    changed = [f for f, value in (("language", language), ("channel", channel)) if getattr(account, f) != value]
    if changed:
        account.language, account.channel = language, channel
        account.save(update_fields=changed)
        publish(ProfileChanged(person_id=account.person_id, fields=tuple(changed)), by=by, at=at)
    return account
