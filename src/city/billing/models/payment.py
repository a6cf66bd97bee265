"""Orders to pay, money that came, where each rupiah of it went, and what is given back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from city.billing.models.bill import Bill
from city.kernel.ids import new_id
from city.kernel.models import AppendOnly


class PaymentRequest(AppendOnly):
    """A QR code or virtual account the bank made for a bill. Money on an old one still counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="requests")
    channel = models.CharField(max_length=10)
    reference = models.CharField(max_length=80)
    code = models.TextField(help_text="the EMV text of a QR code, or the virtual account's number")
    amount = models.BigIntegerField()
    simulated = models.BooleanField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "reference"], name="request_reference_once")]
        indexes = [models.Index(fields=["bill", "-asked_at"], name="request_bill")]

    def __str__(self) -> str:
        return f"{self.channel} {self.reference}"


class Receipt(AppendOnly):
    """Money that came, once for each reference of the bank; cash at the counter has a TBP number instead.

    `label` is the number of its ledger document. `request` is the order it was paid on, if we know one.
    """

    class Channel(models.TextChoices):
        QRIS = "qris", "QRIS"
        VA = "va", _("Virtual account")
        TRANSFER = "transfer", _("Transfer")
        CASH = "cash", _("Tunai di loket")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bank_reference = models.CharField(max_length=80, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    reference = models.CharField(max_length=80, blank=True)
    request = models.ForeignKey(PaymentRequest, null=True, on_delete=models.PROTECT, related_name="receipts")
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="receipts")
    amount = models.BigIntegerField()
    on_bill = models.BigIntegerField(help_text="what of it went on the bill when it came; the rest was held")
    payer_name = models.CharField(max_length=160, blank=True)
    entity = models.CharField(max_length=20, help_text="whose books hold it")
    label = models.CharField(max_length=80)
    paid_at = models.DateTimeField()
    paid_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, on_bill__gte=0, on_bill__lte=F("amount")), name="receipt_amount"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="receipt_newest"),
            models.Index(fields=["paid_on"], name="receipt_day"),
            models.Index(fields=["bill"], name="receipt_bill"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_reference} {self.amount}"


class ReceiptConflict(AppendOnly):
    """The bank told a known payment again with another sum or order. The first telling stands; this is looked into."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="conflicts")
    channel = models.CharField(max_length=10)
    reference = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "channel", "reference", "amount"], name="conflict_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.amount}"


class Held(models.Model):
    """Money that came and is on no bill: the city owes it to somebody, until it is put on a bill or given back.

    `used` is what was put on bills or is asked back; `left` can still be used.
    """

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", _("Tidak ada tagihan dengan rujukan itu")
        OVERPAID = "overpaid", _("Lebih dari tagihan")
        PAID_TWICE = "paid_twice", _("Tagihan sudah lunas")
        CANCELLED = "cancelled_bill", _("Tagihan sudah dibatalkan")
        REDUCED = "reduced", _("Tagihan dikurangi setelah dibayar")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="held")
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="held")
    entity = models.CharField(max_length=20)
    reason = models.CharField(max_length=14, choices=Reason)
    amount = models.BigIntegerField()
    used = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, used__gte=0, used__lte=F("amount")), name="held_amount"),
        ]
        indexes = [models.Index(fields=["-at"], name="held_open", condition=Q(used__lt=F("amount")))]

    def __str__(self) -> str:
        return f"{self.reason} {self.amount}"

    @property
    def left(self) -> int:
        return self.amount - self.used


class Applied(AppendOnly):
    """Money put on a bill (positive), or taken off it again when the bill was lowered (negative)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="applied")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="applied")
    held = models.ForeignKey(Held, null=True, on_delete=models.PROTECT, related_name="applied")
    amount = models.BigIntegerField()
    value_on = models.DateField(help_text="the day from which it counts against interest")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="applied_is_something")]
        indexes = [models.Index(fields=["bill", "value_on"], name="applied_bill")]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.amount}"


class Refund(models.Model):
    """Pengembalian kelebihan pembayaran: asked, approved by somebody else, sent by the bank, seen on its statement.

    The account is sealed under the payer's key. `approved_by` is never who asked.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu persetujuan")
        APPROVED = "approved", _("Disetujui, akan dikirim")
        SENT = "sent", _("Dikirim ke bank")
        CONFIRMED = "confirmed", _("Sudah diterima kembali")
        REFUSED = "refused", _("Ditolak")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    held = models.ForeignKey(Held, on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=400)
    to_bank = models.CharField(max_length=60)
    to_account = models.BinaryField()
    to_name = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, blank=True)
    bank_reference = models.CharField(max_length=80, blank=True)
    label = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    returned_on = models.DateField(null=True, help_text="the money is on the city's account again since; then refused")
    return_reference = models.CharField(max_length=80, db_default="", blank=True)
    trouble = models.CharField(max_length=400, blank=True, help_text="why the bank did not take it, last time")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="refund_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "refused", "approved"], sent_at=None, returned_on=None)
                | (Q(state__in=["sent", "confirmed"], returned_on=None) | Q(state="refused", returned_on__isnull=False))
                & Q(sent_at__isnull=False, decided_by__isnull=False)
                & ~Q(bank_reference=""),
                name="refund_sent_when",
            ),
            models.UniqueConstraint(
                fields=["bank_reference"], condition=~Q(bank_reference=""), name="refund_reference_once"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="refund_open", condition=~Q(state="confirmed"))]

    def __str__(self) -> str:
        return f"{self.amount} {self.state}"


class Deposit(AppendOnly):
    """Surat Tanda Setoran (STS): cash of the counter brought to the city's account.

    `receipt`: what the bank's statement told of it before it was noted, kept as money nobody knew; it is this cash.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    label = models.CharField(max_length=80)
    bank_reference = models.CharField(max_length=80, unique=True, help_text="on the bank's slip")
    receipt = models.OneToOneField(Receipt, null=True, on_delete=models.PROTECT, related_name="deposit")
    deposited_on = models.DateField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="deposit_amount")]
        indexes = [models.Index(fields=["-at"], name="deposit_newest")]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"


class DepositLine(AppendOnly):
    """One receipt of cash in a deposit; each is deposited once."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="lines")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="deposit_line")

    def __str__(self) -> str:
        return f"{self.deposit_id} {self.receipt_id}"
