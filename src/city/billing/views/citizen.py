"""A payer's bill: pay, ask again, object, pay in parts, have money back, print a receipt."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from city.billing import actions, queries
from city.billing import forms as shapes
from city.billing.models import Bill
from city.kernel.errors import Refusal
from city.kernel.http import actor_of
from city.kernel.ids import new_id
from city.kernel.paging import page_of
from city.ui.press import Press, answer, see


def own_bill(request: HttpRequest, bill_id: UUID) -> Bill:
    """The bill, for its payer or who acts for her. Refuses (404) everybody else: who keeps the money has her desk."""
    found = queries.bill_for(actor_of(request), bill_id, timezone.now())
    if not queries.acts_on(found, actor_of(request), timezone.now()):
        raise queries.no_such_bill()
    return found


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All her bills, the newest first."""
    hers = queries.bills_for(actor_of(request), timezone.now())
    after = str(request.GET.get("after", ""))
    fields = ("id", "title", "number", "state", "issued_at", "due_on", "amount", "interest", "reduced", "paid")
    page = page_of(hers.values(*fields), by=("-issued_at", "-id"), after=after)
    return render(request, "billing/mine.html", {"page": page, "after": after, "states": dict(Bill.State.choices)})


@login_required
@require_safe
def bill(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """What is due, how it was worked out, how to pay; who keeps the money is led to her desk's page."""
    found, actor = queries.bill_for(actor_of(request), bill_id, timezone.now()), actor_of(request)
    if not queries.acts_on(found, actor, timezone.now()):
        return see("billing-desk-bill", found.pk)
    return render(request, "billing/bill.html", {"page": queries.bill_page(found, timezone.now())})


@login_required
@require_POST
def payment(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """Ask for a QR code or a virtual account; the page then shows it. Pressing again gives the same one."""
    channel, whole = str(request.POST.get("channel", "")), "whole" in request.POST
    try:
        actions.ask_payment(bill_id=bill_id, channel=channel, whole=whole, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
    return see("billing-bill", bill_id, fragment="bayar")


@login_required
@require_POST
def inquiry(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """She has paid and wants it seen: the bank itself is asked."""
    own_bill(request, bill_id)
    try:
        found = actions.inquire(bill_id=bill_id, actor=actor_of(request), at=timezone.now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
        return see("billing-bill", bill_id)
    if found:
        messages.success(request, _("Pembayaran Anda sudah kami terima."))
    else:
        messages.info(request, _("Bank belum mencatat pembayaran baru. Bila baru saja membayar, coba lagi sebentar."))
    return see("billing-bill", bill_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """Say what is wrong with one press; the bill's page then tells until when it is answered."""
    found, actor = own_bill(request, bill_id), actor_of(request)

    def page(form: forms.Form, status: int) -> HttpResponse:
        shown = {"page": queries.bill_page(found, timezone.now()), "form": form}
        return render(request, "billing/objection.html", shown, status=status)

    form = shapes.Object(request.POST or None)
    if request.method != "POST":
        return page(shapes.Object(), 200)
    press = Press(
        form,
        lambda sent: actions.object_to(
            bill_id=found.pk, reason=form.words, claimed=sent["claimed"] or 0, actor=actor, at=timezone.now()
        ),
        _("Keberatan Anda terkirim. Tanggal jawabannya ada di halaman ini."),
        lambda: see("billing-bill", found.pk, fragment="keberatan"),
    )
    return answer(request, press, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def instalments(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """Ask to pay in parts; what each part would be stands on the page before asking."""
    found, actor = own_bill(request, bill_id), actor_of(request)
    most = queries.most_instalments(found.issued_on)

    def page(form: forms.Form, status: int) -> HttpResponse:
        shown = {"page": queries.bill_page(found, timezone.now()), "form": form, "most": most}
        return render(request, "billing/instalments.html", shown, status=status)

    if request.method != "POST":
        return page(shapes.Split(initial={"count": 3}), 200)
    press = Press(
        shapes.Split(request.POST),
        lambda sent: actions.ask_instalments(bill_id=found.pk, **sent, actor=actor, at=timezone.now()),
        _("Permintaan angsuran terkirim. Jawabannya tampil di halaman ini."),
        lambda: see("billing-bill", found.pk, fragment="angsuran"),
    )
    return answer(request, press, page)


@login_required
@require_safe
def receipt(request: HttpRequest, bill_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Proof of one payment, to print."""
    found = queries.bill_for(actor_of(request), bill_id, timezone.now())
    shown = {"page": queries.bill_page(found, timezone.now()), "receipt": queries.receipt_of(found, receipt_id)}
    return render(request, "billing/receipt.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, bill_id: UUID, held_id: UUID) -> HttpResponse:
    """Where her money shall go back to."""
    found, actor = own_bill(request, bill_id), actor_of(request)
    queries.require_payer_herself(found, actor, timezone.now())
    held = queries.held_of(found, held_id)

    def page(form: forms.Form, status: int) -> HttpResponse:
        shown = {"bill": found, "held": held, "form": form, "back": "billing-bill"}
        return render(request, "billing/refund.html", shown, status=status)

    if request.method != "POST":
        return page(shapes.GiveBack(initial={"refund_id": new_id(), "name": queries.payer_name(found)}), 200)
    press = Press(
        shapes.GiveBack(request.POST),
        lambda sent: actions.ask_refund(
            held_id=held.pk, to=actions.Destination(**sent), actor=actor, at=timezone.now()
        ),
        _("Permintaan pengembalian terkirim. Petugas lain memeriksanya sebelum uang dikirim."),
        lambda: see("billing-bill", found.pk, fragment="titipan"),
    )
    return answer(request, press, page)
