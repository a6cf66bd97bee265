"""A look at the place itself (pemeriksaan lapangan) and its report (berita acara pemeriksaan, BAP)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from city.cases.models.case import Case
from city.documents.models import StoredFile
from city.kernel.ids import new_id
from city.people.models import Person


class Inspection(models.Model):
    """One visit, asked for with the reviews. Nobody there: it ends as no-show and another round is asked for.

    `report` holds the officer's findings by the codes of the kind's checklist; `private` seals under the applicant's
    key what tells of a person: who was there, and where exactly. `digest` is what was signed: report, private part and
    photos, as SHA-256.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Menunggu jadwal")
        SCHEDULED = "scheduled", _("Dijadwalkan")
        NO_SHOW = "no_show", _("Tidak terlaksana")
        DONE = "done", _("Sudah dikunjungi")
        REPORTED = "reported", _("Berita acara selesai disusun")
        SIGNED = "signed", _("Berita acara ditandatangani")

    class Result(models.TextChoices):
        FIT = "fit", _("Sesuai")
        CONDITIONAL = "conditional", _("Sesuai dengan catatan")
        UNFIT = "unfit", _("Tidak sesuai")

    OPEN = (State.REQUESTED, State.SCHEDULED, State.DONE, State.REPORTED)
    VISITED = (State.DONE, State.REPORTED, State.SIGNED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="inspections")
    agency = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    urgent_on = models.DateField()
    due_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    inspector = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    visit_at = models.DateTimeField(null=True)
    visited_at = models.DateTimeField(null=True)
    missed_reason = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    private = models.BinaryField(null=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    statement = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    signed_by = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="inspection_round_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["requested", "scheduled", "done", "reported"]),
                name="inspection_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | (~Q(digest="") & ~Q(signed_by="") & ~Q(signed_at=None) & ~Q(result="")),
                name="inspection_signed_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "urgent_on", "id"],
                condition=Q(state__in=["requested", "scheduled", "done", "reported"]),
                name="inspection_queue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} round {self.round} {self.state}"


class InspectionPhoto(models.Model):
    """One photo of the place, in the order they were taken; the file belongs to the applicant's subject."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "file"], name="inspection_photo_once")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.file_id}"
