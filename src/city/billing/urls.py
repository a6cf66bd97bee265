"""A payer's bills, open tariffs, and the treasurer's desk."""

from django.urls import path

from city.billing.views import citizen, desk, desk_verbs, tariffs

urlpatterns = [
    path("bills", citizen.mine, name="billing-mine"),
    path("bills/<uuid:bill_id>", citizen.bill, name="billing-bill"),
    path("bills/<uuid:bill_id>/payment", citizen.payment, name="billing-payment"),
    path("bills/<uuid:bill_id>/inquiry", citizen.inquiry, name="billing-inquiry"),
    path("bills/<uuid:bill_id>/objection", citizen.objection, name="billing-objection"),
    path("bills/<uuid:bill_id>/instalments", citizen.instalments, name="billing-instalments"),
    path("bills/<uuid:bill_id>/receipts/<uuid:receipt_id>", citizen.receipt, name="billing-receipt"),
    path("bills/<uuid:bill_id>/held/<uuid:held_id>/refund", citizen.refund, name="billing-refund"),
    path("tariffs", tariffs.tariffs, name="billing-tariffs"),
    path("tariffs/<slug:code>/calculation", tariffs.calculation, name="billing-calculation"),
    path("simral/treasury", desk.bills, name="billing-desk"),
    path("simral/treasury/bills/<uuid:bill_id>", desk.bill, name="billing-desk-bill"),
    path("simral/treasury/bills/<uuid:bill_id>/cash", desk_verbs.cash, name="billing-desk-cash"),
    path("simral/treasury/bills/<uuid:bill_id>/cancellation", desk_verbs.cancellation, name="billing-desk-cancel"),
    path("simral/treasury/objections/<uuid:objection_id>", desk_verbs.ruling, name="billing-desk-ruling"),
    path("simral/treasury/plans/<uuid:plan_id>", desk_verbs.plan, name="billing-desk-plan"),
    path("simral/treasury/receipts", desk.receipts, name="billing-desk-receipts"),
    path("simral/treasury/receipts/<uuid:receipt_id>", desk.receipt, name="billing-desk-receipt"),
    path("simral/treasury/unmatched", desk.unmatched, name="billing-desk-unmatched"),
    path("simral/treasury/unmatched/<uuid:held_id>", desk_verbs.held, name="billing-desk-held"),
    path("simral/treasury/unmatched/<uuid:held_id>/match", desk_verbs.match, name="billing-desk-match"),
    path("simral/treasury/refunds", desk.refunds, name="billing-desk-refunds"),
    path("simral/treasury/refunds/<uuid:refund_id>", desk_verbs.refund, name="billing-desk-refund"),
    path("simral/treasury/deposits", desk_verbs.deposits, name="billing-desk-deposits"),
    path("simral/treasury/reconciliation", desk_verbs.reconciliation, name="billing-desk-reconciliation"),
    path("simral/treasury/ageing", desk.ageing, name="billing-desk-ageing"),
]
