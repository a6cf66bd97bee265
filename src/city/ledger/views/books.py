"""The books, for those who keep and audit them: trial balance, an account's card, a document and its paper."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.rules import WIB
from city.ledger import forms, queries
from city.ledger.models import Book
from city.ledger.rules import book_of

ROWS = 100


def _asked(request: HttpRequest, **otherwise: Any) -> dict[str, Any]:
    """What the address says, with today's month and the financial book where it says nothing."""
    today = timezone.now().astimezone(WIB)
    usual = {"entity": "", "book": Book.FINANCIAL.value, "year": today.year, "month": today.month, **otherwise}
    return {name: request.GET.get(name) or value for name, value in usual.items()}


def _entities() -> list[str]:
    return list(queries.entities().values_list("code", flat=True))


@login_required
@require_safe
def trial_balance(request: HttpRequest) -> HttpResponse:
    """Accounts by code, a hundred at a time; `rows=all` for paper."""
    queries.require_view(actor_of(request))
    form = forms.Month(_asked(request), entities=_entities(), all_words=_("Semua entitas"))
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        told = form.cleaned_data
        trial = queries.trial_balance(told["entity"] or None, told["book"], told["year"], told["month"])
        shown |= {"trial": trial, "told": told, "book": Book(told["book"]).label, **_slice(request, trial)}
        shown["address"] = urlencode({name: told[name] for name in ("entity", "book", "year", "month")})
    return render(request, "ledger/trial_balance.html", shown, status=200 if form.is_valid() else 422)


def _slice(request: HttpRequest, trial: queries.TrialBalance) -> dict[str, Any]:
    """The rows after the account last seen: the whole is in one statement anyway, for its sums."""
    after = str(request.GET.get("after", ""))
    rows = [row for row in trial.rows if row.account > after]
    whole = request.GET.get("rows") == "all"
    more = not whole and len(rows) > ROWS
    kept = rows if whole else rows[:ROWS]
    return {"rows": kept, "after": after, "whole": whole, "next": kept[-1].account if more else ""}


@login_required
@require_safe
def account(request: HttpRequest, code: str) -> HttpResponse:
    """An account's card in one entity's book; who has the account, when no entity is named."""
    queries.require_view(actor_of(request))
    found = queries.account(code)
    if found is None:
        raise Refusal("ledger.account_unknown", _("Akun ini tidak ada dalam bagan akun. Periksa kodenya."), status=404)
    form = forms.Which(_asked(request, book=book_of(code)), entities=_entities(), all_words=_("Pilih entitas"))
    shown: dict[str, Any] = {"account": found, "form": form}
    if form.is_valid():
        told, after = form.cleaned_data, str(request.GET.get("after", ""))
        shown |= {"told": told, "book": Book(told["book"]).label, "after": after}
        shown["address"] = urlencode({name: told[name] for name in ("entity", "book", "year")})
        if told["entity"]:
            which = queries.CardOf(code, told["entity"], told["book"])
            shown["card"] = queries.account_card(which, after, year=told["year"], size=ROWS)
        else:
            shown["holders"] = queries.by_entity(code, told["book"])
    return render(request, "ledger/account.html", shown, status=200 if form.is_valid() else 422)


@login_required
@require_safe
def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """A document: what it posted, by which rule, and the paper it stands for."""
    queries.require_view(actor_of(request))
    whole = queries.document(document)
    if whole is None:
        raise Refusal("ledger.document_unknown", _("Dokumen ini tidak ada di buku besar."), status=404)
    return render(request, "ledger/document.html", {"whole": whole, "document": whole.document})
