"""What the treasury does: takes cash, puts money on bills, decides, deposits, reads the bank's day."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from city.billing import actions, queries
from city.billing import forms as shapes
from city.billing.declare import DECIDE, TREASURY
from city.billing.models import Bill
from city.billing.views import desk
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.kernel.rules import WIB
from city.ui.press import Press, answer, see


def _told(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


def _on_bill(request: HttpRequest, found: Bill, name: str, press: Press) -> HttpResponse:
    shown = desk.looked(request)
    return answer(request, press, lambda form, code: desk.bill_desk(request, found, shown, (name, form), code))


def _bill(request: HttpRequest, bill_id: UUID, permission: str) -> Bill:
    actor_of(request).require(permission)
    return queries.bill_for(actor_of(request), bill_id, timezone.now())


@login_required
@require_POST
def cash(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    found, told = _bill(request, bill_id, TREASURY), _told(request)
    press = Press(
        shapes.Cash(request.POST),
        lambda sent: actions.receive_cash(bill_id=bill_id, **sent, **told),
        _("Uang tunai diterima. Cetak bukti bayarnya dari daftar pembayaran."),
        lambda: see("billing-desk-bill", bill_id, fragment="bayar"),
    )
    return _on_bill(request, found, "cash", press)


@login_required
@require_POST
def cancellation(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    found, told = _bill(request, bill_id, DECIDE), _told(request)
    press = Press(
        shapes.Cancel(request.POST),
        lambda sent: actions.cancel(bill_id=bill_id, reason=sent["reason"], **told),
        _("Tagihan dibatalkan."),
        lambda: see("billing-desk-bill", bill_id),
    )
    return _on_bill(request, found, "cancel", press)


@login_required
@require_POST
def ruling(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    actor_of(request).require(DECIDE)
    row, told = queries.objection(objection_id), _told(request)
    press = Press(
        shapes.Rule(request.POST),
        lambda sent: actions.decide_objection(objection_id=row.pk, ruling=actions.Ruling(**sent), **told),
        _("Keputusan keberatan tercatat."),
        lambda: see("billing-desk-bill", row.bill_id),
    )
    return _on_bill(request, row.bill, "ruling", press)


@login_required
@require_POST
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    actor_of(request).require(DECIDE)
    row, told = queries.plan(plan_id), _told(request)
    press = Press(
        shapes.Decide(request.POST),
        lambda sent: actions.agree_instalments(plan_id=row.pk, answer=_yes(sent), **told),
        _("Jawaban atas permintaan angsuran tercatat."),
        lambda: see("billing-desk-bill", row.bill_id),
    )
    return _on_bill(request, row.bill, "plan", press)


def _yes(sent: dict[str, Any]) -> actions.Answer:
    return actions.Answer(sent["yes"] == "yes", sent["words"])


@login_required
@require_POST
def match(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """Held money goes on the bill of this number."""
    actor_of(request).require(TREASURY)
    shown, told = desk.looked(request), _told(request)
    form = shapes.Match(request.POST, auto_id=False)

    def act(sent: dict[str, Any]) -> object:
        found = queries.bill_numbered(sent["number"])
        if found is None:
            raise queries.no_such_number(sent["number"])
        return actions.match_receipt(held_id=held_id, bill_id=found.pk, **told)

    press = Press(form, act, _("Uang dimasukkan ke tagihan itu."), lambda: see("billing-desk-unmatched"))
    return answer(request, press, lambda sent, code: desk.unmatched_page(request, shown, (held_id, sent), code))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """The treasurer asks money back for whoever paid it; somebody else approves."""
    actor_of(request).require(TREASURY)
    desk.looked(request)
    row, told = queries.held(held_id), _told(request)

    def page(form: forms.Form, code: int) -> HttpResponse:
        shown = {"bill": row.bill, "held": row, "form": form, "back": "billing-desk-unmatched"}
        return render(request, "billing/refund.html", shown, status=code)

    if request.method != "POST":
        return page(shapes.GiveBack(initial={"refund_id": new_id(), "name": row.receipt.payer_name}), 200)
    press = Press(
        shapes.GiveBack(request.POST),
        lambda sent: actions.ask_refund(held_id=row.pk, to=actions.Destination(**sent), **told),
        _("Permintaan pengembalian tercatat. Rekan yang berwenang menyetujuinya."),
        lambda: see("billing-desk-refunds"),
    )
    return answer(request, press, page)


@login_required
@require_POST
def refund(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    actor_of(request).require(DECIDE)
    shown, told = desk.looked(request), _told(request)
    press = Press(
        shapes.Decide(request.POST, auto_id=False),
        lambda sent: actions.decide_refund(refund_id=refund_id, answer=_yes(sent), **told),
        _("Jawaban tercatat. Yang disetujui dikirim ke bank sebentar lagi."),
        lambda: see("billing-desk-refunds"),
    )
    return answer(request, press, lambda form, code: desk.refunds_page(request, shown, (refund_id, form), code))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deposits(request: HttpRequest) -> HttpResponse:
    """Cash in the tills, and what was brought to the bank."""
    shown, told = desk.looked(request), _told(request)

    def page(form: forms.Form | None, code: int) -> HttpResponse:
        rows = {"cash": queries.cash_by_agency(), "deposits": queries.last_deposits(), "sent": form}
        return render(request, "billing/desk/deposits.html", {**shown, **rows}, status=code)

    if request.method != "POST":
        return page(None, 200)
    press = Press(
        shapes.Slip(request.POST),
        lambda sent: actions.deposit(**sent, **told),
        _("Setoran tercatat (STS)."),
        lambda: see("billing-desk-deposits"),
    )
    return answer(request, press, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Read the bank's day from a file, or from the bank itself, and list what differs."""
    shown, told = desk.looked(request), _told(request)
    day = queries.day_in(str(request.GET.get("day", "")), told["at"].astimezone(WIB).date())

    def page(form: forms.Form, code: int) -> HttpResponse:
        found = {"form": form, "day": day, "result": queries.reconciliation_of(day), "days": queries.bank_days()}
        return render(request, "billing/desk/reconciliation.html", {**shown, **found}, status=code)

    if request.method != "POST":
        return page(shapes.StatementFile(initial={"day": day.isoformat()}), 200)
    form = shapes.StatementFile(request.POST, request.FILES)

    def act(sent: dict[str, Any]) -> object:
        file = sent["statement"]
        data = file.read() if file else actions.fetch_statement(day=sent["day"], actor=told["actor"])
        return actions.reconcile(day=sent["day"], statement=data, **told)

    def then() -> HttpResponse:
        return see_day(form.cleaned_data["day"].isoformat())

    return answer(request, Press(form, act, _("Mutasi terbaca. Lihat hasilnya di bawah."), then), page)


def see_day(day: str) -> HttpResponse:
    there = see("billing-desk-reconciliation")
    there["Location"] += f"?day={day}"
    return there
