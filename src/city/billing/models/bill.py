"""Rates by day, and the bill (SKRD) with what changes its sum: interest (STRD), instalments, objection, correction."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from city.billing.rules.bills import Figures
from city.billing.rules.fees import Line, line_from
from city.kernel.ids import new_id
from city.kernel.models import AppendOnly


class Tariff(AppendOnly):
    """A rate from a day on, with the article that sets it; a new figure is a new row, so that old bills recompute."""

    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    unit = models.CharField(max_length=20, blank=True)
    from_day = models.DateField()
    article = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    decreed = models.BooleanField(default=False, help_text='false: shown as "contoh, belum ditetapkan"')

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "from_day"], name="tariff_one_a_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.value} {self.from_day}"


class Bills(models.QuerySet["Bill"]):
    def open(self) -> "Bills":
        """Those on which something is still owed."""
        return self.filter(state__in=[Bill.State.OPEN, Bill.State.PARTLY_PAID])


class Bill(models.Model):
    """Surat Ketetapan Retribusi Daerah (SKRD): what somebody owes the city, worked out from dated rates.

    `amount` is the principal as assessed, `interest` what was charged for paying late, `reduced` what corrections took
    off the principal, `paid` what payments brought in. `subject_*` names what it is for; billing does not look there.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Belum dibayar")
        PARTLY_PAID = "partly_paid", _("Dibayar sebagian")
        SETTLED = "settled", _("Lunas")
        CANCELLED = "cancelled", _("Dibatalkan")

    class Payer(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=80, unique=True)
    document = models.UUIDField(help_text="the ledger's document of its assessment")
    agency = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    formula = models.CharField(max_length=40)
    factors = models.JSONField(help_text="as the formula was told")
    lines = models.JSONField(help_text="each factor with its value and article, as on the day of assessment")
    calculation = models.CharField(max_length=400)
    payer_kind = models.CharField(max_length=12, choices=Payer, default=Payer.PERSON)
    payer_id = models.UUIDField()
    mandate_id = models.UUIDField(null=True, help_text="the mandate it was filed under: its holder sees and pays it")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    amount = models.BigIntegerField()
    interest = models.BigIntegerField(default=0)
    reduced = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    state = models.CharField(max_length=11, choices=State, default=State.OPEN)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80, db_default="", help_text="Actor.ref: whoever assessed decides nothing")
    issued_on = models.DateField()
    due_on = models.DateField(help_text="the last day for what is due next: all of it, or an instalment")
    settled_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Bills.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, interest__gte=0, reduced__gte=0, paid__gte=0, reduced__lte=F("amount")),
                name="bill_figures",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", paid=0, interest=0, reduced=F("amount"))
                | Q(state="settled", paid=F("amount") + F("interest") - F("reduced"))
                | Q(state="open", paid=0, amount__gt=F("reduced") - F("interest"))
                | Q(state="partly_paid", paid__gt=0, paid__lt=F("amount") + F("interest") - F("reduced")),
                name="bill_state_is_its_figures",
            ),
            models.CheckConstraint(condition=Q(state="cancelled") ^ Q(cancelled_at=None), name="bill_cancelled_when"),
            models.CheckConstraint(condition=Q(state="settled") ^ Q(settled_at=None), name="bill_settled_when"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=~Q(state="cancelled"), name="bill_one_a_subject"
            ),
        ]
        indexes = [
            models.Index(fields=["payer_id", "-issued_at"], name="bill_payer"),
            models.Index(fields=["agency", "-issued_at", "-id"], name="bill_agency"),
            models.Index(fields=["due_on"], name="bill_due", condition=Q(state__in=["open", "partly_paid"])),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    @property
    def figures(self) -> Figures:
        return Figures(self.amount, self.interest, self.reduced, self.paid)

    @property
    def due(self) -> int:
        return self.figures.due

    @property
    def outstanding(self) -> int:
        return self.figures.outstanding

    @property
    def principal(self) -> int:
        """What is owed without interest."""
        return self.amount - self.reduced

    @property
    def takes_money(self) -> bool:
        return self.state in (self.State.OPEN, self.State.PARTLY_PAID)

    @property
    def explained(self) -> list[Line]:
        return [line_from(line) for line in self.lines]

    def is_overdue(self, day: date) -> bool:
        return self.takes_money and day > self.due_on


class InterestCharge(AppendOnly):
    """Surat Tagihan Retribusi Daerah (STRD): interest charged up to a day; negative where a payment proved earlier."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="charges")
    amount = models.BigIntegerField()
    until = models.DateField()
    months = models.PositiveSmallIntegerField(help_text="months begun by then, on its oldest part")
    label = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="interest_is_something")]

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"


class InstalmentPlan(models.Model):
    """Angsuran: asked by the payer, agreed or refused by the office. One is open for a bill at a time."""

    class State(models.TextChoices):
        ASKED = "asked", _("Menunggu jawaban")
        AGREED = "agreed", _("Disetujui")
        REFUSED = "refused", _("Ditolak")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="plans")
    count = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=1000)
    already = models.BigIntegerField(default=0, help_text="principal that was paid before it was agreed")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80, db_default="", help_text="Actor.ref: whoever asked does not answer")
    answer = models.CharField(max_length=1000, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill"], condition=~Q(state="refused"), name="plan_one_a_bill"),
            models.CheckConstraint(condition=Q(count__gte=2), name="plan_has_parts"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | ~Q(state="asked") & Q(decided_at__isnull=False),
                name="plan_decided_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.count}x {self.state}"


class Instalment(AppendOnly):
    """One part of an agreed plan; parts add up to the principal that was unpaid when it was agreed."""

    plan = models.ForeignKey(InstalmentPlan, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="instalment_position"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.amount} {self.due_on}"


class Objection(models.Model):
    """Keberatan: the payer says what is wrong and what the sum ought to be. Silence of the office grants it."""

    class State(models.TextChoices):
        FILED = "filed", _("Menunggu keputusan")
        GRANTED = "granted", _("Dikabulkan")
        PARTLY = "partly", _("Dikabulkan sebagian")
        REFUSED = "refused", _("Ditolak")
        DEEMED_GRANTED = "deemed_granted", _("Dikabulkan karena lewat waktu")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="objections")
    reason = models.CharField(max_length=2000)
    claimed = models.BigIntegerField(help_text="what the payer says is right; 0: nothing at all")
    state = models.CharField(max_length=14, choices=State, default=State.FILED)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=80, db_default="", help_text="Actor.ref: whoever filed does not decide")
    decide_by = models.DateField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    new_amount = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill"], name="objection_once"),
            models.CheckConstraint(condition=Q(claimed__gte=0), name="objection_claim"),
            models.CheckConstraint(
                condition=Q(state="filed", decided_at=None) | ~Q(state="filed") & Q(decided_at__isnull=False),
                name="objection_decided_when",
            ),
        ]
        indexes = [models.Index(fields=["decide_by"], name="objection_waits", condition=Q(state="filed"))]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.state}"
