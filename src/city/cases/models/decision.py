"""The decision on a case, and the numbers that leave no hole."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from city.cases.models.case import Case
from city.kernel.ids import new_id
from city.people.models import Appointment, Person


class Series(models.Model):
    """A counter per kind, purpose ("receipt", "decision") and year; its row is locked while an ordinal is taken."""

    kind = models.CharField(max_length=40)
    purpose = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "purpose", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.purpose} {self.year}: {self.last}"


class Number(models.Model):
    """One ordinal of a series. A number reserved and not used is recorded as void with its reason: no silent hole."""

    class State(models.TextChoices):
        RESERVED = "reserved"
        USED = "used"
        VOID = "void"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="numbers")
    ordinal = models.PositiveIntegerField()
    text = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="numbers")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "ordinal"], name="number_once"),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(reason=""), name="void_number_has_reason"),
        ]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """The decision on a case (keputusan, SK): drafted, initialled in order, signed. One per case.

    `initials` are the parafs so far: [{office, appointment_id, person_id, at}]. `code` is what the paper is verified
    by. `automatic`: granted by silence, under the agency's e-seal and nobody's signature. `named` holds the office in
    whose name the paper was written, on the day that stands on it.
    """

    class Outcome(models.TextChoices):
        GRANT = "grant", _("Dikabulkan")
        REFUSE = "refuse", _("Ditolak")

    class State(models.TextChoices):
        DRAFTED = "drafted"
        INITIALLED = "initialled"
        SIGNED = "signed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=6, choices=Outcome)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    drafter = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    initials = models.JSONField(default=list)
    refusal_code = models.CharField(max_length=20, blank=True)
    refusal_article = models.CharField(max_length=160, blank=True)
    refusal_text = models.TextField(blank=True)
    returned_reason = models.TextField(blank=True)
    number = models.OneToOneField(Number, null=True, on_delete=models.PROTECT, related_name="decision")
    code = models.CharField(max_length=16, blank=True)
    paper_id = models.UUIDField(null=True, help_text="chosen with the number; a job writes the paper under it")
    named = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    automatic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome="grant") | ~Q(refusal_code=""), name="refusal_has_code"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="decision_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome} {self.state}"
