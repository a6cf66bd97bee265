"""Rows about files and papers. The bytes are on disk, sealed; the keys stand in a table of their own."""

from django.db import models
from django.db.models import Q

from city.documents.rules import Limits, Reason
from city.kernel.ids import new_id


class StoredFile(models.Model):
    """One file: sent by a person, or written by the city. Only a ready one is shown to anybody else.

    `subject_id` is the person (or paper) under whose key the file's key is wrapped: erasing the subject erases the
    file. `size` is what was announced while receiving, and the size of what is kept once ready.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving"
        RECEIVED = "received"
        READY = "ready"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField()
    purpose = models.CharField(max_length=120)
    name = models.CharField(max_length=160)
    declared_type = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=60, blank=True, help_text="told by the content, never by the name")
    size = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    received_sha256 = models.CharField(max_length=64, blank=True, help_text="of what was sent")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of what is kept")
    place = models.CharField(max_length=64, blank=True, help_text="hash of the sealed bytes: their name on disk")
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVING)
    reason = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, help_text="numbers that the reason's sentence names")
    rule = models.JSONField(default=dict)
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    thumbnail = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(place="") & ~Q(sha256="") & ~Q(content_type="")),
                name="file_ready_is_kept",
            ),
            models.CheckConstraint(condition=Q(state="refused") ^ Q(reason=""), name="file_refused_has_reason"),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="file_subject"),
            models.Index(fields=["created_at"], name="file_unfinished", condition=Q(state="receiving")),
            models.Index(fields=["place"], name="file_place", condition=~Q(place="")),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"

    @property
    def limits(self) -> Limits:
        return Limits.from_json(self.rule)

    def because(self, reason: Reason) -> "StoredFile":
        """Refused, with the code and the numbers of its sentence; not saved yet."""
        self.state, self.reason, self.facts = self.State.REFUSED, reason.code, dict(reason.facts)
        return self


class FileKey(models.Model):
    """The key of one file, wrapped under its subject's key. Left out of the data archive; deleting it is erasure."""

    file = models.OneToOneField(StoredFile, primary_key=True, on_delete=models.CASCADE, related_name="key")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Paper(models.Model):
    """A document the city writes: decree, letter, statement. Only an issued one is handed out, and only as it is.

    `prepared` is the unsigned PDF, `file` the signed and then the issued one, `sha256` the hash of the issued bytes.
    """

    class State(models.TextChoices):
        PREPARED = "prepared"
        SIGNED = "signed"
        ISSUED = "issued"
        VOID = "void"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.CharField(max_length=80)
    purpose = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State, default=State.PREPARED)
    prepared = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    prepared_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    signer_ref = models.CharField(max_length=80, blank=True)
    simulated = models.BooleanField(default=False, help_text="signed by the demo authority: says SIMULASI")
    prepared_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="issued") & ~Q(sha256="") & Q(file__isnull=False, issued_at__isnull=False))
                | (~Q(state="issued") & Q(sha256="")),
                name="paper_hash_when_issued",
            ),
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="paper_hash_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
