"""What officers ask back from the applicant, and what agencies think of the file."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from city.cases.models.case import Case
from city.kernel.ids import new_id


class Correction(models.Model):
    """One round of return (permintaan perbaikan). A draft is the office's own; the applicant sees it once it is sent.

    `stage` is the step it interrupts ("verify", "examine") and goes back to.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        ANSWERED = "answered"
        CLOSED = "closed"
        LAPSED = "lapsed"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    round = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    override_by = models.CharField(max_length=80, blank=True)
    override_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="correction_round_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["draft", "sent"]), name="correction_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} round {self.round} {self.state}"


class CorrectionItem(models.Model):
    """One thing to mend: a field or a document by its code, a coded defect, the officer's words, the page it is on."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="items")
    target = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    message = models.TextField()
    page = models.PositiveSmallIntegerField(null=True)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["correction", "target", "code"], name="defect_once")]

    def __str__(self) -> str:
        return f"{self.target} {self.code}"


class Review(models.Model):
    """An agency's technical opinion (rekomendasi teknis). Kept by agency, so that its desk sees its own alone.

    `due_on` is the last day of the agency's own share of the time; past it, it is reminded each working day.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Diminta")
        ACCEPTED = "accepted", _("Sedang dikaji")
        RECOMMENDED = "recommended", _("Direkomendasikan")
        CONDITIONAL = "conditional", _("Direkomendasikan dengan syarat")
        NOT_RECOMMENDED = "not_recommended", _("Tidak direkomendasikan")

    OPEN = (State.REQUESTED, State.ACCEPTED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    agency = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=State, default=State.REQUESTED)
    urgent_on = models.DateField()
    due_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    given_by = models.CharField(max_length=80, blank=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "agency"], name="review_once")]
        indexes = [
            models.Index(
                fields=["agency", "urgent_on", "id"],
                condition=Q(state__in=["requested", "accepted"]),
                name="review_queue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.agency} {self.state}"
