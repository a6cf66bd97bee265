"""What allauth must know about this city: accounts have e-mail or phone, both proven before they are kept."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from city.kernel.keyring import unwrap, wrap
from city.kernel.plain import fetch
from city.people import actions
from city.people.actions import tally
from city.people.middleware import ROLE, look_again, roles
from city.people.models import Account
from city.ui import declare

SPAN = timedelta(minutes=15)
PER_ADDRESS = 10  # wrong passwords for one account
PER_NETWORK = 200  # from one IP address: mobile operators here put many phones behind one
SECRET = "mfa_authenticator.secret"  # noqa: S105 (what the second step's secrets are bound to)

_WRONG = _("Alamat atau kata sandi tidak cocok. Periksa keduanya, atau ganti kata sandi lewat Lupa kata sandi.")
_SENTENCES = {
    "email_password_mismatch": _WRONG,
    "phone_password_mismatch": _WRONG,
    "username_password_mismatch": _WRONG,
    "invalid_login": _WRONG,
    "incorrect_password": _("Kata sandi tidak cocok. Coba lagi, perhatikan huruf besar dan kecil."),
    "enter_current_password": _("Kata sandi yang sekarang tidak cocok. Coba lagi."),
    "too_many_login_attempts": _("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."),
    "rate_limited": _("Terlalu banyak percobaan. Tunggu 5 menit, lalu coba lagi."),
    "incorrect_code": _("Kode tidak cocok. Lihat angka terbaru di aplikasi, lalu ketik lagi."),
}
# What allauth would say after a step, in our words; what is not here is not said.
_SAID = {
    "account/messages/password_changed.txt": _("Kata sandi diganti. Perangkat lain sudah dikeluarkan."),
    "account/messages/logged_out.txt": _("Anda sudah keluar."),
    "mfa/messages/totp_activated.txt": _("Langkah kedua aktif. Simpan kode cadangan di bawah ini."),
    "mfa/messages/totp_deactivated.txt": _("Langkah kedua dimatikan."),
    "usersessions/messages/sessions_logged_out.txt": _("Perangkat lain sudah dikeluarkan."),
}
_PASSWORD = {
    "password_too_short": _("Kata sandi minimal %(min_length)s huruf atau angka."),
    "password_too_common": _("Kata sandi ini mudah ditebak. Pakai tiga kata yang tidak berhubungan."),
}


class Backend(AuthenticationBackend):
    """Signs in as allauth does; who is signed in is read again at every request, so in plain SQL."""

    def get_user(self, user_id: Any) -> Account | None:
        account = fetch(Account, pk=user_id)
        return account if account is not None and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail or phone. Codes, sign-up and new addresses are ours (actions/code.py), not allauth's."""

    error_messages = {**DefaultAccountAdapter.error_messages, **_SENTENCES}

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError("letters go through the message port")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count before looking, so that a thousand guesses at once are still ten."""
        address = str(credentials.get("email") or credentials.get("phone") or credentials.get("username") or "")
        self._counted = [
            (tally.key_of("sign-in", address.lower()), PER_ADDRESS),
            (tally.key_of("sign-in-from", self.get_client_ip(request)), PER_NETWORK),
        ]
        at = timezone.now()
        allowed = [tally.count(key, limit=limit, span=SPAN, at=at) for key, limit in self._counted]
        if not all(allowed):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        for key, _limit in self._counted:
            tally.take_back(key)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """The same count as at sign-in guards the password of somebody who left the page open."""
        try:
            self.pre_authenticate(context.request, username=str(user.pk))
        except ValidationError:
            return False
        right = user.check_password(password)
        if right:
            self._rollback_login_failed_rl_usage()
        return right

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **hook: Any) -> HttpResponse | None:
        """Said only to who knows the password: this account is closed, or belongs to the demo city."""
        if isinstance(user, Account) and actions.may_sign_in(user):
            return None
        is_demo = isinstance(user, Account) and user.is_demo
        return render(request, "account/closed.html", {"is_demo": is_demo}, status=403)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Officials begin in their first office; they came to work, and change to themselves in the menu."""
        super().login(request, user)
        held = [role for role in roles(request) if role.agency]
        request.session[ROLE] = held[0].value if held else ""
        look_again(request)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **hook: Any) -> HttpResponse:
        """A browser that never chose a language takes her own."""
        response: HttpResponse = super().post_login(request, user, **hook)
        name, own = settings.LANGUAGE_COOKIE_NAME, getattr(user, "language", settings.LANGUAGE_CODE)
        if name not in request.COOKIES and own != settings.LANGUAGE_CODE:
            secure = settings.LANGUAGE_COOKIE_SECURE
            response.set_cookie(name, own, max_age=settings.LANGUAGE_COOKIE_AGE, secure=secure, samesite="Lax")
        return response

    def logout(self, request: HttpRequest) -> None:
        super().logout(request)
        look_again(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            said = [_PASSWORD.get(one.code or "", one.message) for one in error.error_list]
            raise ValidationError(
                [ValidationError(text, params=one.params) for text, one in zip(said, error.error_list, strict=True)]
            ) from error

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_rest: Any, **_: Any
    ) -> None:
        if message_template in _SAID:
            messages.add_message(request, level, str(_SAID[message_template]))


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of the second step are kept under the master key, so that a copy of the database makes no codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, **_SENTENCES}

    def encrypt(self, text: str) -> str:
        return b64encode(wrap(text.encode(), about=SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unwrap(b64decode(encrypted_text), about=SECRET).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user)

    def build_totp_svg(self, url: str) -> str:
        """The QR as an element of the page itself: the CSP loads no data: pictures."""
        # Dark on light in both themes: many phones do not read the reverse.
        return segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")


def landing(request: HttpRequest) -> str:
    """Where a person begins in her present role: an official at her desk, everybody else at home."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.is_official:
        for place in sorted(declare.places, key=lambda one: one.order):
            if "desk" in place.where and (not place.permission or actor.may(place.permission)):
                return reverse(place.url_name)
    return "/"
