"""What the bank says happened on the city's account, day by day, as it was read."""

from django.db import models

from city.kernel.ids import new_id
from city.kernel.models import AppendOnly


class BankDay(AppendOnly):
    """One statement file. A corrected file of the same day is another row; the newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.CharField(max_length=40)
    day = models.DateField()
    opening = models.BigIntegerField()
    closing = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    read_by = models.CharField(max_length=80)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-day", "-read_at"], name="bankday_newest")]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"


class BankLine(AppendOnly):
    """One movement in a statement; negative is money out."""

    bank_day = models.ForeignKey(BankDay, on_delete=models.PROTECT, related_name="lines")
    bank_reference = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    reference = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField()
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank_day", "bank_reference"], name="bankline_once_a_file"),
        ]
        indexes = [models.Index(fields=["bank_reference"], name="bankline_reference")]

    def __str__(self) -> str:
        return f"{self.bank_reference} {self.amount}"
