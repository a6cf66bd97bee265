"""The books: documents, their entries and lines, the months' balances, and what numbers and seals need."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from city.kernel.ids import new_id
from city.kernel.models import AppendOnly
from city.ledger.models.chart import Account
from city.ledger.models.owned import OwnerWritten, TransactionId
from city.ledger.models.posting_rules import PostingRule


class Book(models.TextChoices):
    """Three books that never mix (Permendagri 64/2013): what was planned, what came and went in cash, what is owned."""

    BUDGET = "anggaran", _("Anggaran")
    LRA = "lra", _("Realisasi anggaran")
    FINANCIAL = "finansial", _("Finansial")


class Entity(OwnerWritten):
    """Who keeps books: an agency (SKPD) by its code, or the treasury (PPKD, the BUD's). Opened by its first posting."""

    code = models.CharField(primary_key=True, max_length=20, db_collation="C")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Setting(OwnerWritten):
    """What the posting function must know of this city: how many days `at` may differ from the database's clock."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class Closing(OwnerWritten, AppendOnly):
    """A month that takes no more postings, nor does any before it. 13 closes the audit's adjustments of a year."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    closed_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="closing_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 13)), name="closing_month"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


class Series(OwnerWritten):
    """A counter per entity, document type and year; locked while a number is taken: a rollback leaves no hole."""

    entity = models.CharField(max_length=20, db_collation="C")
    type = models.CharField(max_length=20, db_collation="C")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    last_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "type", "year"], name="ledger_series_once")]

    def __str__(self) -> str:
        return f"{self.type}/{self.entity}/{self.year}: {self.last}"


class Document(OwnerWritten, AppendOnly):
    """The accounting document behind entries (SKRD, TBP, STS …), numbered without gaps per entity, type and year.

    `source_kind` and `source` name the paper it stands for ("billing.bill"). `value_date` is when it counted outside,
    `posted_on` the day it came into the books. `told` keeps the amounts (sen) and accounts as the caller named them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type = models.CharField(max_length=20, db_collation="C")
    variant = models.CharField(max_length=30, blank=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, db_column="entity", db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=80, unique=True)
    source_kind = models.CharField(max_length=40)
    source = models.UUIDField()
    part = models.CharField(max_length=40, blank=True)
    value_date = models.DateField()
    posted_on = models.DateField()
    description = models.CharField(max_length=300)
    told = models.JSONField()
    rule = models.ForeignKey(PostingRule, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    xid = TransactionId(editable=False, db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "type", "year", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["source_kind", "source", "type", "part"], name="document_source_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_counts_from_one"),
        ]

    def __str__(self) -> str:
        return self.label


class Entry(OwnerWritten, AppendOnly):
    """A document's journal in one book of one entity. `month` is 1 to 12, or 13 for the audit's adjustments.

    `booked_on` is the value date while its month is open, else the posting date.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="entries", db_index=False)
    entity = models.CharField(max_length=20, db_collation="C")
    book = models.CharField(max_length=9, choices=Book, db_collation="C")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    booked_on = models.DateField()
    xid = TransactionId(editable=False, db_default=models.Func(function="pg_current_xact_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "entity", "book"], name="entry_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 13)), name="entry_month"),
            models.CheckConstraint(condition=Q(book__in=["anggaran", "lra", "finansial"]), name="entry_book"),
        ]
        indexes = [models.Index(fields=["entity", "id"], name="entry_entity")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.entity} {self.book}"


class Line(OwnerWritten, AppendOnly):
    """One debit or credit in sen. `counterpart`: whose mirror account it is (1.1.13 RK SKPD), else empty."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines", db_index=False)
    no = models.PositiveSmallIntegerField()
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_column="account", db_index=False, related_name="+"
    )
    entity = models.CharField(max_length=20, db_collation="C")
    book = models.CharField(max_length=9, choices=Book, db_collation="C")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    booked_on = models.DateField()
    counterpart = models.CharField(max_length=20, blank=True, db_collation="C")
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "no"], name="line_once"),
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0), name="line_on_one_side"
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "book", "account", "booked_on", "id"], name="line_card"),
            BrinIndex(fields=["booked_on"], name="line_days"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} D{self.debit} K{self.credit}"


class Balance(OwnerWritten):
    """What moved on an account in a month: kept by the trigger on lines, compared with them by `city verify`.

    The treasury's accounts are touched by every receipt of the city: theirs is kept in 16 rows, one by who writes
    (`slot`), so that receipts do not stand in line for one row until each other's commit. A reader sums them.
    """

    id = models.BigAutoField(primary_key=True)
    entity = models.CharField(max_length=20, db_collation="C")
    book = models.CharField(max_length=9, db_collation="C")
    account = models.CharField(max_length=24, db_collation="C")
    counterpart = models.CharField(max_length=20, blank=True, db_collation="C")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField(default=0)
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "book", "account", "counterpart", "year", "month", "slot"], name="balance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.book} {self.account} {self.year}-{self.month:02d}"


class Unsealed(models.Model):
    """An entry that waits for the sealer. The posting function puts it here, the sealer takes it away."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)
