"""A new password, by a code or by somebody who knows the old one. Other sessions end either way."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.kernel.actor import Actor, system
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.messages import NotCarried, carry
from city.people.actions import code, letters
from city.people.actions.account import locked_account
from city.people.events import PasswordChanged, PasswordReset
from city.people.models import Account

log = logging.getLogger(__name__)


def tell(account: Account, addresses: list[str], what: str) -> None:
    """Tell her addresses of a change; one out of reach does not undo it. Call it outside a transaction."""
    for address in addresses:
        try:
            carry(letters.of_change(account, address, what))
        except NotCarried:
            log.warning("an address of account %s was not told of a change of %s", account.pk, what)


def reset_password(*, code_id: UUID, password: str, at: datetime) -> Account:
    """Set the password that a confirmed code allows. Raises Refusal 409 for a stale code."""
    with transaction.atomic():
        row = code.take(code_id, code.RESET, at)
        account = locked_account(row.account_id)
        if account is None or not code.may_sign_in(account):
            raise Refusal("code.stale", code.STALE)
        account.set_password(password)
        account.save(update_fields=["password"])
        contact = "email" if row.channel == "email" else "phone"
        publish(PasswordReset(person_id=account.person_id, contact=contact), by=system("password-reset"), at=at)
    tell(account, [a for a in (account.email, account.phone) if a], "password")
    return account


def change_password(*, account_id: UUID, password: str, by: Actor, at: datetime) -> Account:
    """Set a password; whoever calls has checked the old one. Raises Refusal 404 for an account not hers."""
    with transaction.atomic():
        account = locked_account(account_id)
        if account is None or account.person_id != by.person_id:
            raise Refusal("account.not_yours", code.STALE, status=404)
        account.set_password(password)
        account.save(update_fields=["password"])
        publish(PasswordChanged(person_id=account.person_id), by=by, at=at)
    tell(account, [a for a in (account.email, account.phone) if a], "password")
    return account
