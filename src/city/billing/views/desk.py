"""The treasurer's desk: lists. Whoever keeps money, decides on it or audits it may look."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from city.billing import forms as shapes
from city.billing import queries
from city.billing.declare import DECIDE, TREASURY
from city.billing.models import Bill
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.kernel.paging import page_of
from city.kernel.rules import WIB

WHICH = ("open", "late", "objected", "settled", "all")


def looked(request: HttpRequest) -> dict[str, Any]:
    """What every page of the desk shows, after asking whether she may look."""
    queries.require_view(actor_of(request))
    actor = actor_of(request)
    return {"keeps": actor.may(TREASURY), "decides": actor.may(DECIDE), "counts": queries.desk_counts()}


@login_required
@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    shown = looked(request)
    which, after, number = (str(request.GET.get(name, "")) for name in ("which", "after", "q"))
    found = queries.bill_numbered(number) if number else None
    if found is not None:
        return redirect(reverse("billing-desk-bill", args=[found.pk]))
    which = which if which in WHICH else WHICH[0]
    fields = ("id", "number", "title", "state", "issued_at", "due_on", "amount", "interest", "reduced", "paid")
    rows = queries.desk_bills(which, timezone.now().astimezone(WIB).date()).values(*fields)
    shown |= {
        "page": page_of(rows, by=("-issued_at", "-id"), after=after),
        "which": which,
        "after": after,
        "number": number,
        "states": dict(Bill.State.choices),
    }
    return render(request, "billing/desk/bills.html", shown, status=404 if number else 200)


@login_required
@require_safe
def bill(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    shown = looked(request)
    return bill_desk(request, queries.bill_for(actor_of(request), bill_id, timezone.now()), shown)


def bill_desk(
    request: HttpRequest,
    found: Bill,
    shown: dict[str, Any],
    sent: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One bill with everything that can be done to it; `sent` is a form that comes back to be mended."""
    page = queries.bill_page(found, timezone.now())
    fresh: dict[str, forms.Form] = {
        "cash": shapes.Cash(initial={"key": new_id(), "amount": found.outstanding}),
        "cancel": shapes.Cancel(),
        "ruling": shapes.Rule(initial={"new_amount": page.objection.claimed if page.objection else ""}),
        "plan": shapes.Decide(),
    }
    if sent is not None:
        fresh[sent[0]] = sent[1]
    own = found.payer_id == actor_of(request).person_id
    return render(request, "billing/desk/bill.html", {**shown, "page": page, "forms": fresh, "own": own}, status=status)


@login_required
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """All that came; contradictions of the bank on top."""
    shown, after = looked(request), str(request.GET.get("after", ""))
    fields = ("id", "label", "channel", "amount", "on_bill", "paid_on", "received_at", "bank_reference", "payer_name")
    rows = queries.receipts().values(
        *fields, "bill_id", "bill__number", "request__amount", "request__expires_at", "paid_at"
    )
    shown |= {
        "page": page_of(rows, by=("-received_at", "-id"), after=after),
        "after": after,
        "conflicts": [] if after else list(queries.conflicts()[:20]),
    }
    return render(request, "billing/desk/receipts.html", shown)


@login_required
@require_safe
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """One payment and where each rupiah of it is."""
    shown = looked(request)
    return render(request, "billing/desk/receipt.html", {**shown, "spread": queries.spread_of(receipt_id)})


@login_required
@require_safe
def unmatched(request: HttpRequest) -> HttpResponse:
    return unmatched_page(request, looked(request))


def unmatched_page(
    request: HttpRequest, shown: dict[str, Any], sent: tuple[UUID, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """Money on no bill, each with the form that puts it on one."""
    after = str(request.GET.get("after", ""))
    fields = ("id", "reason", "amount", "used", "at", "bill_id", "bill__number", "receipt_id")
    more = ("receipt__label", "receipt__payer_name", "receipt__bank_reference", "receipt__paid_on")
    page = page_of(queries.unmatched().values(*fields, *more), by=("-at", "-id"), after=after, size=20)
    blank = shapes.Match(auto_id=False)
    shown = {**shown, "page": page, "after": after, "sent": sent, "blank": blank, "reasons": queries.held_reasons()}
    return render(request, "billing/desk/unmatched.html", shown, status=status)


@login_required
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    return refunds_page(request, looked(request))


def refunds_page(
    request: HttpRequest, shown: dict[str, Any], sent: tuple[UUID, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """Refunds on their way, with who asked; the account is shown to who decides."""
    shown = {**shown, "rows": queries.refund_rows(whole=shown["decides"]), "sent": sent}
    shown["me"] = actor_of(request).person_id
    return render(request, "billing/desk/refunds.html", shown, status=status)


@login_required
@require_safe
def ageing(request: HttpRequest) -> HttpResponse:
    shown = looked(request)
    day = timezone.now().astimezone(WIB).date()
    return render(request, "billing/desk/ageing.html", {**shown, "ages": queries.ageing(day), "day": day})
