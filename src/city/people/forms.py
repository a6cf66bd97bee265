"""The shape of what people type about themselves. Every field says in one sentence what is wrong and what to do."""

from collections.abc import Iterable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondStepAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from city.kernel.errors import FieldError, Refusal
from city.people import actions, queries, rules
from city.people.models import Account

# Stops a novel in a field before it reaches the password hash, which is slow on purpose.
LONGEST_PASSWORD = 200


def _line(label: Any, help_text: Any = "", *, needed: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        error_messages={"required": needed} if needed else None,
        widget=forms.TextInput(attrs=attrs),
    )


def _password(label: Any, help_text: Any = "", *, autocomplete: str = "current-password") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=LONGEST_PASSWORD,
        error_messages={"required": _("Isi kata sandi.")},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _code(label: Any, help_text: Any = "") -> forms.CharField:
    return _line(label, help_text, needed=_("Ketik kodenya."), autocomplete="one-time-code", inputmode="numeric")


def address_line(help_text: Any = "") -> forms.CharField:
    return _line(
        _("Nomor telepon atau surel"),
        help_text,
        needed=_("Isi nomor telepon atau surel."),
        autocomplete="username",
        inputmode="email",
    )


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show an action's refusal on the form: beside its fields where it names them, else on top."""
    named: Iterable[FieldError] = [one for one in refusal.errors if one.field in form.fields]
    for one in named:
        form.add_error(one.field, str(one.sentence))
    if not named:
        form.add_error(None, str(refusal.sentence))


def _is_address(text: str) -> str:
    try:
        actions.normal_address(text)
    except Refusal as refusal:
        raise ValidationError(str(refusal.sentence)) from refusal
    return text


class SignInForm(LoginForm):
    """E-mail or phone, in any spelling, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"login": address_line(), "password": _password(_("Kata sandi"))}

    def user_credentials(self) -> dict[str, str]:
        """What cannot be an address is looked up as a phone nobody has: the same answer, in the same time."""
        typed = self.cleaned_data["login"]
        key, value = ("email", rules.normal_email(typed)) if "@" in typed else ("phone", rules.normal_phone(typed))
        return {key: value or typed, "password": self.cleaned_data["password"]}


class IdentityForm(forms.Form):
    """Step one of signing up: who she is, as on the KTP, and an address that can receive a code."""

    code_id = forms.UUIDField(widget=forms.HiddenInput)
    name = _line(
        _("Nama lengkap"), _("Seperti di KTP. Gelar boleh."), needed=_("Isi nama seperti di KTP."), autocomplete="name"
    )
    nik = _line(
        _("NIK"),
        _("16 angka di KTP. Kami simpan terenkripsi."),
        needed=_("Isi NIK: 16 angka di bawah tulisan NIK pada KTP."),
        autocomplete="off",
        inputmode="numeric",
    )
    address = address_line(_("Kami kirim kode ke sini. Anda masuk dengan alamat ini."))

    def clean_name(self) -> str:
        return _without_faults(self.cleaned_data["name"], queries.sentences_in_name)

    def clean_nik(self) -> str:
        return _without_faults(self.cleaned_data["nik"], queries.sentences_in_nik)

    def clean_address(self) -> str:
        return _is_address(self.cleaned_data["address"])


def _without_faults(value: str, sentences: Any) -> str:
    found = sentences(value)
    if found:
        raise ValidationError(found)
    return value


class AddressForm(forms.Form):
    """An address to send a code to."""

    code_id = forms.UUIDField(widget=forms.HiddenInput)
    address = address_line()

    def clean_address(self) -> str:
        return _is_address(self.cleaned_data["address"])


class CodeForm(forms.Form):
    code = _code(_("Kode 6 angka"))


class PasswordForm(forms.Form):
    """A new password, typed once: a person who mistypes it asks for a code again."""

    password = _password(
        _("Kata sandi baru"),
        _("Minimal 10 huruf atau angka. Tiga kata acak mudah diingat."),
        autocomplete="new-password",
    )

    def __init__(self, *args: Any, clean: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = clean

    def clean_password(self) -> str:
        return str(self.check(self.cleaned_data["password"]))


class NewPasswordForm(ChangePasswordForm):
    """The present password, then the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["oldpassword"].label = _("Kata sandi sekarang")
        self.fields["password1"].label = _("Kata sandi baru")
        self.fields["password1"].help_text = _("Minimal 10 huruf atau angka. Tiga kata acak mudah diingat.")
        for name in self.fields:
            self.fields[name].error_messages["required"] = _("Isi kata sandi.")

    def clean_oldpassword(self) -> str:
        """Guesses are counted as at sign-in."""
        typed = str(self.cleaned_data["oldpassword"])
        if self.user is None or not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password(_("Kata sandi"))


class SecondStepForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code(_("Kode dari aplikasi"), _("Atau satu kode cadangan Anda."))


class SecondStepAgain(SecondStepAgainForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code(_("Kode dari aplikasi"), _("Atau satu kode cadangan Anda."))


class FirstSecondStepForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code(_("Kode dari aplikasi"))


class ProfileForm(forms.Form):
    name = _line(_("Nama lengkap"), _("Seperti di KTP. Gelar boleh."), autocomplete="name")
    home = forms.CharField(
        label=_("Alamat rumah"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"autocomplete": "street-address"}),
    )

    def clean_name(self) -> str:
        return _without_faults(self.cleaned_data["name"], queries.sentences_in_name)


CHANNELS = (
    (Account.Channel.EMAIL, _("Surel")),
    (Account.Channel.SMS, _("SMS")),
    (Account.Channel.WHATSAPP, _("WhatsApp")),
)


class PreferencesForm(forms.Form):
    """Only channels that have an address of hers are offered."""

    channel = forms.ChoiceField(label=_("Pesan dikirim lewat"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Bahasa pesan"), choices=[("id", "Bahasa Indonesia"), ("en", "English")], widget=forms.RadioSelect
    )

    def __init__(self, account: Account) -> None:
        super().__init__(initial={"language": account.language, "channel": account.channel})
        offered = [Account.Channel.EMAIL] if account.email else []
        offered += [Account.Channel.SMS, Account.Channel.WHATSAPP] if account.phone else []
        cast(forms.ChoiceField, self.fields["channel"]).choices = [one for one in CHANNELS if one[0] in offered]
