"""The page behind what billing posted to the ledger."""

from uuid import UUID

from city.billing.models import Bill, Deposit, Receipt, Refund

NOTHING: tuple[str, list[UUID], str] = ("", [], "")


def paper_of(kind: str, source: UUID) -> tuple[str, list[UUID], str]:
    """(name of the page, its arguments, the paper's number) by the ledger's source kind; empty where there is none."""
    if kind == "billing.receipt":
        receipt = Receipt.objects.filter(pk=source).first()
        return ("billing-desk-receipt", [source], receipt.label) if receipt else NOTHING
    if kind == "billing.refund":
        refund = Refund.objects.filter(pk=source).first()
        return ("billing-desk-refunds", [], refund.label) if refund else NOTHING
    if kind == "billing.deposit":
        deposit = Deposit.objects.filter(pk=source).first()
        return ("billing-desk-deposits", [], deposit.label) if deposit else NOTHING
    bill = _bill_behind(kind, source)
    return ("billing-desk-bill", [bill.pk], bill.number) if bill else NOTHING


def _bill_behind(kind: str, source: UUID) -> Bill | None:
    if kind == "billing.bill":
        return Bill.objects.filter(pk=source).first()
    named = {"billing.charge": "charges", "billing.objection": "objections", "billing.applied": "applied"}
    return Bill.objects.filter(**{named[kind]: source}).first()
