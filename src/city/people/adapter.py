"""What allauth must know about this city: accounts have e-mail or phone, both proven before they are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from city.people import actions
from city.people.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail or phone. Codes, sign-up and new addresses are ours (actions/code.py), not allauth's."""

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        phone = getattr(user, "phone", None)
        return (phone, True) if phone else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        return actions.account_at(phone)

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        raise NotImplementedError("a phone number is set by confirming a code")

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        raise NotImplementedError("a phone number is set by confirming a code")

    def send_verification_code_sms(self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any) -> None:
        raise NotImplementedError("codes go through the message port")
