"""Another e-mail or telephone number for an account."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.people.actions import code
from city.people.actions.account import locked_account
from city.people.actions.password import tell
from city.people.events import ContactChanged
from city.people.models import Account


def change_contact(*, code_id: UUID, by: Actor, at: datetime) -> Account:
    """Put a proven address in place of the account's old one, and tell the old one.

    Raises Refusal 409 for a stale code or an address that another account took meanwhile, 404 for an account not hers.
    """
    with transaction.atomic():
        row = code.take(code_id, code.CHANGE, at)
        account = locked_account(row.account_id)
        if account is None or account.person_id != by.person_id:
            raise Refusal("code.stale", code.STALE, status=404)
        part = "email" if row.channel == "email" else "phone"
        old = getattr(account, part)
        if old == row.address:
            return account
        setattr(account, part, row.address)
        try:
            with transaction.atomic():
                account.save(update_fields=[part])
        except IntegrityError as error:
            raise Refusal("account.taken", _("Alamat ini sudah dipakai akun lain. Pakai alamat lain.")) from error
        publish(ContactChanged(person_id=account.person_id, contact=part), by=by, at=at)
    if old:
        tell(account, [old], "contact")
    return account
