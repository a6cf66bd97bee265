"""The ways in that need a code: a new account, a forgotten password, a new address. One code page serves all three."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.people import actions, queries
from city.people.adapter import landing
from city.people.forms import AddressForm, CodeForm, IdentityForm, PasswordForm, add_refusal
from city.people.models import Account, Code

PENDING = "code"  # session key: which code this browser waits for, and where to go afterwards
form_page = require_http_methods(["GET", "HEAD", "POST"])


def see(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)


def ask_code(request: HttpRequest, ask: actions.Ask) -> HttpResponse:
    """Send the code, remember it in this browser, go to the page where it is typed. Raises Refusal."""
    row = actions.send_code(ask=ask, at=timezone.now())
    request.session[PENDING] = {"id": str(row.pk), "next": get_next_redirect_url(request) or ""}
    return see(reverse("account-code"))


def an_ask(request: HttpRequest, form: Any, purpose: str, **more: Any) -> actions.Ask:
    return actions.Ask(
        code_id=form.cleaned_data["code_id"],
        purpose=purpose,
        address=form.cleaned_data["address"],
        language=translation.get_language() or "id",
        network=queries.network_of(request),
        **more,
    )


@never_cache
@form_page
@sensitive_post_parameters("nik")
def sign_up(request: HttpRequest) -> HttpResponse:
    """Step one of a new account: who she is, and an address that can receive a code."""
    if request.user.is_authenticated:
        return see(landing(request))
    form = IdentityForm(request.POST or None, initial={"code_id": new_id()})
    if request.method == "POST" and form.is_valid():
        facts = {"name": form.cleaned_data["name"], "nik": form.cleaned_data["nik"]}
        try:
            return ask_code(request, an_ask(request, form, "sign-up", facts=facts))
        except Refusal as refusal:
            add_refusal(form, refusal)
    return _page(request, "account/signup.html", form)


@never_cache
@form_page
def reset(request: HttpRequest) -> HttpResponse:
    """A forgotten password: a code to the account's address. The page never says whether there is an account."""
    form = AddressForm(request.POST or None, initial={"code_id": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            return ask_code(request, an_ask(request, form, "reset"))
        except Refusal as refusal:
            add_refusal(form, refusal)
    return _page(request, "account/password_reset.html", form)


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, template, {"form": form, "next": get_next_redirect_url(request) or "", **more}, status=status
    )


def _pending(request: HttpRequest) -> Code | None:
    kept = request.session.get(PENDING) or {}
    return queries.code(UUID(kept["id"])) if "id" in kept else None


def _start_again(request: HttpRequest) -> HttpResponse:
    """Back to where the code was asked for. Without one this may be the second click of two: then she has signed in."""
    row = _pending(request)
    request.session.pop(PENDING, None)
    if row is None:
        messages.info(request, _("Langkah tadi sudah selesai atau terlalu lama. Masuk, atau mulai lagi dari sini."))
        return see(reverse("account_login"))
    messages.warning(request, _("Kode ini tidak berlaku lagi. Mulai lagi dari sini."))
    starts = {"sign-up": "account_signup", "reset": "account_reset_password"}
    return see(reverse(starts.get(row.purpose, "account-profile")))


@never_cache
@form_page
def code(request: HttpRequest) -> HttpResponse:
    """Where the code is typed."""
    row = _pending(request)
    if row is None:
        return _start_again(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirmed = actions.confirm_code(code_id=row.pk, typed=form.cleaned_data["code"], at=timezone.now())
        except Refusal as refusal:
            if refusal.code == "code.stale":
                return _start_again(request)
            add_refusal(form, refusal)
        else:
            return _after_code(request, confirmed)
    shown = queries.shown_address(row)
    return _page(request, "account/code.html", form, address=shown, purpose=row.purpose, again=row.sent < 4)


def _after_code(request: HttpRequest, row: Code) -> HttpResponse:
    if row.purpose == "change":
        actions.change_contact(code_id=row.pk, by=actor_of(request), at=timezone.now())
        request.session.pop(PENDING, None)
        messages.success(request, _("Alamat baru tersimpan. Alamat lama sudah kami beri tahu."))
        return see(reverse("account-profile"))
    if row.purpose == "sign-up":
        try:
            actions.check_identity(row)
        except Refusal as refusal:
            request.session.pop(PENDING, None)
            return render(request, "account/known.html", {"sentence": refusal.sentence}, status=refusal.status)
    return see(reverse("account-password"))


@never_cache
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """Another code to the same address."""
    row = _pending(request)
    if row is None:
        return _start_again(request)
    try:
        actions.send_again(code_id=row.pk, at=timezone.now())
        messages.info(request, _("Kode baru dikirim. Kode sebelumnya tidak berlaku lagi."))
    except Refusal as refusal:
        messages.warning(request, str(refusal.sentence))
    return see(reverse("account-code"))


@never_cache
@form_page
@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponseBase:
    """The last step of a new account or a forgotten password; then she is in, past her second step if she has one."""
    row = _pending(request)
    if row is None or row.confirmed_at is None or row.used_at is not None or row.purpose == "change":
        return _start_again(request)
    form = PasswordForm(request.POST or None, clean=get_adapter().clean_password)
    if request.method == "POST" and form.is_valid():
        finish = actions.sign_up if row.purpose == "sign-up" else actions.reset_password
        try:
            account = finish(code_id=row.pk, password=form.cleaned_data["password"], at=timezone.now())
        except Refusal as refusal:
            if refusal.code == "code.stale":
                return _start_again(request)
            add_refusal(form, refusal)
        else:
            return _enter(request, account)
    return _page(request, "account/password_new.html", form, address=row.address, purpose=row.purpose)


def _enter(request: HttpRequest, account: Account) -> HttpResponseBase:
    kept = request.session.pop(PENDING, None) or {}
    response: HttpResponseBase = perform_login(request, account, redirect_url=kept.get("next") or None)
    return response
