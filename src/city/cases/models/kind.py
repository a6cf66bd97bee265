"""A kind as it was when a case began."""

from django.db import models


class KindVersion(models.Model):
    """One version of a kind (jenis izin), by the hash of all in it; a running case keeps the one it began with."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    hash = models.CharField(max_length=64, primary_key=True)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="kind_version_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
