"""Rows of the outside world: what the demo city plays of it, and what it told us."""

from django.db import models
from django.db.models.functions import Now

from city.kernel.ids import new_id


class SimulatedMessage(models.Model):
    """A message the demo city pretended to send, kept to be read on the demo page. Written in demo mode alone.

    `reference` is the sender's own name for the message: a second message of the same name is not a new one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=12)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    kind = models.CharField(max_length=20, help_text='"code" for a one-time code, "notice" for the rest')
    language = models.CharField(max_length=2)
    reference = models.CharField(max_length=80, unique=True, null=True, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="simulated_newest")]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.at}"


class BankCall(models.Model):
    """One call of the bank that was believed and answered: the book by which a second one is known.

    SNAP asks that an `external_id` be used once a day; a signature is met once at all, whatever id it comes with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField()
    external_id = models.CharField(max_length=36)
    signature = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what the bank signed with")
    service = models.CharField(max_length=2, help_text="SNAP's service code: 52 QRIS, 25 virtual account")
    reference = models.CharField(max_length=80, blank=True, help_text="of our order; empty where it tells of no money")
    at = models.DateTimeField(db_default=Now())

    append_only = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "external_id"], name="bankcall_once_a_day")]

    def __str__(self) -> str:
        return f"{self.service} {self.external_id}"


class SimulatedHandOver(models.Model):
    """What the demo city pretended to hand to a national system that issues, kept to be read back. Demo mode alone."""

    system = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    receipt = models.CharField(max_length=60)
    order = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "reference"], name="handed_over_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.reference}"
