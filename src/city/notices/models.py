"""Rows of the inbox and of what leaves the city beside it."""

from django.db import models

from city.kernel.ids import new_id


class Channel(models.TextChoices):
    """How a notice reaches a person beside her inbox."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class Notice(models.Model):
    """One thing a person was told. `code` names its words on the shelf; `facts` are ids, codes and dates, no names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=300, help_text="a page of this city, from / on")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_inbox"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(link__startswith="/"), name="notice_link_is_ours"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"


class Dispatch(models.Model):
    """One notice on its way out by one channel. The address is looked up when it leaves, never kept here."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=12, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="dispatch_once_per_channel")]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="dispatch_failed", condition=models.Q(state="failed"))
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"
