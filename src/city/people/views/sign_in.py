"""In and out: allauth's steps with our words, forms and templates."""

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as SecondStepReauthenticateView

from city.people.forms import PasswordAgainForm, SecondStepAgain, SecondStepForm, SignInForm


class SignIn(LoginView):
    form_class = SignInForm


class SignOut(LogoutView):
    """GET asks, POST does: a picture on another site must not sign anybody out."""


class PasswordAgain(ReauthenticateView):
    """Before something that matters is changed."""

    form_class = PasswordAgainForm


class SecondStep(AuthenticateView):
    form_class = SecondStepForm


class SecondStepAgainView(SecondStepReauthenticateView):
    form_class = SecondStepAgain
