"""How an account is guarded: password, second step, spare codes, the devices that are signed in."""

from typing import Any, cast

from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from markupsafe import Markup

from city.kernel.http import actor_of
from city.people import actions, rules
from city.people.forms import FirstSecondStepForm, NewPasswordForm
from city.people.models import Account
from city.people.views.entry import see

guarded = method_decorator([never_cache, login_required], name="dispatch")


@guarded
class Security(IndexView):
    """The page that leads to all of it."""


@guarded
class NewPassword(PasswordChangeView):
    """She knows the old one; her other devices are signed out."""

    form_class = NewPasswordForm

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        account = actions.change_password(
            account_id=cast(Account, self.request.user).pk,
            password=form.cleaned_data["password1"],
            by=actor_of(self.request),
            at=timezone.now(),
        )
        update_session_auth_hash(self.request, account)
        UserSession.objects.create_from_request(self.request)
        messages.success(self.request, _("Kata sandi diganti. Perangkat lain sudah dikeluarkan."))
        return see(reverse("mfa_index"))


@guarded
class TurnOnSecondStep(ActivateTOTPView):
    form_class = FirstSecondStepForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = super().get_context_data(**kwargs)
        secret = str(known["form"].secret)
        grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return {**known, "qr": Markup(known["totp_svg"]), "secret": grouped}  # noqa: S704 (drawn by us from digits)


@guarded
class TurnOffSecondStep(DeactivateTOTPView):
    """Asks once more, because the account is weaker afterwards."""


@guarded
class SpareCodes(ViewRecoveryCodesView):
    """The codes for the day the phone is lost."""


@guarded
class NewSpareCodes(GenerateRecoveryCodesView):
    """New codes; the old ones stop working."""


@guarded
class SpareCodesFile(DownloadRecoveryCodesView):
    """The same as a text file."""


@guarded
class Devices(ListUserSessionsView):
    """Where she is signed in, and the way to end it everywhere else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = super().get_context_data(**kwargs)
        devices = [(one, *rules.device_of(one.user_agent)) for one in reversed(known["sessions"])]
        return {**known, "devices": devices}
