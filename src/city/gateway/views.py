"""The demo city's payer: where a visitor plays the customer of the simulated bank. In demo mode alone."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from city.gateway.agencies.bank import teller
from city.gateway.forms import ActForm, CodeForm, OutageForm

MONEY_MOVES = ("pay", "again", "late", "amount", "delay", "drop")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _page(code: str) -> str:
    return reverse("gateway-payer") + (f"?{urlencode({'kode': code})}" if code else "")


def _see(code: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(_page(code), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def payer(request: HttpRequest) -> HttpResponse:
    """Enter or photograph a code; then the order behind it, with everything that may be done to it."""
    _only_in_demo()
    form = CodeForm(request.POST, request.FILES) if request.method == "POST" else CodeForm()
    if request.method == "POST" and form.is_valid():
        return _see(form.cleaned_data["code"])
    code = request.GET.get("kode", "")[:512]
    shown: dict[str, Any] = {"form": form, "code": code, "order": None, "runs": bool(settings.BANK_URL)}
    if code and shown["runs"]:
        shown |= _found(code)
    return render(request, "gateway/payer.html", shown, status=422 if form.errors else 200)


def _found(code: str) -> dict[str, Any]:
    try:
        order = teller.order(code)
    except teller.TellerRefused:
        return {"unknown": True}
    except teller.NoTeller:
        return {"runs": False}
    for one in (order, *order["payments"]):
        for field in ("at", "expires_at"):
            if field in one:
                one[field] = parse_datetime(one[field])
    return {"order": order}


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """One act of the payer, or of fate."""
    _only_in_demo()
    form = ActForm(request.POST)
    code = request.POST.get("code", "")[:512]
    if not form.is_valid():
        wrong = form.errors.get("amount") or [_("Tindakan ini tidak dikenal. Muat ulang halaman, lalu coba lagi.")]
        messages.error(request, str(wrong[0]))
        return _see(code)
    told = form.cleaned_data
    try:
        teller.do(told["code"], told["act"], told["amount"] or 0 if told["act"] == "amount" else 0)
    except teller.TellerRefused:
        messages.error(request, _("Bank contoh tidak bisa melakukannya: kode tidak dikenal atau belum ada pembayaran."))
    except teller.NoTeller:
        messages.error(request, _("Bank contoh sedang tidak berjalan. Tidak ada yang dibayar."))
    else:
        done = _("Simulasi: uang dibayarkan.") if told["act"] in MONEY_MOVES else _("Simulasi: kabar dikirim ke kota.")
        messages.success(request, done)
    return _see(code)


@require_POST
def outage(request: HttpRequest) -> HttpResponse:
    """The bank goes away for a minute, or comes back."""
    _only_in_demo()
    form = OutageForm(request.POST)
    if form.is_valid():
        seconds = int(form.cleaned_data["seconds"])
        try:
            teller.outage(seconds)
        except teller.NoTeller:
            messages.error(request, _("Bank contoh sedang tidak berjalan."))
        else:
            gone, back = _("Simulasi: bank tidak menjawab kota selama 60 detik."), _("Simulasi: bank menjawab lagi.")
            messages.success(request, gone if seconds else back)
    return _see(request.POST.get("code", "")[:512])
