"""Names and subjects, each once, with every other form that leads to it (IFLA LRM: Agent, Nomen)."""

from django.db import models

from city.kernel.ids import new_id


class Agent(models.Model):
    """A person, corporate body or meeting. `key` is the name folded, with a year where one is known (rules.keys)."""

    class Kind(models.TextChoices):
        PERSON = "person"
        BODY = "body"
        MEETING = "meeting"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=300)
    dates = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="agent_once")]

    def __str__(self) -> str:
        return self.name


class AgentVariant(models.Model):
    """Another form of a name: an old spelling, a pseudonym, a body's former name."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=400, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "key"], name="agent_variant_once")]

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """What works are about, from the list named `scheme` ("lcsh", "local", "free")."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8)
    scheme = models.CharField(max_length=20)
    term = models.CharField(max_length=400)
    key = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="subject_once")]

    def __str__(self) -> str:
        return self.term


class SubjectVariant(models.Model):
    """Another word for a subject, which leads to it."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="variants")
    term = models.CharField(max_length=400)
    key = models.CharField(max_length=400, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "key"], name="subject_variant_once")]

    def __str__(self) -> str:
        return self.term
