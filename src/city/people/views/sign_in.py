"""In and out: allauth's steps with our words, forms and templates."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as SecondStepReauthenticateView

from city.people.forms import PasswordAgainForm, SecondStepAgain, SecondStepForm, SignInForm
from city.ui.declare import place_at


class SignIn(LoginView):
    """Whoever was led here from a page reads which one waits behind the door."""

    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        behind = get_next_redirect_url(self.request)
        place = place_at(behind) if behind else None
        return {**found, "behind": behind or "", "place": place.label if place else ""}


class SignOut(LogoutView):
    """GET asks, POST does: a picture on another site must not sign anybody out."""


class PasswordAgain(ReauthenticateView):
    """Before something that matters is changed."""

    form_class = PasswordAgainForm


class SecondStep(AuthenticateView):
    form_class = SecondStepForm


class SecondStepAgainView(SecondStepReauthenticateView):
    form_class = SecondStepAgain
