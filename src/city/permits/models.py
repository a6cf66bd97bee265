"""Rows of permits: the permit itself, and what was later done to it."""

from datetime import date

from django.db import models
from django.db.models import Q

from city.kernel.ids import new_id
from city.kernel.models import AppendOnly


class State(models.TextChoices):
    """A permit's life after it was issued. What a reader sees also depends on the day: see `standing_of`."""

    ACTIVE = "active"
    SUSPENDED = "suspended"  # dibekukan
    REVOKED = "revoked"  # dicabut
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # diganti izin perubahan
    SURRENDERED = "surrendered"  # diserahkan pemegangnya


STOPPED = (State.SUSPENDED, State.REVOKED, State.SURRENDERED)  # by a decision about it: nothing continues it


class Permit(models.Model):
    """A permit (izin) that the city gave: a signed paper with a code anyone can check.

    `face` holds what its page shows of the holder (name, place), sealed under the holder's key, so that a dump of the
    database names nobody and erasure leaves the number standing alone. `predecessor` is the permit it renews or amends.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="permit")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    code = models.CharField(
        max_length=16, unique=True, help_text="12 letters of kernel.ids: 60 bits, on the paper's QR"
    )
    holder = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="permits")
    face = models.BinaryField()
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="the last day it holds; empty: without end")
    predecessor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    paper = models.OneToOneField("documents.Paper", on_delete=models.PROTECT, related_name="permit")
    renewal_told_at = models.DateTimeField(null=True, help_text="when the holder was told that it can be renewed")
    automatic = models.BooleanField(default=False, help_text="silence granted it: the agency's e-seal, no signature")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="permit_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="permit_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "-issued_at"], name="permit_holder"),
            models.Index(fields=["valid_until"], name="permit_running", condition=Q(state__in=["active", "suspended"])),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day


class PermitAct(AppendOnly):
    """One decision about a permit already given: suspended, reinstated, revoked, surrendered. The newest one holds.

    `reason` is sealed under the holder's key: a reason may say something about her.
    """

    class Verb(models.TextChoices):
        SUSPENDED = "suspended"
        REINSTATED = "reinstated"
        REVOKED = "revoked"
        SURRENDERED = "surrendered"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="acts")
    verb = models.CharField(max_length=12, choices=Verb)
    reason = models.BinaryField()
    article = models.CharField(max_length=160)
    from_day = models.DateField()
    by = models.CharField(max_length=80, help_text="Actor.ref")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["permit", "-at"], name="permit_act")]

    def __str__(self) -> str:
        return f"{self.verb} {self.from_day}"


class RefusedLetter(AppendOnly):
    """A signed refusal, by the code its paper bears: whoever checks the paper learns that it is genuine and no permit.

    It names nobody; the decision itself stays with its case.
    """

    code = models.CharField(max_length=16, unique=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    paper = models.OneToOneField("documents.Paper", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()

    def __str__(self) -> str:
        return self.number
