"""What search reads: one row a work, written with the work in one transaction."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from city.library.models.works import Work


class Entry(models.Model):
    """A work as it is found and listed. `terms` holds words, folded words and stems by weight (A title, B names,
    C subjects, D the rest).

    `title` is that of its oldest edition in Indonesian, else the work's own.
    `decades` are those of its editions (1990 for 1990 to 1999).
    """

    work = models.OneToOneField(Work, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    title = models.CharField(max_length=1000)
    title_key = models.CharField(max_length=400)
    creator = models.CharField(max_length=300, blank=True)
    year = models.SmallIntegerField(null=True, blank=True, help_text="of its oldest edition")
    languages = ArrayField(models.CharField(max_length=3))
    kinds = ArrayField(models.CharField(max_length=12))
    decades = ArrayField(models.SmallIntegerField())
    editions = models.PositiveIntegerField()
    terms = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="entry_terms"),
            GinIndex(fields=["languages", "kinds", "decades"], name="entry_facets"),
            models.Index(fields=["title_key", "work"], name="entry_by_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """Every word that stands in some entry: a mistyped word is led to the nearest of these by its folded `form`."""

    word = models.CharField(max_length=40, primary_key=True)
    form = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["form"], opclasses=["gin_trgm_ops"], name="word_trigrams")]

    def __str__(self) -> str:
        return self.word
