"""Work → Expression → Edition → Publication (a file) or Item (a printed copy), as IFLA LRM parts them.

Lending will hang licences on Edition and its queue on Expression: one language of a work is what readers wait for.
"""

from django.db import models

from city.kernel.ids import new_id
from city.library.models.authorities import Agent, Subject


class Work(models.Model):
    """What somebody made, in whatever language or printing. `key` is creator and title, folded: the cluster."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=400, unique=True)
    title = models.CharField(max_length=1000)
    creator = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="works")
    at = models.DateTimeField(help_text="when it came into the catalogue")

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="work_newest")]

    def __str__(self) -> str:
        return self.title


class Expression(models.Model):
    """The work in one language and one form; `language` is three letters (ISO 639-2/B), "" where unknown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="expressions")
    language = models.CharField(max_length=3, blank=True)
    form = models.CharField(max_length=12, help_text="text, sound, score, map, video, picture, other")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "language", "form"], name="expression_once")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.language} {self.form}"


class Edition(models.Model):
    """One printing or release, as its record describes it. `year` is null where the record does not say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="editions")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=1000)
    subtitle = models.CharField(max_length=1000, blank=True)
    responsibility = models.CharField(max_length=1000, blank=True)
    publisher = models.CharField(max_length=1000, blank=True)
    place = models.CharField(max_length=1000, blank=True)
    year = models.SmallIntegerField(null=True, blank=True)
    extent = models.CharField(max_length=1000, blank=True)
    edition = models.CharField(max_length=1000, blank=True)
    series = models.CharField(max_length=1000, blank=True)
    summary = models.TextField(blank=True)
    for_children = models.BooleanField(default=False)
    subjects = models.ManyToManyField(Subject, related_name="editions")

    def __str__(self) -> str:
        return self.title


class Isbn(models.Model):
    """An ISBN-13 of an edition. Two editions may bear one number: publishers have used numbers twice."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="isbns")
    number = models.CharField(max_length=13, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="isbn_once_per_edition"),
            models.CheckConstraint(condition=models.Q(number__regex=r"^\d{13}$"), name="isbn_is_13_digits"),
        ]

    def __str__(self) -> str:
        return self.number


class Contribution(models.Model):
    """Who had which part in an edition; `role` is what the record says ("trl", "ilustrator"), or ""."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="contributions")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="contributions")
    role = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "agent", "role"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.role}"


class Publication(models.Model):
    """A file of an edition that can be read on a screen: EPUB or PDF, named by its SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    format = models.CharField(max_length=60, help_text="a media type")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    accessibility = models.JSONField(default=dict, help_text="schema.org accessibility terms")

    def __str__(self) -> str:
        return f"{self.format} {self.sha256[:12]}"


class Item(models.Model):
    """A printed copy: its barcode, its shelf mark."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="items")
    barcode = models.CharField(max_length=60, unique=True)
    shelf_mark = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.barcode
