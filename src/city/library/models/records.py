"""The records as they came, which stay the source of truth, and the imports that brought them."""

from django.db import models

from city.kernel.ids import new_id
from city.library.models.works import Edition


class SourceRecord(models.Model):
    """One record, byte for byte. What the catalogue shows is read from it; what it does not use stays in here.

    `source` and `number` are its 003 and 001, `changed` its 005. Several records may describe one edition.
    """

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="records")
    form = models.CharField(max_length=8, help_text="iso2709 or marcxml")
    is_authority = models.BooleanField(default=False)
    raw = models.BinaryField()
    digest = models.BinaryField(unique=True, help_text="SHA-256 of raw")
    source = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=80, blank=True)
    changed = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["number", "source"], name="record_control")]

    def __str__(self) -> str:
        return f"{self.source} {self.number}".strip()


class Import(models.Model):
    """One file brought in: how many of its records became what (`counts` by decision)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)
    read = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-began_at", "-id"], name="import_newest")]

    def __str__(self) -> str:
        return self.file_name


class ImportNote(models.Model):
    """One thing repaired, refused or decided in an import, told by queries in a sentence."""

    class Tone(models.TextChoices):
        REPAIRED = "repaired"
        REFUSED = "refused"
        DECIDED = "decided"

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="notes")
    record = models.PositiveIntegerField(help_text="its place in the file, from 1")
    tone = models.CharField(max_length=8, choices=Tone)
    code = models.CharField(max_length=30)
    field = models.CharField(max_length=3, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["imported", "record", "id"], name="import_notes")]

    def __str__(self) -> str:
        return f"{self.record} {self.code}"
