"""Rows of a process: the file it follows, where it stands, the tasks it opened, the times it waits for."""

from django.db import models
from django.db.models import Q

from city.kernel.ids import new_id


class ProcessSpec(models.Model):
    """One version of a BPMN file, kept once by the hash of its text; a process keeps the version it began with."""

    hash = models.CharField(primary_key=True, max_length=64)
    code = models.CharField(max_length=80)
    bpmn = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code}@{self.hash[:8]}"


class Process(models.Model):
    """One subject's walk through a file. `state` holds places of tokens and plain facts: never a name or an answer.

    The subject's own rows are the truth; this row only says which tasks are open and which way was taken.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    spec = models.ForeignKey(ProcessSpec, on_delete=models.PROTECT, related_name="processes")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    state = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(ended_at=None), name="process_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"{self.spec_id[:8]} {self.subject_kind}:{self.subject_id}"


class Task(models.Model):
    """Something a person must do now, or did: the projection of a user task, made with the step that opened it.

    `permission` and `agency` say in whose queue it lies; both empty means the applicant. `done_by` is an Actor.ref.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="tasks")
    subject_id = models.UUIDField()
    name = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    permission = models.CharField(max_length=80, blank=True)
    agency = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "name"], condition=Q(state="open"), name="task_open_once")
        ]
        indexes = [
            models.Index(fields=["subject_id", "opened_at"], name="task_subject"),
            models.Index(fields=["permission", "agency", "opened_at"], condition=Q(state="open"), name="task_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Timer(models.Model):
    """A time the subject's owner set for a timer of the file, in working days it worked out itself.

    A timer that failed keeps its due time and is tried again at `retry_at`.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="timers")
    name = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "name"], name="timer_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(fired_at=None), name="timer_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"
