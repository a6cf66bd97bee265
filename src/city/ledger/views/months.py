"""Closing a month: what may be closed, what was, and what closing means."""

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from city.kernel.http import actor_of
from city.kernel.rules import WIB
from city.ledger import actions, forms, queries
from city.ui.environment import language
from city.ui.press import Press, answer, see
from city.ui.rules.formats import month_long


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """The months of this year and the year before; who may, closes one and all before it."""
    actor, at = actor_of(request), timezone.now()
    queries.require_view(actor)
    rows = queries.months(at.astimezone(WIB).date())

    def page(form: django_forms.Form, code: int) -> HttpResponse:
        open_now = [(row.day.isoformat(), month_long(row.day, language())) for row in rows if row.can_close]
        shown = {"rows": rows, "form": form, "open_now": open_now if actor.may("ledger.close") else []}
        return render(request, "ledger/months.html", shown, status=code)

    if request.method != "POST":
        return page(forms.Close(), 200)
    press = Press(
        forms.Close(request.POST),
        lambda sent: actions.close_month(year=sent["month"].year, month=sent["month"].month, actor=actor, at=at),
        _("Bulan ditutup, juga semua bulan sebelumnya."),
        lambda: see("ledger-months"),
    )
    return answer(request, press, page)
