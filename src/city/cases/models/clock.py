"""Where a clock rested and how its deadline came to be."""

from django.db import models
from django.db.models import Q

from city.cases.models.case import Case
from city.kernel.models import AppendOnly


class Pause(models.Model):
    """Days on which the count rests, [from, until): only a sent, itemised return makes one. Open: no `until_day`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    reason = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reason"], condition=Q(until_day=None), name="pause_open_once")
        ]
        indexes = [models.Index(fields=["case"], name="pause_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_day}–{self.until_day}"


class ClockEntry(AppendOnly):
    """One working out of a deadline and why it was done: the public ledger of the clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock_entries")
    due_on = models.DateField(null=True)
    why = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="clock_entry_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on} {self.why}"


class CalendarMark(models.Model):
    """The fingerprint of the working days that running clocks were last worked out with; one row."""

    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark
