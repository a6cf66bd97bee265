"""One's own page: the data as the city holds them, in which role one acts, where messages go."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.people import actions, queries
from city.people.adapter import landing
from city.people.forms import AddressForm, PreferencesForm, ProfileForm, add_refusal
from city.people.middleware import ROLE, look_again
from city.people.models import Account
from city.people.views.entry import an_ask, ask_code, form_page, see


def _account(request: HttpRequest) -> Account:
    """Who is signed in: these pages are for nobody else."""
    return cast(Account, request.user)


@never_cache
@login_required
@form_page
def profile(request: HttpRequest) -> HttpResponse:
    """What the city holds about her; name and home address can be mended here."""
    account = _account(request)
    person = account.person
    form = ProfileForm(request.POST or None, initial={"name": person.name, "home": person.address})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.save_profile(
                person.pk, name=given["name"], address=given["home"], by=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Data Anda tersimpan."))
            return see(reverse("account-profile"))
    shown = {
        "form": form,
        "account": account,
        "nik": queries.masked_nik(person.pk),
        "preferences": PreferencesForm(account),
        "phone": queries.shown_phone(account.phone or ""),
        "seen": queries.seen_of(person.pk),
    }
    return render(request, "people/profile.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """In which language and where messages come."""
    account = _account(request)
    try:
        actions.set_preferences(
            account_id=account.pk,
            language=request.POST.get("language", ""),
            channel=request.POST.get("channel", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Pilihan pesan tersimpan."))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return see(reverse("account-profile"))


@never_cache
@login_required
@form_page
def persona(request: HttpRequest) -> HttpResponse:
    """In whose name she acts from now on: herself, an office she holds, a mandate. Officials go to their desk."""
    if request.method != "POST":
        return render(request, "people/persona.html")
    wanted = request.POST.get("appointment", "")
    if wanted and all(role.value != wanted for role in request.roles):  # type: ignore[attr-defined]
        messages.warning(request, _("Peran itu tidak lagi Anda pegang. Anda bertindak sebagai diri sendiri."))
        wanted = ""
    request.session[ROLE] = wanted
    look_again(request)
    return see(landing(request))


@never_cache
@login_required
@reauthentication_required()  # type: ignore[untyped-decorator]
@form_page
def contact(request: HttpRequest, part: str) -> HttpResponse:
    """A new e-mail or telephone number: a code goes there before it replaces the old one."""
    form = AddressForm(request.POST or None, initial={"code_id": new_id()})
    _word(form, part)
    if request.method == "POST" and form.is_valid():
        try:
            ask = an_ask(request, form, "change", account=_account(request))
            return ask_code(request, ask)
        except Refusal as refusal:
            add_refusal(form, refusal)
    shown = {"form": form, "part": part}
    return render(request, "people/contact.html", shown, status=422 if form.errors else 200)


def _word(form: Any, part: str) -> None:
    """One address form for both: its label and keyboard say which is asked for."""
    field = form.fields["address"]
    field.label = _("Surel baru") if part == "email" else _("Nomor telepon baru")
    field.widget.attrs = {
        "autocomplete": "email" if part == "email" else "tel",
        "inputmode": "email" if part == "email" else "tel",
    }
