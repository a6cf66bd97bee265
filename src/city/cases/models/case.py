"""The case itself, what was answered, what was handed in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from city.cases.models.kind import KindVersion
from city.cases.rules.states import FINAL
from city.documents.models import StoredFile
from city.kernel.ids import new_id
from city.people.models import Mandate, Person
from city.workflow.models import Process

ENDS = sorted(state.value for state in FINAL)


class State(models.TextChoices):
    """The states of spec "permits", in the words a person reads."""

    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Diajukan")
    COMPLETENESS = "completeness", _("Pemeriksaan kelengkapan")
    RETURNED = "returned", _("Menunggu perbaikan")
    REGISTERED = "registered", _("Diterima lengkap")
    ADMIN_REVIEW = "admin_review", _("Pemeriksaan administrasi")
    TECHNICAL = "technical", _("Kajian teknis")
    RECOMMENDED = "recommended", _("Kajian selesai")
    ASSESSED = "assessed", _("Retribusi ditetapkan")
    AWAITING_PAYMENT = "awaiting_payment", _("Menunggu pembayaran")
    PAID = "paid", _("Sudah dibayar")
    DRAFTING = "drafting", _("Penyusunan keputusan")
    INITIALLING = "initialling", _("Menunggu paraf")
    SIGNING = "signing", _("Menunggu tanda tangan")
    ISSUED = "issued", _("Terbit")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik")
    LAPSED = "lapsed", _("Gugur")
    DEEMED_APPROVED = "deemed_approved", _("Dikabulkan otomatis")
    HANDED_OVER = "handed_over", _("Diserahkan ke sistem penerbit")


class Case(models.Model):
    """A case of any kind (permohonan). Its rows are the truth; the process only opens tasks and names times.

    `turn` is the step it waits for ("verify", "correct", "initial_1", "" at the end). `version` counts changes: a page
    sends back the one it showed, so that a stale tab is told. `urgent_on` sorts queues: the deadline while the clock
    runs, the last day to answer while it rests, else the day it would be due had it been complete when it came.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind_version = models.ForeignKey(KindVersion, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=40)
    agency = models.CharField(max_length=20)
    application_type = models.CharField(max_length=12, default="new")
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    turn = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    filed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=40, null=True, unique=True)
    submitted_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    day_one = models.DateField(null=True)
    sla_days = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    urgent_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    process = models.ForeignKey(Process, null=True, on_delete=models.PROTECT, related_name="+")
    predecessor = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(receipt=None) | Q(state="withdrawn"), name="case_sent_has_receipt"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=ENDS) & ~Q(ended_at=None)) | (~Q(state__in=ENDS) & Q(ended_at=None)),
                name="case_final_has_end",
            ),
            models.CheckConstraint(
                condition=(Q(registered_at=None) & Q(day_one=None)) | (~Q(registered_at=None) & ~Q(day_one=None)),
                name="case_registered_has_day_one",
            ),
        ]
        indexes = [
            # A desk's bucket in its order is one range of this index, whatever the number of cases.
            models.Index(fields=["agency", "turn", "urgent_on", "id"], condition=~Q(turn=""), name="case_queue"),
            models.Index(fields=["agency", "-submitted_at", "-id"], condition=~Q(submitted_at=None), name="case_all"),
            models.Index(fields=["applicant", "-id"], name="case_applicant"),
            models.Index(fields=["day_one"], condition=~Q(day_one=None) & Q(ended_at=None), name="case_running"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt or self.id} {self.state}"

    @property
    def is_final(self) -> bool:
        return self.state in FINAL


class Answer(models.Model):
    """One answer, sealed under the applicant's key and bound to its case and field."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    field = models.CharField(max_length=60)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"


class Delivery(models.Model):
    """Answers that had waited in a phone without a line have arrived. `key` was made there: they arrive once."""

    key = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class RequiredDocument(models.Model):
    """One document of a case (berkas syarat). `previous` is the file it stood before a correction, to compare with."""

    class State(models.TextChoices):
        MISSING = "missing", _("Belum ada")
        UPLOADED = "uploaded", _("Terunggah")
        ACCEPTED = "accepted", _("Diterima")
        DEFECTIVE = "defective", _("Perlu diperbaiki")
        REPLACED = "replaced", _("Diganti")
        WAIVED = "waived", _("Tidak diperlukan")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.MISSING)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code} {self.state}"
