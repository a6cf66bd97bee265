"""Posting rules: which accounts a document of a type moves, as dated data that two people looked at."""

from django.db import models
from django.db.models import F, Q

from city.kernel.ids import new_id
from city.kernel.models import AppendOnly
from city.ledger.models.owned import OwnerWritten


class PostingRule(OwnerWritten):
    """What a document of this type and variant posts, from one day to another.

    It counts once somebody other than its drafter reviewed it. `audit`: for period 13 alone. Rows are never changed
    after the review; a newer rule begins on its own day, or one that ends gets its last day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type = models.CharField(max_length=20)
    variant = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    audit = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by="") | ~Q(reviewed_by=F("drafted_by")), name="rule_reviewed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="rule_days_in_order"
            ),
            models.UniqueConstraint(
                fields=["type", "variant", "valid_from"], condition=~Q(reviewed_by=""), name="rule_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.variant} {self.valid_from}"


class RuleLine(OwnerWritten, AppendOnly):
    """One debit or credit of a rule: of the document's own entity or of the treasury (BUD), in one book.

    The account is fixed, or named by the document under `placeholder` and must then begin with `prefix`
    (several are kept apart by "|"; none: any account of the book).
    """

    class Role(models.TextChoices):
        ENTITY = "entity"
        TREASURY = "treasury"

    class Side(models.TextChoices):
        DEBIT = "D"
        CREDIT = "K"

    rule = models.ForeignKey(PostingRule, on_delete=models.PROTECT, related_name="lines", db_index=False)
    no = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=8, choices=Role)
    book = models.CharField(max_length=9)
    side = models.CharField(max_length=1, choices=Side)
    amount = models.CharField(max_length=40)
    account = models.CharField(max_length=24, blank=True)
    placeholder = models.CharField(max_length=40, blank=True)
    prefix = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "no"], name="rule_line_once"),
            models.CheckConstraint(
                condition=Q(account="") ^ Q(placeholder=""), name="rule_line_names_its_account_one_way"
            ),
            models.CheckConstraint(condition=Q(side__in=["D", "K"]), name="rule_line_side"),
            models.CheckConstraint(condition=Q(role__in=["entity", "treasury"]), name="rule_line_role"),
            models.CheckConstraint(condition=Q(book__in=["anggaran", "lra", "finansial"]), name="rule_line_book"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.account or self.placeholder} {self.amount}"
