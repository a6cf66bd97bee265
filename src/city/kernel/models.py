"""Rows of the ground: events and their delivery, seals, holidays, keys of subjects."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from city.kernel.ids import new_id


class AppendOnly(models.Model):
    """Rows that are only ever added: the app's role gets no UPDATE or DELETE, and a trigger refuses everybody."""

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True


class EventRecord(AppendOnly):
    """One fact, kept for ever: audit trail, citizen's timeline, webhook feed and dashboards are this one table.

    `data` holds ids, codes, dates and numbers, never a name, NIK or answer; the person behind an id is found in
    people, under a key that can be destroyed. `actor` is an Actor.ref.
    """

    uid = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    data = models.JSONField()
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "id"], name="event_name"),
            models.Index(fields=["actor", "-id"], name="event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name} {self.subject_kind}:{self.subject_id}"


class Delivery(models.Model):
    """One event on its way to one listener. Parked: tried eight times; it holds back only its own stream."""

    class State(models.TextChoices):
        PENDING = "pending"
        PARKED = "parked"
        DONE = "done"

    listener = models.CharField(max_length=120)
    event = models.ForeignKey(EventRecord, on_delete=models.PROTECT, related_name="deliveries")
    stream = models.UUIDField(help_text="the event's subject: order is kept within it")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "event"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["listener", "stream", "event"],
                name="delivery_open",
                condition=~models.Q(state="done"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.listener} <- {self.event_id} {self.state}"


class Seal(AppendOnly):
    """A link of a hash chain over committed rows: which rows, their hash together with the seal before."""

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    row_ids = models.JSONField(help_text="ids in the order hashed; ranges as [from, to]")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="seal_gapless")]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.hash[:12]}"


class Holiday(models.Model):
    """A weekday without office hours: national holidays and collective leave (SKB of three ministers, yearly)."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False, help_text="false: an estimate, shown as unconfirmed")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class SubjectKey(models.Model):
    """The key under which one person's answers and NIK are kept, wrapped by the master key that is not in the database.

    Left out of the data archive: it travels in the key archive alone. Destroying it is erasure (UU 27/2022).
    """

    subject_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.subject_id)


class ErasedSubject(AppendOnly):
    """A subject whose key was destroyed; restoring an old archive destroys it again."""

    subject_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.subject_id)
