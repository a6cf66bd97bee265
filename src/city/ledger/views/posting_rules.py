"""Posting rules: all of them, one with its lines, and a new one that somebody else has to agree to."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.ledger import actions, forms, queries
from city.ledger.declare import RuleDraft
from city.ui.press import Press, answer, see

ROWS = 100


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Those that wait for a second person, and all that count, by type."""
    actor, after = actor_of(request), str(request.GET.get("after", ""))
    queries.require_view(actor)
    shown = {"waiting": queries.waiting_rules(), "page": queries.reviewed_rules(after, ROWS), "after": after}
    return render(request, "ledger/rules.html", {**shown, "may": actor.may("ledger.draft_rule")})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Propose a rule."""
    actor, at = actor_of(request), timezone.now()
    actor.require("ledger.draft_rule")

    def page(form: django_forms.Form, code: int) -> HttpResponse:
        return render(request, "ledger/draft.html", {"form": form}, status=code)

    if request.method != "POST":
        return page(forms.Draft(), 200)
    made: list[UUID] = []
    press = Press(
        forms.Draft(request.POST),
        lambda sent: made.append(actions.draft_posting_rule(rule=_rule(sent), actor=actor, at=at)),
        _("Usulan tersimpan. Orang lain harus memeriksanya sebelum berlaku."),
        lambda: see("ledger-rule", made[0]),
    )
    return answer(request, press, page)


def _rule(sent: dict[str, Any]) -> RuleDraft:
    lines = tuple(line for line in str(sent["lines"]).splitlines() if line.strip())
    return RuleDraft(**{**sent, "lines": lines})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, rule: UUID) -> HttpResponse:
    """One rule with its lines; somebody other than who drafted it agrees to it here."""
    actor, at = actor_of(request), timezone.now()
    queries.require_view(actor)
    whole = queries.posting_rule(rule)
    if whole is None:
        raise Refusal("ledger.rule_unknown", _("Aturan jurnal ini tidak ada."), status=404)

    def page(form: django_forms.Form, code: int) -> HttpResponse:
        may = actor.may("ledger.review_rule") and whole.rule.drafted_by != actor.ref
        return render(request, "ledger/rule.html", {"whole": whole, "form": form, "may": may}, status=code)

    if request.method != "POST":
        return page(django_forms.Form(), 200)
    press = Press(
        django_forms.Form(request.POST),
        lambda _sent: actions.review_posting_rule(rule=rule, actor=actor, at=at),
        _("Aturan disetujui dan berlaku sejak hari pertamanya."),
        lambda: see("ledger-rule", rule),
    )
    return answer(request, press, page)
