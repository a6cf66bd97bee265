"""The chart of accounts."""

from django.db import models
from django.db.models import F, Q

from city.ledger.models.owned import OwnerWritten


class Account(OwnerWritten):
    """An account of the regional chart (Permendagri 90/2019, Kepmendagri 900.1.15.5-1317/2023), with its days.

    Only level 6 takes postings, and its class says in which book: 1, 2, 3.1.01, 3.1.03, 7, 8 financial; 3.1.02, 4, 5,
    6 LRA and budget. `confirmed` is false while nobody has laid the row beside the decree.
    """

    code = models.CharField(primary_key=True, max_length=24, db_collation="C")
    name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-8](\.[0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?)?$"),
                name="account_code_form",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="account_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
