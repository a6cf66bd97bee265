"""Rows of the outside world as the demo city plays it."""

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
