"""Rows about people. What identifies a person is sealed or kept apart, so that a dump of the database holds no NIK."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from city.kernel.ids import new_id
from city.kernel.rules import WIB


class Person(models.Model):
    """Somebody the city deals with, with or without an account.

    `name` is one field, as on the KTP: one word, titles and apostrophes are all names. The NIK is sealed under the
    person's own key, bound to this row, and found again by a keyed fingerprint. `phone` and `email` are what she gave
    at a counter; with an account, the account's are used.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=160)
    nik_sealed = models.BinaryField(null=True)
    nik_index = models.CharField(max_length=64, null=True)
    birth_date = models.DateField(null=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    is_demo = models.BooleanField(default=False)
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nik_index"], name="person_nik_once")]
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A firm, foundation or community in whose name people deal with the city. NIB: OSS's business number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    nib = models.CharField(max_length=13, blank=True)
    address = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nib"], condition=~Q(nib=""), name="organisation_nib_once")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An agency of the city (OPD), with what its letterhead prints."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A post in an agency. Permissions belong to the post, never to the person: whoever is appointed has them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    permissions = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class Appointments(models.QuerySet["Appointment"]):
    """Appointments, asked by moment: nobody's powers outlive the decree that gave them."""

    def valid_at(self, at: datetime) -> "Appointments":
        """Those in force at a moment: begun, not past their last day (WIB), not ended early."""
        day = at.astimezone(WIB).date()
        return self.filter(from_day__lte=day).filter(
            Q(until_day=None) | Q(until_day__gte=day), Q(ended_at=None) | Q(ended_at__gt=at)
        )


class Appointment(models.Model):
    """A person holds an office from one day to another by a decree.

    Definitive, or acting: Plt. for a vacant post, Plh. while its holder is away (UU 30/2014, art. 14; the acting holder
    signs in the office's name). `until_day` is the last day it counts; `ended_at` takes it away at once.
    """

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", "definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DEFINITIVE)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    decree = models.CharField(max_length=160)

    objects = Appointments.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")), name="appointment_days_in_order"
            ),
            models.CheckConstraint(condition=Q(kind="definitive") | ~Q(until_day=None), name="acting_has_a_last_day"),
        ]
        indexes = [
            models.Index(fields=["person"], name="appointment_person"),
            models.Index(fields=["office"], name="appointment_office"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.office_id}"

    @property
    def title(self) -> str:
        """The office as it is written under a signature: "Plh. Kepala DPMPTSP"."""
        acting = "" if self.kind == self.Kind.DEFINITIVE else f"{self.get_kind_display()} "
        return f"{acting}{self.office.title}"


class Mandates(models.QuerySet["Mandate"]):
    def valid_at(self, at: datetime) -> "Mandates":
        """Those in force at a moment: begun, not past their last day (WIB), not revoked."""
        day = at.astimezone(WIB).date()
        return self.filter(from_day__lte=day).filter(
            Q(until_day=None) | Q(until_day__gte=day), Q(revoked_at=None) | Q(revoked_at__gt=at)
        )


class Mandate(models.Model):
    """Kuasa: a person or organisation lets somebody act for it (KUH Perdata, art. 1792). `scope`: "permits"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    giver_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="mandates_given")
    giver_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held")
    scope = models.CharField(max_length=40)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = Mandates.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(giver_person=None) ^ Q(giver_organisation=None), name="mandate_has_one_giver"
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")), name="mandate_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.id}"


class Accounts(BaseUserManager["Account"]):
    """Found by e-mail for Django, by e-mail or phone through the adapter; the person comes along."""

    def get_queryset(self) -> "models.QuerySet[Account]":
        return super().get_queryset().select_related("person")


class Account(AbstractBaseUser):
    """How a person signs in. Its e-mail and phone were each confirmed by a code before they came here."""

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"
        WHATSAPP = "whatsapp"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, null=True, unique=True)
    phone = models.CharField(max_length=20, null=True, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    language = models.CharField(max_length=2, default="id")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=None) | ~Q(phone=None), name="account_can_be_reached"),
            models.CheckConstraint(condition=Q(email=None) | Q(email=Lower("email")), name="email_lower"),
        ]

    def __str__(self) -> str:
        return self.email or self.phone or ""


class Code(models.Model):
    """A one-time code on its way to an address, and what it will allow once it comes back.

    Only a fingerprint of the code is kept. `facts` are sealed: they hold what the person typed (name, NIK) while the
    address is not yet proven, and go when the code is used or stale. A stranger's address gets a row too, without
    `account`, so that nobody learns from our answer who has an account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=254)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    facts = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=2, default="id")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="code_expires")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class Tally(models.Model):
    """How often something was tried in a span of time ("sign-in:<fingerprint>"), counted across all web processes."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="tally_since")]

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
